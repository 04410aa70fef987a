"""Signed launches in addresses: what takes a launch's last words (a beacon has no headers of its own), and the player on
the package host, which has no cookies."""

from uuid import UUID

from django.core import signing

_SALT = "learning.launches.beacon"
_PLAY_SALT = "learning.launches.play"
MAX_AGE = 60 * 60 * 13  # seconds; a little more than a launch lives


def token_of(launch: UUID) -> str:
    return signing.TimestampSigner(salt=_SALT).sign(launch.hex)


def launch_of(token: str) -> UUID | None:
    """The launch behind a token that still opens, else None."""
    return _unsigned(token, _SALT)


def play_token(launch: UUID) -> str:
    """Opens the player of this launch, and takes what it commits; another key than that of ``token_of``."""
    return signing.TimestampSigner(salt=_PLAY_SALT).sign(launch.hex)


def played_launch(token: str) -> UUID | None:
    """The launch behind a ``play_token`` that still opens, else None."""
    return _unsigned(token, _PLAY_SALT)


def _unsigned(token: str, salt: str) -> UUID | None:
    try:
        return UUID(signing.TimestampSigner(salt=salt).unsign(token, max_age=MAX_AGE))
    except (signing.BadSignature, ValueError):
        return None
