"""The way in to every resource: version, key, throttle; errors in xAPI's way (Part Three, 1, 3 and 4)."""

import logging
from collections.abc import Callable
from http import HTTPStatus
from typing import Any, ClassVar

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.db import DataError
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.csrf import csrf_exempt
from django_ratelimit.core import is_ratelimited

from learning.clients.actions import admitted
from learning.clients.models import LrsClient
from learning.clients.rules import basic_credentials
from learning.lrs.crossing import let_cross, preflight
from learning.lrs.guests import Guest, guest_of, is_guest
from learning.lrs.incoming import VERSION_HEADER, Incoming, incoming, version_spoken
from learning.lrs.refusals import Refused, forbidden
from learning.lrs.rules import VERSION
from learning.xapi.checks import Invalid

logger = logging.getLogger(__name__)

_REALM = 'Basic realm="xAPI", charset="UTF-8"'


@method_decorator(csrf_exempt, name="dispatch")
class Resource(View):
    """One resource. A method of xAPI is a Python method of the same name in lower case; HEAD is GET without a body.

    No cookie is read or set: a key in the Authorization header is the only way in, so that no other site can borrow
    a browser's. ``guest`` is content that this site launched, which reaches no further than that.
    """

    is_open: ClassVar[bool] = False
    name: ClassVar[str]
    client: LrsClient
    guest: Guest | None = None
    spoken: str = VERSION

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        origin = request.headers.get("Origin")
        if request.method == "OPTIONS":
            return preflight(origin, timezone.now())
        response = self._response(request)
        let_cross(response, origin, timezone.now())
        return response

    def _response(self, request: HttpRequest) -> HttpResponse:
        try:
            response = self._answer(request)
        except Refused as refused:
            response = _error(refused.status, refused.message)
        except Invalid as invalid:
            response = _error(HTTPStatus.BAD_REQUEST, str(invalid))
        except DataError:
            logger.warning("a database refused a value that was let through", exc_info=True)
            response = _error(HTTPStatus.BAD_REQUEST, "a value cannot be kept")
        response[VERSION_HEADER] = self.spoken
        response["Cache-Control"] = "private, no-cache"
        return response

    def _answer(self, request: HttpRequest) -> HttpResponse:
        told = incoming(request)
        if not self.is_open:
            self.spoken = version_spoken(told.headers.get(VERSION_HEADER.lower()))
            self.client = self._admit(request, told)
        if self.guest is not None:
            told = self.guest.narrowed(told, self.name)
        handler = self._handler(told.method)
        if handler is None:
            response = _error(HTTPStatus.METHOD_NOT_ALLOWED, f"{told.method} is not for this resource")
            response["Allow"] = ", ".join(name for name in _METHODS if self._handler(name))
            return response
        return handler(told)

    def _handler(self, method: str) -> Callable[[Incoming], HttpResponse] | None:
        name = "get" if method == "HEAD" else method.lower()
        return getattr(self, name, None) if method in _METHODS else None

    def _admit(self, request: HttpRequest, told: Incoming) -> LrsClient:
        given = basic_credentials(told.headers.get("authorization", ""))
        if given and is_guest(given[0]):
            self.guest = guest_of(*given, timezone.now())
            client = self.guest.client if self.guest else None
        else:
            client = admitted(key=given[0], secret=given[1], at=timezone.now()) if given else None
        if client is None:
            return self._turn_away(request, is_wrong=given is not None)
        rate = f"{settings.XAPI_REQUESTS_A_MINUTE}/m"
        if _too_many(request, "learning.lrs.client", self.guest.key if self.guest else client.key, rate):
            raise Refused(HTTPStatus.TOO_MANY_REQUESTS, f"more than {rate}; try again in a minute")
        return client

    def _turn_away(self, request: HttpRequest, *, is_wrong: bool) -> LrsClient:
        """401; an address that tries many keys is stopped before it is told whether one fits."""
        address = str(get_adapter(request).get_client_ip(request))
        rate = f"{settings.XAPI_WRONG_KEYS_A_MINUTE}/m"
        if is_wrong and _too_many(request, "learning.lrs.wrong", address, rate):
            raise Refused(HTTPStatus.TOO_MANY_REQUESTS, "too many wrong keys; try again in a minute")
        if is_wrong:
            logger.warning("xAPI: a wrong or ended key", extra={"address": address})
        raise Refused(HTTPStatus.UNAUTHORIZED, "a key is needed: Basic authentication")

    def need(self, scope: str) -> None:
        """403 without the scope."""
        if not self.client.may(scope):
            raise forbidden(f"this key does not open {scope}")


_METHODS = ("GET", "HEAD", "PUT", "POST", "DELETE")


def _too_many(request: HttpRequest, group: str, key: str, rate: str) -> bool:
    return bool(is_ratelimited(request, group=group, key=lambda _g, _r: key, rate=rate, increment=True))


def _error(status: HTTPStatus, message: str) -> HttpResponse:
    response = JsonResponse({"error": message}, status=status)
    if status == HTTPStatus.UNAUTHORIZED:
        response["WWW-Authenticate"] = _REALM
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        response["Retry-After"] = "60"
    return response
