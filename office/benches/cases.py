"""What a bench asks the server for."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.models import AbstractBaseUser
from django.middleware.csrf import _get_new_csrf_string
from django.utils.module_loading import import_string

from office.benches.rules import LIMIT_PATH


@dataclass(frozen=True)
class Request:
    """One HTTP request without its headers."""

    method: str
    path: str
    body: bytes = b""


@dataclass(frozen=True)
class Case:
    """``make`` gives the n-th request (n is never used twice, so that events can differ).

    ``expect``: the statuses that count as success.
    """

    name: str
    make: Callable[[int], Request]
    headers: Mapping[str, str] = field(default_factory=dict)
    expect: frozenset[int] = frozenset({200})
    numbers: Any = field(default_factory=lambda: count(1), compare=False, repr=False)

    def next_request(self) -> Request:
        return self.make(next(self.numbers))


def get(path: str) -> Callable[[int], Request]:
    """The same page each time."""
    return lambda _number: Request("GET", path)


def post_json(path: str, make_body: Callable[[int], object]) -> Callable[[int], Request]:
    """A POST whose body differs each time; give the case JSON_HEADERS as well."""
    return lambda number: Request("POST", path, json.dumps(make_body(number)).encode())


JSON_HEADERS = {"Content-Type": "application/json"}
FORM_HEADERS = {"Content-Type": "application/x-www-form-urlencoded"}


def limit_case(headers: Mapping[str, str]) -> Case:
    """What no signed-in page can undercut: Django's own middleware, the session, the user and one indexed SELECT."""
    return Case("limit: signed in, one SELECT", get(LIMIT_PATH), headers)


def session_headers(user: AbstractBaseUser) -> dict[str, str]:
    """Cookies of a signed-in person and the token that lets a POST through."""
    store = import_string(f"{settings.SESSION_ENGINE}.SessionStore")()
    store[SESSION_KEY] = str(user.pk)
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    store[HASH_SESSION_KEY] = user.get_session_auth_hash()
    store.save()
    token = _get_new_csrf_string()
    cookies = f"{settings.SESSION_COOKIE_NAME}={store.session_key}; {settings.CSRF_COOKIE_NAME}={token}"
    return {"Cookie": cookies, "X-CSRFToken": token}
