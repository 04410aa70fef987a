"""Example accounts of a demo, for the sign-in page."""

from collections.abc import Callable, Sequence
from typing import Protocol

from django.conf import settings


class ExampleAccount(Protocol):
    """One line of the table; ``role`` and ``unit`` are words to read."""

    @property
    def login(self) -> str: ...
    @property
    def password(self) -> str: ...
    @property
    def role(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def unit(self) -> str: ...


_providers: list[Callable[[], Sequence[ExampleAccount]]] = []


def register_example_accounts(provider: Callable[[], Sequence[ExampleAccount]]) -> None:
    """The demo says which accounts it made; called from its ``apps.ready()``."""
    if provider not in _providers:
        _providers.append(provider)


def example_accounts() -> list[ExampleAccount]:
    """What the sign-in page may show: nothing outside the demo profile, whatever is registered."""
    if not settings.DEMO:
        return []
    return [account for provider in _providers for account in provider()]
