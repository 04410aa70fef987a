"""Statements together with their attachments: ``multipart/mixed`` (Part Three, 1.5.2)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from email.message import Message
from hashlib import sha224, sha256, sha384, sha512
from typing import Any
from uuid import uuid4

from learning.xapi.checks import Invalid, sha2

MAX_PARTS = 500
_MAX_HEADERS = 8192
_DIGESTS = {56: sha224, 64: sha256, 96: sha384, 128: sha512}


@dataclass(frozen=True)
class Part:
    """One section: its media type, the digest that names it, and its bytes."""

    content_type: str
    sha2: str
    content: bytes


def media_type_of(header: str) -> tuple[str, Mapping[str, str]]:
    """``text/plain; charset=utf-8`` as the lower-case type and its parameters."""
    message = Message()
    message["Content-Type"] = header.replace("\r", " ").replace("\n", " ")[:1000]
    params = message.get_params(failobj=[]) or []
    given = {str(name).lower(): str(value) for name, value in params[1:]}
    return header.partition(";")[0].strip().lower(), given


def split(body: bytes, boundary: str, *, verify: bool) -> tuple[bytes, list[Part]]:
    """The statements (first section, JSON) and the attachments. Raises Invalid.

    ``verify``: the content of a part must have the digest that its header tells.
    """
    sections = _sections(body, boundary)
    first_headers, first = sections[0]
    if media_type_of(first_headers.get("content-type", ""))[0] != "application/json":
        raise Invalid("the first part of multipart/mixed must be of type application/json")
    return first, [
        _part(number, *section, verify=verify) for number, section in enumerate(sections[1:], start=2)
    ]


def joined(statements: bytes, parts: Iterable[Part]) -> tuple[str, bytes]:
    """Content-Type and body of an answer that carries attachments."""
    boundary = uuid4().hex
    lines = [_section(boundary, {"Content-Type": "application/json"}, statements)]
    for part in parts:
        headers = {
            "Content-Type": part.content_type,
            "Content-Transfer-Encoding": "binary",
            "X-Experience-API-Hash": part.sha2,
        }
        lines.append(_section(boundary, headers, part.content))
    return f'multipart/mixed; boundary="{boundary}"', b"".join(lines) + f"--{boundary}--\r\n".encode()


def match_parts(statements: list[dict[str, Any]], parts: list[Part]) -> list[list[Part]]:
    """The parts of each statement, in its order. Every attachment needs its part or a fileUrl, every part an owner."""
    by_digest = {part.sha2: part for part in parts}
    used: set[str] = set()
    found = []
    for place, statement in enumerate(statements):
        own = _own_parts(statement, by_digest, place)
        used.update(part.sha2 for part in own)
        found.append(own)
    if len(used) != len(by_digest):
        raise Invalid("a part of multipart/mixed belongs to no attachment of the statements")
    return found


def _own_parts(statement: dict[str, Any], parts: Mapping[str, Part], place: int) -> list[Part]:
    own = []
    told = [*statement.get("attachments", ()), *statement["object"].get("attachments", ())]
    for number, attachment in enumerate(told):
        part = parts.get(attachment["sha2"].lower())
        if part is not None:
            own.append(part)
        elif "fileUrl" not in attachment:
            raise Invalid("has neither a fileUrl nor a part with its content", place, "attachments", number)
    return own


def _sections(body: bytes, boundary: str) -> list[tuple[dict[str, str], bytes]]:
    if not boundary or len(boundary) > 70:
        raise Invalid("multipart/mixed must name a boundary of 1 to 70 characters")
    mark = b"--" + boundary.encode("utf-8", "replace")
    pieces = (b"\r\n" + body).split(b"\r\n" + mark, MAX_PARTS + 2)
    if len(pieces) < 3 or not pieces[-1].startswith(b"--"):
        raise Invalid("the body does not begin and end with its boundary, or has too many parts")
    return [_headers_and_content(piece) for piece in pieces[1:-1]]


def _headers_and_content(piece: bytes) -> tuple[dict[str, str], bytes]:
    padding, begin, rest = piece.partition(b"\r\n")
    if padding.strip() or not begin:
        raise Invalid("a boundary is followed by something else than a line end")
    head, gap, content = (b"\r\n" + rest).partition(b"\r\n\r\n")
    if not gap or len(head) > _MAX_HEADERS:
        raise Invalid("a part has no empty line after its headers")
    headers = {}
    for line in head.split(b"\r\n"):
        name, colon, value = line.partition(b":")
        if colon:
            headers[name.decode("latin-1").strip().lower()] = value.decode("latin-1").strip()
    return headers, content


def _part(number: int, headers: dict[str, str], content: bytes, *, verify: bool) -> Part:
    told = headers.get("x-experience-api-hash", "")
    try:
        sha2(told)
    except Invalid:
        raise Invalid(f"part {number} must have an X-Experience-API-Hash with its SHA-2 digest") from None
    if headers.get("content-transfer-encoding", "").lower() != "binary":
        raise Invalid(f"part {number} must have Content-Transfer-Encoding: binary")
    if verify and _DIGESTS[len(told)](content).hexdigest() != told.lower():
        raise Invalid(f"part {number} has another content than its X-Experience-API-Hash says")
    return Part(headers.get("content-type") or "application/octet-stream", told.lower(), content)


def _section(boundary: str, headers: Mapping[str, str], content: bytes) -> bytes:
    told = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return f"--{boundary}\r\n{told}\r\n".encode() + content + b"\r\n"
