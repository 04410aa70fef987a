"""Where statements may be sent, what an answer means, and how long to wait (pure)."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

_FIRST_WAIT = timedelta(seconds=30)
_LONGEST_WAIT = timedelta(hours=6)
# What the statement itself is to blame for; everything else may be better later.
_REFUSED = frozenset({400, 409, 413, 415, 422})
_KEPT = frozenset({200, 204})


class Outcome(StrEnum):
    KEPT = "kept"
    REFUSED = "refused"
    LATER = "later"


class BadTarget(ValueError):
    """The settings name an address that nothing is sent to."""


@dataclass(frozen=True)
class Target:
    """An outside store as the operator named it. ``path`` ends with /statements."""

    name: str
    host: str
    port: int
    path: str
    is_plain: bool
    user: str
    secret: str
    takes_all: bool


def target_of(name: str, told: dict[str, Any]) -> Target:
    """Only https, or http to this very machine. Raises BadTarget."""
    parts = urlsplit(str(told["url"]))
    host = parts.hostname or ""
    if parts.scheme == "http" and not _is_loopback(host):
        raise BadTarget(f"{name}: statements are sent over https only (http: to this machine only)")
    if parts.scheme not in ("http", "https") or not host:
        raise BadTarget(f"{name}: the address must begin with https://")
    if parts.username or parts.query or parts.fragment:
        raise BadTarget(f"{name}: the address must hold neither a user nor a query")
    if told.get("what", "own") not in ("own", "all"):
        raise BadTarget(f"{name}: what is sent must be own or all")
    is_plain = parts.scheme == "http"
    return Target(
        name=name,
        host=host,
        port=parts.port or (80 if is_plain else 443),
        path=parts.path.rstrip("/") + "/statements",
        is_plain=is_plain,
        user=str(told.get("user", "")),
        secret=str(told.get("secret", "")),
        takes_all=told.get("what") == "all",
    )


def outcome(status: int) -> Outcome:
    """A redirect is no success: statements go where the operator said and nowhere else."""
    if status in _KEPT:
        return Outcome.KEPT
    return Outcome.REFUSED if status in _REFUSED else Outcome.LATER


def pause(failures: int, asked_for: int | None = None) -> timedelta:
    """30 s, doubled after each failure, at most 6 hours; longer where the other side asks for it (at most a day)."""
    own = min(_FIRST_WAIT * (1 << min(max(failures - 1, 0), 12)), _LONGEST_WAIT)
    theirs = timedelta(seconds=min(max(asked_for or 0, 0), 86_400))
    return max(own, theirs)


def as_sent(body: dict[str, Any]) -> dict[str, Any]:
    """Without what the other store sets itself."""
    return {name: value for name, value in body.items() if name not in ("stored", "authority")}


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
