"""The capability that opens the content files of a version for a day or two."""

from datetime import date
from uuid import UUID

from django.conf import settings
from django.core import signing

from courses.packages.rules import content_token, version_of_token


def token_for(version: UUID, day: date) -> str:
    return content_token(version.hex, day, _secret())


def version_behind(token: str, today: date) -> UUID | None:
    """The version that a token opens on that day, else None."""
    found = version_of_token(token, today, _secret())
    return UUID(found) if found else None


def _secret() -> bytes:
    return f"packages.content {settings.SECRET_KEY}".encode()


_PREVIEW = "courses.packages.preview"
PREVIEW_LIFE = 60 * 60 * 13  # seconds; as long as a launch lives


def preview_token(version: UUID) -> str:
    """Opens the player of a version for a look that leaves no record; it names no launch and no person."""
    return signing.TimestampSigner(salt=_PREVIEW).sign(version.hex)


def version_of_preview(token: str) -> UUID | None:
    """The version behind a look that is still open, else None."""
    try:
        return UUID(signing.TimestampSigner(salt=_PREVIEW).unsign(token, max_age=PREVIEW_LIFE))
    except (signing.BadSignature, ValueError):
        return None
