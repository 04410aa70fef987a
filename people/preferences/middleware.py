"""Puts the reader's choices on every request as ``request.reading``."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from people.preferences.queries import kept_choices, reading_of


class ReadingPreferencesMiddleware:
    """Lazy: a page that never asks how somebody reads pays nothing for it.

    The chosen language is handed to Django's ``LocaleMiddleware``, which comes next, in the place where it
    looks first. No cookie of that name is ever set: the session is the only place where the choice is kept.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            language = kept_choices(request).get("language")
            if language:
                request.COOKIES[settings.LANGUAGE_COOKIE_NAME] = language
        request.reading = SimpleLazyObject(lambda: reading_of(request))  # type: ignore[attr-defined]
        return self.get_response(request)
