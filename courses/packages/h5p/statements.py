"""xAPI statements as content types really send them, read without trusting a single value."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

SUB_CONTENT = "http://h5p.org/x-api/h5p-subContentId"
LONGEST_RESPONSE = 100_000


@dataclass(frozen=True, slots=True)
class Score:
    """Checked: finite, 0 ≤ raw ≤ max, max > 0."""

    raw: float
    max: float

    @property
    def scaled(self) -> float:
        return self.raw / self.max


@dataclass(frozen=True, slots=True)
class Statement:
    """What matters of one statement. ``verb``: the last part of its IRI. ``faults``: what was wrong and left out."""

    verb: str
    is_root: bool
    sub_content_id: str
    score: Score | None
    success: bool | None
    completion: bool | None
    response: str | None
    faults: tuple[str, ...] = ()


def _dig(value: Any, *way: str) -> Any:
    for key in way:
        value = value.get(key) if isinstance(value, Mapping) else None
    return value


def read_statement(data: Any, iri: str) -> Statement | None:
    """Read a statement about the activity ``iri``; None when it has no verb or is about something else. Never raises.

    Only a root statement may grade: its object is the activity itself, it has no parent and no sub-content id. Children
    are known to lie about their scores, and nested contents complete before the whole does.
    """
    verb, about = _dig(data, "verb", "id"), _dig(data, "object", "id")
    if not isinstance(verb, str) or not isinstance(about, str) or len(verb) > 1000 or len(about) > 4000:
        return None
    if about != iri and not about.startswith(f"{iri}?subContentId="):
        return None
    sub = _dig(data, "object", "definition", "extensions", SUB_CONTENT)
    sub_id = sub if isinstance(sub, str) else about.removeprefix(iri).removeprefix("?subContentId=")
    is_root = about == iri and sub is None and not _dig(data, "context", "contextActivities", "parent")
    score, fault = _score(_dig(data, "result", "score"))
    response = _dig(data, "result", "response")
    return Statement(
        verb=verb.rstrip("/").rsplit("/", 1)[-1][:100],
        is_root=is_root,
        sub_content_id=sub_id[:100],
        score=score,
        success=_flag(_dig(data, "result", "success")),
        completion=_flag(_dig(data, "result", "completion")),
        response=response if isinstance(response, str) and len(response) <= LONGEST_RESPONSE else None,
        faults=(fault,) if fault else (),
    )


def _flag(value: Any) -> bool | None:
    return value if isinstance(value, bool) else None


def _number(value: Any) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float) or abs(value) > 1e9:
        return None
    return float(value) if math.isfinite(value) else None


def _score(value: Any) -> tuple[Score | None, str]:
    """A usable score, or why there is none ("" when none was sent). A maximum of 0 says that there are no points."""
    if value is None:
        return None, ""
    raw, most, least = _number(_dig(value, "raw")), _number(_dig(value, "max")), _dig(value, "min")
    if raw is None or most is None:
        return None, "score-incomplete"
    if most == 0 and raw == 0:
        return None, ""
    if most <= 0 or not 0 <= raw <= most or (_number(least) or 0) > 0:
        return None, "score-out-of-bounds"
    return Score(raw, most), ""
