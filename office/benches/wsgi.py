"""The application that a bench serves: the site as it is, and limit and floor with nothing but Django's own middleware."""

from collections.abc import Callable, Iterable
from typing import Any

import django
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.test import override_settings

from office.benches.rules import FLOOR_PATH, LIMIT_PATH

Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]

# What ``startproject`` gives: anything less would be no site.
_BARE_MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]


def _application() -> Wsgi:
    django.setup(set_prefix=False)
    settings.BENCHED_URLCONF = settings.ROOT_URLCONF
    settings.ROOT_URLCONF = "office.benches.urls"
    site = WSGIHandler()
    with override_settings(MIDDLEWARE=_BARE_MIDDLEWARE):
        bare = WSGIHandler()

    def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        handler = bare if environ["PATH_INFO"] in (LIMIT_PATH, FLOOR_PATH) else site
        return handler(environ, start_response)

    return application


application = _application()
