"""Where messages wait until the next page: in a signed cookie, so that «Saved.» costs no transaction.

The cookie stays below the site's own path, and what is too long for it waits in the session. Whoever signs in or out
takes what is unread away (``people.signals``): it must not greet the next person at a tablet.
"""

from django.conf import settings
from django.contrib.messages import get_messages
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.messages.storage.session import SessionStorage
from django.http import HttpRequest, HttpResponseBase


class PathCookieStorage(CookieStorage):
    def _update_cookie(self, encoded_data: str, response: HttpResponseBase) -> None:
        super()._update_cookie(encoded_data, response)  # type: ignore[misc] # left out of the stubs
        response.cookies[self.cookie_name]["path"] = settings.SESSION_COOKIE_PATH


class MessageStorage(FallbackStorage):
    storage_classes = (PathCookieStorage, SessionStorage)


def drop_unread(request: HttpRequest) -> None:
    """Reading them is what takes them away."""
    for _message in get_messages(request):
        pass
