"""One POST to an outside store: no redirect, no proxy, a time limit."""

import http.client
import json
import ssl
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from learning.forwarding.rules import Target
from learning.xapi.multipart import Part, joined

_MOST_OF_AN_ANSWER = 1000


class Unreachable(Exception):
    """No answer came: the message says why."""


@dataclass(frozen=True)
class Answer:
    """``retry_after``: seconds that the other side asks for."""

    status: int
    text: str
    retry_after: int | None = None


def post(
    target: Target, statements: Sequence[dict[str, Any]], parts: Sequence[Part], *, timeout: float
) -> Answer:
    """Sends an array of statements with their attachments. Raises Unreachable."""
    content_type, body = "application/json", json.dumps(list(statements), ensure_ascii=False).encode()
    if parts:
        content_type, body = joined(body, parts)
    connection = _connection(target, timeout)
    try:
        connection.request("POST", target.path, body, _headers(target, content_type))
        response = connection.getresponse()
        text = response.read(_MOST_OF_AN_ANSWER).decode("utf-8", "replace").replace("\x00", "")
        return Answer(response.status, text, _seconds(response.getheader("Retry-After")))
    except (OSError, http.client.HTTPException) as error:
        raise Unreachable(f"{type(error).__name__}: {error}"[:500]) from error
    finally:
        connection.close()


def _connection(target: Target, timeout: float) -> http.client.HTTPConnection:
    if target.is_plain:
        return http.client.HTTPConnection(target.host, target.port, timeout=timeout)
    context = ssl.create_default_context()
    return http.client.HTTPSConnection(target.host, target.port, timeout=timeout, context=context)


def _headers(target: Target, content_type: str) -> dict[str, str]:
    told = {"Content-Type": content_type, "X-Experience-API-Version": "1.0.3", "User-Agent": "fukumana"}
    if target.user:
        told["Authorization"] = "Basic " + b64encode(f"{target.user}:{target.secret}".encode()).decode()
    return told


def _seconds(header: str | None) -> int | None:
    return int(header) if header and header.isascii() and header.isdigit() and len(header) < 9 else None
