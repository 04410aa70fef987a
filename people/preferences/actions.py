"""Keeping the reader's choices."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest

from people.accounts.models import User
from people.preferences.models import ReadingPreferences
from people.preferences.queries import SESSION_KEY, kept_choices, reading_of, stored_choices
from people.preferences.rules import Reading


def choose_reading(*, request: HttpRequest, choices: Mapping[str, Any], at: datetime) -> Reading:
    """Keeps what was chosen: for a visitor in the browser session, for a person also in the person's row.

    Choices that are not named stay as they were; values that do not exist are ignored.
    """
    reading = reading_of(request).changed(choices)
    named = {key: value for key, value in reading.as_dict().items() if key in choices}
    request.session[SESSION_KEY] = {**kept_choices(request), **named}
    store_reading(user=request.user, reading=reading)
    return reading


def store_reading(*, user: User | AnonymousUser, reading: Reading) -> None:
    """One row a person; a visitor has none."""
    if isinstance(user, User):
        ReadingPreferences.objects.update_or_create(user_id=user.pk, defaults=reading.as_dict())


def adopt_choices(request: HttpRequest, user: User) -> None:
    """At sign-in: stored choices win; without any, the visitor's stay for this session and are not stored,

    because the tablet may have been somebody else's until now.
    """
    stored = stored_choices(user.pk)
    if stored:
        request.session[SESSION_KEY] = stored
