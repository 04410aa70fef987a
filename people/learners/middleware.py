"""Whose page it is decides who may keep it."""

from collections.abc import Callable

from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control

from people.learners.queries import GUEST_SESSION_KEY

_PAGES = ("text/html", "application/json")


class PersonalPagesMiddleware:
    """No page of a person or a guest stays behind on a shared tablet or in a proxy.

    After signing out, going back must not show it either: ``no-cache`` does not keep a browser from that, ``no-store``
    does. Pages of a passing visitor hold the token of their forms and are asked for anew. Files (pictures, sheets)
    say for themselves how long they may be kept.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.get("Content-Type", "").startswith(_PAGES):
            if _is_somebodys(request):
                patch_cache_control(response, private=True, no_store=True)
            elif not response.has_header("Cache-Control"):
                patch_cache_control(response, private=True, no_cache=True)
        return response


def _is_somebodys(request: HttpRequest) -> bool:
    return any(key in request.session for key in (SESSION_KEY, GUEST_SESSION_KEY))
