"""The reader's choices."""

from django.http import HttpRequest

from people.preferences.models import ReadingPreferences
from people.preferences.rules import Reading

SESSION_KEY = "reading"


def reading_of(request: HttpRequest) -> Reading:
    """The choices kept for the browser session, else those of the signed-in person, else the defaults.

    A person's choices are copied into the session at first use, so that a page costs no query for them.
    """
    kept = request.session.get(SESSION_KEY)
    if kept is not None:
        return Reading().changed(kept)
    if request.user.is_authenticated:
        reading = stored_reading(request.user.pk)
        request.session[SESSION_KEY] = reading.as_dict()
        return reading
    return Reading()


def stored_reading(user_id: int) -> Reading:
    """What is kept for a person."""
    row = ReadingPreferences.objects.filter(user_id=user_id).values().first()
    return Reading().changed(row) if row else Reading()
