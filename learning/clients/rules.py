"""Keys of other systems: how they are made, read from a header, and what they open (pure)."""

import base64
import binascii
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from learning.clients.enums import LrsScope

# 256 bits: nobody guesses it, so that a fast keyed hash keeps it as well as a slow one.
_SECRET_BYTES = 32
_MAX_HEADER = 1000
# The one system that is this site itself: content that it launched speaks through it (cmi5). No key opens it.
SITE_KEY = "site"
SITE_UUID = UUID("6a1f8a53-3d0b-5a52-9d7c-5c1f5b4a7c05")

_IMPLIED = {
    LrsScope.ALL: frozenset(LrsScope),
    LrsScope.ALL_READ: frozenset({LrsScope.STATEMENTS_READ, LrsScope.STATEMENTS_READ_MINE}),
    LrsScope.STATEMENTS_READ: frozenset({LrsScope.STATEMENTS_READ_MINE}),
}


@dataclass(frozen=True)
class Reading:
    """Whose statements a client may read. ``mine`` those it put in, ``clients`` of every system, ``own`` ours."""

    mine: bool = False
    clients: bool = False
    own: bool = False

    @property
    def is_none(self) -> bool:
        return not (self.mine or self.clients or self.own)


def opened(scopes: Collection[str]) -> frozenset[LrsScope]:
    """The scopes with everything that they include."""
    named = {LrsScope(scope) for scope in scopes}
    return frozenset(named.union(*(_IMPLIED.get(scope, frozenset()) for scope in named)))


def reading(scopes: Collection[str]) -> Reading:
    """``all/read`` alone opens the record of our own learners."""
    held = opened(scopes)
    return Reading(
        mine=LrsScope.STATEMENTS_READ_MINE in held,
        clients=LrsScope.STATEMENTS_READ in held,
        own=LrsScope.ALL_READ in held,
    )


def new_key() -> str:
    """The part that is no secret: the user name of Basic authentication."""
    return secrets.token_hex(12)


def new_secret() -> str:
    return secrets.token_urlsafe(_SECRET_BYTES)


def basic_credentials(header: str) -> tuple[str, str] | None:
    """User name and password of an Authorization header, None where it holds none that can be read."""
    scheme, _space, encoded = header[:_MAX_HEADER].partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        decoded = base64.b64decode(encoded.strip(), validate=True).decode("utf-8")
    except (binascii.Error, UnicodeDecodeError, ValueError):
        return None
    key, colon, secret = decoded.partition(":")
    return (key, secret) if colon and key and secret else None
