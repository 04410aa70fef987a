"""The capability that opens the content files of a version for a day or two."""

from datetime import date
from uuid import UUID

from django.conf import settings

from courses.packages.rules import content_token, version_of_token


def token_for(version: UUID, day: date) -> str:
    return content_token(version.hex, day, _secret())


def version_behind(token: str, today: date) -> UUID | None:
    """The version that a token opens on that day, else None."""
    found = version_of_token(token, today, _secret())
    return UUID(found) if found else None


def _secret() -> bytes:
    return f"packages.content {settings.SECRET_KEY}".encode()
