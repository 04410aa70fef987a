"""What a SCO said of itself, read from its CMI data (pure).

The data is JSON as the run-time writes it. Nothing in it is trusted: what is no number is left out, what lies outside its
bounds is moved to them, and each such case is named by a ``Fault``.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any, TypeVar

from courses.packages.scorm import Sco
from learning.scorm.enums import Completion, Exit, Fault, Success
from learning.scorm.times import read_duration, read_timespan

V12, V2004 = "1.2", "2004"
_PLACES = Decimal("0.0000001")  # as the standard keeps real numbers (RTE 4.1.1.5)
_LARGEST = Decimal(999_999_999)
_LOCATION = 1000
_STATUS_12 = {
    "passed": (Completion.COMPLETED, Success.PASSED),
    "failed": (Completion.COMPLETED, Success.FAILED),
    "completed": (Completion.COMPLETED, Success.UNKNOWN),
    "incomplete": (Completion.INCOMPLETE, Success.UNKNOWN),
    "browsed": (Completion.INCOMPLETE, Success.UNKNOWN),
    "not attempted": (Completion.UNKNOWN, Success.UNKNOWN),
    "": (Completion.UNKNOWN, Success.UNKNOWN),
}
_COMPLETION_2004 = {
    "completed": Completion.COMPLETED,
    "incomplete": Completion.INCOMPLETE,
    "not attempted": Completion.UNKNOWN,
    "unknown": Completion.UNKNOWN,
    "": Completion.UNKNOWN,
}
_SUCCESS_2004 = {
    "passed": Success.PASSED,
    "failed": Success.FAILED,
    "unknown": Success.UNKNOWN,
    "": Success.UNKNOWN,
}

_T = TypeVar("_T")


class BadCmi(ValueError):
    """The data is no object, or a part that must be one is not. Nothing of it can be used."""


@dataclass(frozen=True, slots=True)
class Score:
    """``scaled`` −1…1; ``raw`` None where the SCO gave only a scaled score. ``min`` < ``max``."""

    scaled: Decimal
    raw: Decimal | None = None
    min: Decimal = Decimal(0)
    max: Decimal = Decimal(100)


@dataclass(frozen=True, slots=True)
class Reading:
    """``session_ms``: time of this visit to the SCO as it counts it, from the beginning of the visit."""

    completion: Completion = Completion.UNKNOWN
    success: Success = Success.UNKNOWN
    score: Score | None = None
    session_ms: int = 0
    location: str = ""
    exit: Exit = Exit.NONE
    faults: tuple[Fault, ...] = ()


def read_cmi(cmi: Any, *, version: str, sco: Sco, is_end: bool) -> Reading:
    """One commit of a SCO, judged by what its manifest asks. ``is_end``: the SCO said goodbye with it.

    Raises BadCmi.
    """
    data = _object(cmi, "cmi")
    if not sco.tracks:
        return Reading(Completion.COMPLETED, exit=Exit.NORMAL)
    return _read_2004(data, sco, is_end) if version == V2004 else _read_12(data, sco, is_end)


def _read_12(cmi: Mapping[str, Any], sco: Sco, is_end: bool) -> Reading:
    core, faults = _object(cmi.get("core", {}), "core"), _Faults()
    completion, success = faults.word(_STATUS_12, core.get("lesson_status"), _STATUS_12[""])
    given = _object(core.get("score", {}), "score")
    raw = faults.number(given.get("raw"))
    score = None if raw is None else faults.scored(raw, *faults.bounds(given))
    if is_end:
        if completion == Completion.UNKNOWN:
            # RTE 3.4.4: a SCO that never sets its status is completed when it finishes.
            completion = Completion.COMPLETED
        if sco.mastery_score is not None and score is not None and score.raw is not None:
            is_mastered = score.raw >= Decimal(str(sco.mastery_score))
            completion, success = Completion.COMPLETED, Success.PASSED if is_mastered else Success.FAILED
    return Reading(
        completion,
        success,
        score,
        faults.time(core.get("session_time"), V12),
        _text(core.get("lesson_location")),
        _exit(core.get("exit")),
        faults.all,
    )


def _read_2004(cmi: Mapping[str, Any], sco: Sco, is_end: bool) -> Reading:
    faults = _Faults()
    completion = faults.word(_COMPLETION_2004, cmi.get("completion_status"), Completion.UNKNOWN)
    success = faults.word(_SUCCESS_2004, cmi.get("success_status"), Success.UNKNOWN)
    given, left = _object(cmi.get("score", {}), "score"), _exit(cmi.get("exit"))
    score = faults.score_2004(given)
    progress = faults.number(cmi.get("progress_measure"))
    if sco.completion_threshold is not None and progress is not None:
        is_there = progress >= Decimal(str(sco.completion_threshold))
        completion = Completion.COMPLETED if is_there else Completion.INCOMPLETE
    elif is_end and completion == Completion.UNKNOWN and left != Exit.SUSPEND:
        # SN 3.13.3, «completion set by content» false: the end of an attempt completes it.
        completion = Completion.COMPLETED
    if sco.min_normalized is not None and score is not None:
        success = Success.PASSED if score.scaled >= Decimal(str(sco.min_normalized)) else Success.FAILED
    return Reading(
        completion,
        success,
        score,
        faults.time(cmi.get("session_time"), V2004),
        _text(cmi.get("location")),
        left,
        faults.all,
    )


class _Faults:
    """Reads single values and remembers what was wrong with them."""

    def __init__(self) -> None:
        self._all: dict[Fault, None] = {}

    @property
    def all(self) -> tuple[Fault, ...]:
        return tuple(self._all)

    def note(self, fault: Fault) -> None:
        self._all[fault] = None

    def word(self, known: Mapping[str, _T], value: Any, otherwise: _T) -> _T:
        text = value if isinstance(value, str) else "" if value is None else "?"
        if text not in known:
            self.note(Fault.STATUS)
        return known.get(text, otherwise)

    def number(self, value: Any) -> Decimal | None:
        """A finite number of at most nine digits before the point, kept to seven places; None where there is none."""
        if value is None or value == "":
            return None
        if isinstance(value, bool) or not isinstance(value, str | int | float) or len(str(value)) > 40:
            self.note(Fault.NUMBER)
            return None
        try:
            number = Decimal(str(value))
        except InvalidOperation:
            number = Decimal("NaN")
        if not number.is_finite() or abs(number) > _LARGEST:
            self.note(Fault.NUMBER)
            return None
        return number.quantize(_PLACES)

    def bounds(self, given: Mapping[str, Any]) -> tuple[Decimal, Decimal]:
        """From ``min`` to ``max``; 0 to 100 where a SCO does not say (1.2 RTE 3.4.4)."""
        low, high = self.number(given.get("min")), self.number(given.get("max"))
        low, high = Decimal(0) if low is None else low, Decimal(100) if high is None else high
        if low < high:
            return low, high
        self.note(Fault.RANGE)
        return Decimal(0), Decimal(100)

    def scored(self, raw: Decimal, low: Decimal, high: Decimal) -> Score:
        inside = self.clamped(raw, low, high)
        return Score(as_kept((inside - low) / (high - low)), inside, low, high)

    def score_2004(self, given: Mapping[str, Any]) -> Score | None:
        """``scaled`` is the word (RTE 4.2.20); without it, it follows from ``raw`` and its bounds."""
        scaled, raw = self.scaled(given.get("scaled")), self.number(given.get("raw"))
        if scaled is None:
            return None if raw is None else self.scored(raw, *self.bounds(given))
        if raw is None:
            return Score(scaled)
        low, high = self.bounds(given)
        return Score(scaled, self.clamped(raw, low, high), low, high)

    def scaled(self, value: Any) -> Decimal | None:
        number = self.number(value)
        return None if number is None else self.clamped(number, Decimal(-1), Decimal(1))

    def clamped(self, number: Decimal, low: Decimal, high: Decimal) -> Decimal:
        if not low <= number <= high:
            self.note(Fault.CLAMPED)
        return min(max(number, low), high)

    def time(self, value: Any, version: str) -> int:
        if value is None or value == "":
            return 0
        ms = None
        if isinstance(value, str) and len(value) <= 60:
            ms = read_duration(value) if version == V2004 else read_timespan(value)
        if ms is None:
            self.note(Fault.TIME)
        return ms or 0


def as_kept(number: Decimal) -> Decimal:
    """As the database keeps it: else a third would be more than the third that was kept before."""
    return number.quantize(_PLACES)


def _object(value: Any, name: str) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise BadCmi(f"{name} is no object")
    return value


def _text(value: Any) -> str:
    return value[:_LOCATION] if isinstance(value, str) else ""


def _exit(value: Any) -> Exit:
    return Exit(value) if isinstance(value, str) and value in set(Exit) else Exit.NONE
