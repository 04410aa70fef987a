"""Pages of other origins that may speak to the store from a browser (CORS): no cookie ever, and only known origins."""

from datetime import datetime

from django.http import HttpResponse
from django.utils.cache import patch_vary_headers

from learning.lrs.guests import is_origin

_ASKED = "Authorization, Content-Type, If-Match, If-None-Match, X-Experience-API-Version, Accept-Language"
_TOLD = (
    "ETag, Last-Modified, WWW-Authenticate, Retry-After, X-Experience-API-Version,"
    " X-Experience-API-Consistent-Through"
)
_METHODS = "GET, HEAD, PUT, POST, DELETE"
_MOST = 300


def let_cross(response: HttpResponse, origin: str | None, at: datetime) -> bool:
    """Lets the page of ``origin`` read the answer, if that origin is one of ours to trust; whether it is."""
    if origin is None:
        return False
    patch_vary_headers(response, ["Origin"])
    if len(origin) > _MOST or not is_origin(origin, at):
        return False
    response["Access-Control-Allow-Origin"] = origin
    response["Access-Control-Expose-Headers"] = _TOLD
    return True


def preflight(origin: str | None, at: datetime) -> HttpResponse:
    """The answer to OPTIONS: what a known origin may send. To others it says nothing, so that the browser refuses."""
    response = HttpResponse(status=204)
    response["Allow"] = _METHODS
    if let_cross(response, origin, at):
        response["Access-Control-Allow-Methods"] = _METHODS
        response["Access-Control-Allow-Headers"] = _ASKED
        response["Access-Control-Max-Age"] = "600"
    return response
