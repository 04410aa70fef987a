"""Results and statements in the words of xAPI 1.0.3 and cmi5 (pure).

Statements name opaque accounts only: no name, no address, no free text ever enters a body.
"""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from learning.records.enums import ResultSource, Verb

MOVE_ON_EXTENSION = "https://w3id.org/xapi/cmi5/context/extensions/moveon"
SCALED_PLACES = Decimal("0.00001")
ACTIVITY_TYPES = {
    "course": "http://adlnet.gov/expapi/activities/course",
    "lesson": "http://adlnet.gov/expapi/activities/lesson",
    "quiz": "http://adlnet.gov/expapi/activities/assessment",
    "package": "http://adlnet.gov/expapi/activities/module",
    "practice": "http://adlnet.gov/expapi/activities/interaction",
}


class BadResult(ValueError):
    """A result that xAPI forbids (4.1.5): a scaled score beyond ±1, a raw score outside its range, …"""


@dataclass(frozen=True)
class Result:
    """What came of doing an activity. ``scaled`` is -1…1 and is kept to five places; ``duration_ms`` milliseconds.

    ``response`` is always None: what somebody wrote stands in erasable rows beside the statement.
    Raises BadResult.
    """

    scaled: Decimal | None = None
    raw: Decimal | None = None
    min: Decimal | None = None
    max: Decimal | None = None
    success: bool | None = None
    completion: bool | None = None
    duration_ms: int | None = None
    response: None = None

    def __post_init__(self) -> None:
        for name in ("scaled", "raw", "min", "max"):
            value: Decimal | None = getattr(self, name)
            if value is not None and not value.is_finite():
                raise BadResult(f"{name} is no number")
        if self.scaled is not None:
            if not -1 <= self.scaled <= 1:
                raise BadResult("scaled must lie between -1 and 1")
            object.__setattr__(self, "scaled", self.scaled.quantize(SCALED_PLACES))
        if self.min is not None and self.max is not None and self.min >= self.max:
            raise BadResult("min must be below max")
        if self.raw is not None and (
            (self.min is not None and self.raw < self.min) or (self.max is not None and self.raw > self.max)
        ):
            raise BadResult("raw must lie between min and max")
        if self.duration_ms is not None and self.duration_ms < 0:
            raise BadResult("duration must not be negative")

    @property
    def score(self) -> dict[str, float]:
        """The xAPI score object; empty where nothing was scored."""
        parts = {"scaled": self.scaled, "raw": self.raw, "min": self.min, "max": self.max}
        return {name: float(value) for name, value in parts.items() if value is not None}


@dataclass(frozen=True)
class Target:
    """What a statement is about: ``kind`` is a key of ACTIVITY_TYPES, ``course`` the UUID of the course it belongs to."""

    uuid: UUID
    kind: str
    name: str
    course: UUID


@dataclass(frozen=True)
class Context:
    """Under which circumstances. ``home`` is the install's address; ``instructor`` the UUID of who observed or imported.

    ``counts``: whether a completion of the course needed this activity at the time.
    ``extra`` is added to the extensions under the install's own address.
    """

    home: str
    registration: UUID
    source: ResultSource
    move_on: str = ""
    counts: bool = False
    instructor: UUID | None = None
    extra: dict[str, Any] | None = None


def account(home: str, name: UUID) -> dict[str, Any]:
    """An actor that names nobody: an account at this install."""
    return {"objectType": "Agent", "account": {"homePage": home, "name": str(name)}}


def iri(home: str, target: Target) -> str:
    """The address that a statement knows an activity or course by."""
    return f"{home}/xapi/{'courses' if target.kind == 'course' else 'activities'}/{target.uuid}"


def statement_body(
    *, uuid: UUID, learner: UUID, verb: Verb, target: Target, result: Result, context: Context, at: datetime
) -> dict[str, Any]:
    """The whole statement as it will stand for ever; ``at`` is aware."""
    body: dict[str, Any] = {
        "id": str(uuid),
        "version": "1.0.3",
        "actor": account(context.home, learner),
        "verb": {"id": verb.value, "display": {"en": verb.name.lower()}},
        "object": {
            "objectType": "Activity",
            "id": iri(context.home, target),
            "definition": {"type": ACTIVITY_TYPES[target.kind], "name": {"ja": target.name}},
        },
        "context": _context(target, context),
        "timestamp": at.isoformat(),
    }
    if told := _result(result):
        body["result"] = told
    return body


def voiding_body(*, uuid: UUID, home: str, by: UUID, voids: UUID, at: datetime) -> dict[str, Any]:
    """The statement that takes another one back (xAPI 2.3.2)."""
    return {
        "id": str(uuid),
        "version": "1.0.3",
        "actor": account(home, by),
        "verb": {"id": Verb.VOIDED.value, "display": {"en": "voided"}},
        "object": {"objectType": "StatementRef", "id": str(voids)},
        "timestamp": at.isoformat(),
    }


def duration(milliseconds: int) -> str:
    """ISO 8601 with two decimals of a second, as xAPI asks: 90 s is ``PT90.00S``."""
    return f"PT{milliseconds // 1000}.{milliseconds % 1000 // 10:02d}S"


def _result(result: Result) -> dict[str, Any]:
    told: dict[str, Any] = {}
    if result.score:
        told["score"] = result.score
    if result.success is not None:
        told["success"] = result.success
    if result.completion is not None:
        told["completion"] = result.completion
    if result.duration_ms is not None:
        told["duration"] = duration(result.duration_ms)
    return told


def _context(target: Target, context: Context) -> dict[str, Any]:
    own = f"{context.home}/xapi/extensions"
    extensions: dict[str, Any] = {f"{own}/source": context.source.value}
    if context.move_on:
        extensions[MOVE_ON_EXTENSION] = context.move_on
        extensions[f"{own}/counts"] = context.counts
    extensions.update({f"{own}/{name}": value for name, value in (context.extra or {}).items()})
    told: dict[str, Any] = {"registration": str(context.registration), "extensions": extensions}
    if target.kind != "course":
        told["contextActivities"] = {"parent": [{"id": f"{context.home}/xapi/courses/{target.course}"}]}
    if context.instructor is not None:
        told["instructor"] = account(context.home, context.instructor)
    return told
