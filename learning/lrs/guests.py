"""Content that this site launched and that speaks to the record store with credentials of its own.

Who launches it registers here (``apps.ready()``): the store asks the guest what a request may touch, and hands its
statements to it. A guest never reaches beyond what it was launched for.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from learning.clients.models import LrsClient
from learning.lrs.incoming import Incoming
from learning.xapi.multipart import Part


class Guest(Protocol):
    """``client`` is the row that its statements and documents stand under; ``key`` is what its requests are counted by."""

    @property
    def client(self) -> LrsClient: ...

    @property
    def key(self) -> str: ...

    def narrowed(self, request: Incoming, resource: str) -> Incoming:
        """The request within its bounds. ``resource``: statements, state, agent_profile, … Raises Refused."""
        ...

    def store(
        self, statements: list[dict[str, Any]], parts: list[list[Part]], at: datetime
    ) -> tuple[list[str], int]:
        """As ``store_statements``, by the rules of what launched it. Raises Refused."""
        ...


@dataclass(frozen=True)
class House:
    """``find``: user name, password, moment → the guest, None for a key that opens nothing. ``is_origin``: whether pages
    of this origin may speak to the store from a browser now."""

    prefix: str
    find: Callable[[str, str, datetime], Guest | None]
    is_origin: Callable[[str, datetime], bool]


_houses: dict[str, House] = {}


def register_house(house: House) -> None:
    """Registering again changes nothing."""
    _houses[house.prefix] = house


def is_guest(user: str) -> bool:
    return any(user.startswith(prefix) for prefix in _houses)


def guest_of(user: str, password: str, at: datetime) -> Guest | None:
    found = next((house for prefix, house in _houses.items() if user.startswith(prefix)), None)
    return found.find(user, password, at) if found else None


def is_origin(origin: str, at: datetime) -> bool:
    return any(house.is_origin(origin, at) for house in _houses.values())
