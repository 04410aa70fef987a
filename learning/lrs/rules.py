"""Making statements of other systems ready to be kept (pure; Part Two, 2.3 and 2.4)."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

from learning.xapi.checks import Invalid, moment
from learning.xapi.formats import comparable, normalised
from learning.xapi.references import Named, named
from learning.xapi.statements import statement, statement_2

DEFAULT_VERSION = "1.0.0"
# What a request may be spoken in: the latest patch of each version that is served.
VERSION, VERSION_2 = "1.0.3", "2.0.0"


@dataclass(frozen=True)
class Ready:
    """A valid statement as it will stand: body complete, its moment, its keys."""

    uuid: UUID
    body: dict[str, Any]
    timestamp: datetime
    named: Named


def told_moment(at: datetime) -> str:
    """UTC with microseconds: ``2026-11-22T01:00:00.000000Z``."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def validated(statements: list[Any], *, in_list: bool, spoken: str = VERSION) -> None:
    """Raises Invalid with the path of the first wrong value, or where one id comes twice.

    Statements of 2.0 are made as that version keeps them: moments in UTC, ``version`` said.
    """
    check = statement_2 if spoken == VERSION_2 else statement
    seen: set[str] = set()
    for place, one in enumerate(statements):
        try:
            check(one)
            if spoken == VERSION_2:
                _as_of_2(one)
            told = one.get("id")
            if told is not None:
                if told.lower() in seen:
                    raise Invalid("is the id of another statement of this request", "id")
                seen.add(told.lower())
        except Invalid as invalid:
            raise (invalid.within(place) if in_list else invalid) from None


def _as_of_2(body: dict[str, Any]) -> None:
    body.setdefault("version", VERSION_2)
    for part in (body, body["object"]):
        if "timestamp" in part:
            part["timestamp"] = told_moment(moment(part["timestamp"].upper().replace(" ", "T")))


def made_ready(statements: list[dict[str, Any]], *, authority: dict[str, Any], at: datetime) -> list[Ready]:
    """Valid statements with everything that the server sets. Changes the statements."""
    stored = told_moment(at)
    return [_ready(one, authority, stored, at) for one in statements]


def _ready(body: dict[str, Any], authority: dict[str, Any], stored: str, at: datetime) -> Ready:
    normalised(body)
    given = body.get("id")
    uuid = UUID(given) if given else uuid4()
    body["id"] = given or str(uuid)
    timestamp = body.setdefault("timestamp", stored)
    body["stored"] = stored
    body["authority"] = authority
    body.setdefault("version", DEFAULT_VERSION)
    return Ready(uuid, body, at if timestamp is stored else moment(timestamp), named(body))


def is_same(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Two statements of one id: the same, or a conflict (2.2)."""
    return comparable(one) == comparable(other)


def merged_json(old: object, new: object) -> dict[str, Any] | None:
    """A POST to a document that is there: top-level properties replace (Part Three, 2.2). None unless both are objects."""
    return {**old, **new} if isinstance(old, dict) and isinstance(new, dict) else None


def told_json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()


def matches(header: str, etag: str | None) -> bool:
    """RFC 7232: ``*`` fits any document that is there, a list fits one of its tags, weak or strong."""
    if etag is None:
        return False
    told = [part.strip().removeprefix("W/") for part in header.split(",")]
    return "*" in told or f'"{etag}"' in told
