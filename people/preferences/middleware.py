"""Puts the reader's choices on every request as ``request.reading``."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from people.preferences.queries import reading_of


class ReadingPreferencesMiddleware:
    """Lazy: a page that never asks how somebody reads pays nothing for it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.reading = SimpleLazyObject(lambda: reading_of(request))  # type: ignore[attr-defined]
        return self.get_response(request)
