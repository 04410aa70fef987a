"""Keys of a session: the address that gives its token out once, and the token itself."""

import base64
import secrets
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.utils.crypto import constant_time_compare, salted_hmac

_FETCH = "learning.cmi5.fetch"
_SECRET = "learning.cmi5.secret"  # noqa: S105 - a salt
# Begins the user name of Basic authentication of every session.
PREFIX = "cmi5-"


def fetch_key(session: UUID) -> str:
    return signing.Signer(salt=_FETCH).sign(session.hex)


def session_behind(key: str) -> UUID | None:
    """The session whose token an address gives out, None for an address that is not ours."""
    try:
        return UUID(signing.Signer(salt=_FETCH).unsign(key))
    except (signing.BadSignature, ValueError):
        return None


def new_token(session: UUID) -> tuple[str, str]:
    """The auth-token (8.2.2) and the hash by which it is known again."""
    secret = secrets.token_urlsafe(32)
    told = base64.b64encode(f"{PREFIX}{session.hex}:{secret}".encode()).decode()
    return told, _hash(secret)


def session_of(user: str) -> UUID | None:
    try:
        return UUID(user.removeprefix(PREFIX)) if user.startswith(PREFIX) else None
    except ValueError:
        return None


def fits(secret: str, kept: str) -> bool:
    """Also after a change of SECRET_KEY as long as the old one stands in SECRET_KEY_FALLBACKS."""
    keys = [None, *settings.SECRET_KEY_FALLBACKS]
    found = [constant_time_compare(kept, _hash(secret, key)) for key in keys]
    return bool(kept) and any(found)


def _hash(secret: str, secret_key: str | bytes | None = None) -> str:
    return salted_hmac(_SECRET, secret, secret=secret_key, algorithm="sha256").hexdigest()
