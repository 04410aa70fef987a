"""The reader's choices."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import get_language

from people.preferences.models import ReadingPreferences
from people.preferences.rules import Reading

# The browser session keeps only what was chosen, as plain values: {"face": "ruby", "ruby_grade": 3}.
SESSION_KEY = "reading"


def reading_of(request: HttpRequest) -> Reading:
    """The choices kept for the browser session over the defaults; the language is the one of this page.

    A person's stored choices are copied into the session at sign-in, so that a page costs no query.
    """
    base = Reading().changed({"language": get_language()})
    return base.changed(kept_choices(request))


def kept_choices(request: HttpRequest) -> dict[str, Any]:
    kept = request.session.get(SESSION_KEY)
    return dict(kept) if isinstance(kept, dict) else {}


def stored_choices(user_id: int) -> dict[str, Any]:
    """What is stored for a person, in the shape of the session; empty when nothing is."""
    row = ReadingPreferences.objects.filter(user_id=user_id).first()
    return reading_from(row).as_dict() if row else {}


def reading_from(row: ReadingPreferences) -> Reading:
    fields = ("face", "text_size", "contrast", "ruby_grade", "read_aloud", "language")
    return Reading().changed({field: getattr(row, field) for field in fields})
