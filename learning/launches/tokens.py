"""The address that takes a launch's last words when the page is left: a beacon has no headers of its own."""

from uuid import UUID

from django.core import signing

_SALT = "learning.launches.beacon"
MAX_AGE = 60 * 60 * 13  # seconds; a little more than a launch lives


def token_of(launch: UUID) -> str:
    return signing.TimestampSigner(salt=_SALT).sign(launch.hex)


def launch_of(token: str) -> UUID | None:
    """The launch behind a token that still opens, else None."""
    try:
        return UUID(signing.TimestampSigner(salt=_SALT).unsign(token, max_age=MAX_AGE))
    except (signing.BadSignature, ValueError):
        return None
