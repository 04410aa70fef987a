"""A request as xAPI means it, however it was written down (Part Three, 1.3, 1.5, 3.3)."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from django.conf import settings
from django.http import HttpRequest

from learning.lrs.refusals import bad, too_large
from learning.lrs.rules import VERSION, VERSION_2
from learning.xapi.checks import Invalid
from learning.xapi.documents import read_json
from learning.xapi.multipart import Part, match_parts, media_type_of, split
from learning.xapi.signatures import check_signatures

VERSION_HEADER = "X-Experience-API-Version"
_VERSION = re.compile(r"([12])\.0(?:\.\d{1,4})?\Z", re.ASCII)
_FORM = "application/x-www-form-urlencoded"
# Form fields of the alternate syntax that stand for headers (1.3).
_AS_HEADERS = (
    "authorization",
    "x-experience-api-version",
    "content-type",
    "content-length",
    "if-match",
    "if-none-match",
    "accept-language",
)
_METHODS = ("GET", "HEAD", "PUT", "POST", "DELETE")
_WITH_CONTENT = ("PUT", "POST")
_MAX_FIELDS = 60


@dataclass(frozen=True)
class Incoming:
    """Method, parameters, headers (names in lower case) and body, alternate syntax undone."""

    method: str
    params: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes

    def only(self, *allowed: str) -> None:
        """Refuses parameters that the resource does not know (Part Three, 3.2: 400)."""
        for name in self.params:
            if name not in allowed:
                raise bad(f"the parameter {name[:80]!r} is not known here")

    def needed(self, name: str) -> str:
        value = self.params.get(name)
        if not value:
            raise bad(f"the parameter {name!r} is missing")
        return value

    def flag(self, name: str) -> bool:
        value = self.params.get(name, "false")
        if value not in ("true", "false"):
            raise bad(f"the parameter {name!r} must be true or false")
        return value == "true"

    @property
    def media_type(self) -> tuple[str, Mapping[str, str]]:
        return media_type_of(self.headers.get("content-type", ""))


def incoming(request: HttpRequest) -> Incoming:
    """Reads the request. Raises Refused."""
    params = _params(request.GET.lists())
    headers = {name.lower(): value for name, value in request.headers.items()}
    body = _body(request)
    method = str(request.method)
    if "method" not in params:
        return Incoming(method, params, headers, body)
    if method != "POST":
        raise bad("the parameter 'method' is for POST requests only")
    if len(params) > 1:
        raise bad("with the parameter 'method' everything else belongs into the form")
    return _undone(params["method"], headers, body)


def version_spoken(given: str | None) -> str:
    """1.0, 2.0 and every patch of them are served; what is newer would be another protocol. Raises Refused."""
    if given is None:
        raise bad(f"the header {VERSION_HEADER} is missing")
    found = _VERSION.match(given)
    if found is None:
        raise bad(f"{VERSION_HEADER} must be 1.0.x or 2.0.x; this server speaks {VERSION} and {VERSION_2}")
    return VERSION_2 if found[1] == "2" else VERSION


def statements_of(request: Incoming) -> tuple[list[Any], list[Part], bool]:
    """The statements (not validated yet), the attachments, and whether the statements came as an array."""
    text, parts = _text_and_parts(request)
    value = read_json(text)
    came_as_list = isinstance(value, list)
    statements = value if came_as_list else [value]
    if len(statements) > settings.XAPI_MAX_STATEMENTS:
        raise too_large(f"at most {settings.XAPI_MAX_STATEMENTS} statements are taken in one request")
    return statements, parts, came_as_list


def parts_for(statements: list[dict[str, Any]], parts: list[Part]) -> list[list[Part]]:
    """The parts of each valid statement; nothing to look at where no statement has attachments."""
    if not parts and not any("attachments" in s or "attachments" in s["object"] for s in statements):
        return []
    found = match_parts(statements, parts)
    for place, (statement, own) in enumerate(zip(statements, found, strict=True)):
        try:
            check_signatures(statement, own)
        except Invalid as invalid:
            raise invalid.within(place) from None
    return found


def _text_and_parts(request: Incoming) -> tuple[bytes, list[Part]]:
    kind, options = request.media_type
    if kind == "application/json":
        return request.body, []
    if kind == "multipart/mixed":
        verify = settings.XAPI_VERIFY_ATTACHMENTS
        return split(request.body, options.get("boundary", ""), verify=verify)
    raise bad("statements come as application/json or multipart/mixed")


def _params(given: Iterable[tuple[str, list[str]]]) -> dict[str, str]:
    params = {}
    for name, values in given:
        if len(values) > 1:
            raise bad(f"the parameter {name[:80]!r} is given twice")
        params[name] = values[0]
    if any("\x00" in name or "\x00" in value for name, value in params.items()):
        raise bad("a parameter holds a NUL character")
    return params


def _body(request: HttpRequest) -> bytes:
    most = settings.XAPI_MAX_BYTES
    try:
        body = bytes(request.read(most + 1))
    except OSError:
        raise bad("the body did not arrive whole") from None
    if len(body) > most:
        raise too_large(f"a request may have at most {most} bytes")
    return body


def _undone(method: str, headers: Mapping[str, str], body: bytes) -> Incoming:
    """The alternate syntax: a POST whose form holds parameters, some headers and the content."""
    if method not in _METHODS:
        raise bad(f"there is no method {method[:20]!r}")
    if media_type_of(headers.get("content-type", ""))[0] != _FORM:
        raise bad(f"a request with the parameter 'method' must be of type {_FORM}")
    fields = _fields(body)
    told = {name.lower(): value for name, value in fields.items() if name.lower() in _AS_HEADERS}
    params = {name: value for name, value in fields.items() if name.lower() not in _AS_HEADERS}
    content = params.pop("content", None)
    if method in _WITH_CONTENT and content is None:
        raise bad("the form has no field 'content'")
    if method not in _WITH_CONTENT and content is not None:
        raise bad(f"a {method} request has no content")
    told.setdefault("content-type", "application/json")
    return Incoming(method, params, {**headers, **told}, (content or "").encode("utf-8", "surrogatepass"))


def _fields(body: bytes) -> dict[str, str]:
    try:
        pairs = parse_qsl(
            body.decode("utf-8"), keep_blank_values=True, max_num_fields=_MAX_FIELDS, errors="strict"
        )
    except ValueError:
        raise bad("the form cannot be read") from None
    return _params((name, [value for given, value in pairs if given == name]) for name in dict(pairs))
