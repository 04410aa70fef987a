"""What a launch takes in, checked before anything is stored (pure)."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

EVENTS_AT_ONCE = 50
STATES_AT_ONCE = 20
EVENT_BYTES = 256 * 1024
STATE_BYTES = 256 * 1024
LAST_SEQ = 20_000
_DURATION = re.compile(
    r"P(?:(\d{1,4})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,8})M)?(?:(\d{1,9}(?:\.\d{1,9})?)S)?)?", re.ASCII
)
_SECONDS = (86_400, 3_600, 60, 1)


class BadBatch(ValueError):
    """What was sent is not a batch of events and states; nothing of it was taken."""


@dataclass(frozen=True, slots=True)
class SentEvent:
    """One statement of a package; ``seq`` counts from 1 within the launch."""

    seq: int
    statement: Mapping[str, Any]
    tree: Any = None


@dataclass(frozen=True, slots=True)
class SentState:
    """``data`` None deletes. ``sub_content`` is "0" or the UUID of a part."""

    sub_content: str
    data_type: str
    data: str | None


@dataclass(frozen=True, slots=True)
class Batch:
    events: tuple[SentEvent, ...] = ()
    states: tuple[SentState, ...] = ()
    viewed: bool = False


def read_batch(value: Any) -> Batch:
    """From parsed JSON ``{events: [{seq, statement, tree?}], states: [{sub, type, data}], viewed?}``. Raises BadBatch."""
    if not isinstance(value, dict):
        raise BadBatch("not an object")
    events = tuple(_event(item) for item in _list(value, "events", EVENTS_AT_ONCE))
    if len({event.seq for event in events}) != len(events):
        raise BadBatch("a number was given twice")
    states = tuple(_state(item) for item in _list(value, "states", STATES_AT_ONCE))
    return Batch(events, states, value.get("viewed") is True)


def _list(value: Mapping[str, Any], name: str, most: int) -> Sequence[Any]:
    found = value.get(name, [])
    if not isinstance(found, list) or len(found) > most:
        raise BadBatch(f"{name} is no list of at most {most}")
    return found


def _event(item: Any) -> SentEvent:
    seq = item.get("seq") if isinstance(item, dict) else None
    if not isinstance(seq, int) or isinstance(seq, bool) or not 1 <= seq <= LAST_SEQ:
        raise BadBatch("an event has no number")
    statement = item.get("statement")
    if not isinstance(statement, dict):
        raise BadBatch("an event has no statement")
    if _bytes_of(statement) > EVENT_BYTES:
        raise BadBatch("an event is larger than 256 KiB")
    # The tree only tells how each part was answered; the statement counts without it.
    tree = item.get("tree")
    return SentEvent(seq, statement, tree if tree is None or _bytes_of(tree) <= EVENT_BYTES else None)


def _bytes_of(value: Any) -> int:
    return len(json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass"))


def _state(item: Any) -> SentState:
    if not isinstance(item, dict):
        raise BadBatch("a state is no object")
    sub, kind, data = str(item.get("sub", "0")), item.get("type"), item.get("data")
    if len(sub) > 36 or not isinstance(kind, str) or not 1 <= len(kind) <= 60:
        raise BadBatch("a state has no name")
    if data is not None and (not isinstance(data, str) or len(data.encode("utf-8")) > STATE_BYTES):
        raise BadBatch("a state is no text of at most 256 KiB")
    return SentState(sub, kind, data)


def milliseconds(duration: Any) -> int | None:
    """A duration as packages write it (``PT1M5.3S``, ISO 8601); None for anything else."""
    found = _DURATION.fullmatch(duration) if isinstance(duration, str) and len(duration) <= 40 else None
    if found is None or not any(found.groups()):
        return None
    parts = zip(found.groups(), _SECONDS, strict=True)
    return int(sum(Decimal(part) * seconds * 1000 for part, seconds in parts if part))
