"""A real browser in front of Django's test client: scripts and styles run, and the test keeps its transaction."""

import os
from pathlib import Path
from urllib.parse import urlsplit

from django.contrib.staticfiles import finders
from django.db import connections
from django.test import Client
from playwright.sync_api import Page, Route

# Playwright's loop runs in the thread of the tests, for the rest of the session; their queries are their own.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

CHROMIUM = os.environ.get("CHROMIUM") or "/usr/bin/chromium"
# Where everything is meant to be there, a missing browser is a failure.
MAY_SKIP = not Path(CHROMIUM).exists() and os.environ.get("CI") != "true"
ORIGIN = "http://testserver"
_TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".woff2": "font/woff2"}


class Wire:
    """Carries what the browser asks to the client; ``is_cut`` is a lost network."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.is_cut = False
        self._connection = connections["default"]

    def carry(self, route: Route) -> None:
        # The browser's calls come in a context of their own, which would open a connection outside the transaction.
        connections["default"] = self._connection
        request = route.request
        path = urlsplit(request.url).path
        if path.startswith("/static/"):
            _static(route, path.removeprefix("/static/"))
        elif self.is_cut:
            route.abort("internetdisconnected")
        else:
            self._ask(route, request.url.removeprefix(ORIGIN))

    def _ask(self, route: Route, path: str) -> None:
        request = route.request
        kept = ("accept", "x-csrftoken", "accept-language")
        headers = {name: value for name, value in request.headers.items() if name in kept}
        response = self.client.generic(
            request.method,
            path,
            request.post_data_buffer or b"",
            content_type=request.headers.get("content-type", "application/octet-stream"),
            headers=headers,
        )
        if request.is_navigation_request() and response.status_code in (301, 302):
            # The browser does not come back here for a redirect: take it along the way.
            response = self.client.get(response["Location"], headers=headers, follow=True)
        sent = {name: value for name, value in response.headers.items() if name.lower() != "content-length"}
        route.fulfill(status=response.status_code, headers=sent, body=response.content)


def _static(route: Route, name: str) -> None:
    found = finders.find(name)
    if not isinstance(found, str):
        route.fulfill(status=404, body="")
        return
    path = Path(found)
    route.fulfill(body=path.read_bytes(), content_type=_TYPES.get(path.suffix, "application/octet-stream"))


def connect(page: Page, client: Client) -> Wire:
    wire = Wire(client)
    page.route("**/*", wire.carry)
    return wire
