"""What a SCO finds when it starts: how it is entered, in which mode, and what it left (pure)."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from courses.packages.scorm import Sco
from learning.scorm.enums import Exit
from learning.scorm.reading import V2004
from learning.scorm.rules import Standing
from learning.scorm.times import duration, timespan


class Entry(StrEnum):
    """``cmi.entry`` (RTE 4.2.7)."""

    AB_INITIO = "ab-initio"
    RESUME = "resume"
    NONE = ""


@dataclass(frozen=True, slots=True)
class Opening:
    entry: Entry
    is_review: bool = False


def opening(standing: Standing | None, cmi: Mapping[str, Any], left: Exit, version: str) -> Opening:
    """How a SCO is opened that was left like this; ``standing`` None where it was never opened.

    Suspended: goes on. Done and left otherwise: to be looked at again, without credit. Not done and left without a word
    (the window was closed, the computer failed): goes on as well, if there is anything to go on from.
    """
    if standing is None:
        return Opening(Entry.AB_INITIO)
    if left == Exit.SUSPEND:
        return Opening(Entry.RESUME)
    if standing.is_done:
        return Opening(Entry.NONE, is_review=True)
    place = cmi.get("location") if version == V2004 else _part(cmi, "core").get("lesson_location")
    return Opening(Entry.RESUME if place or cmi.get("suspend_data") else Entry.AB_INITIO)


def starting_cmi(
    cmi: Mapping[str, Any], sco: Sco, opened: Opening, *, version: str, spent_ms: int
) -> dict[str, Any]:
    """The ``cmi`` that the run-time is given before it starts. The learner's name is never in it."""
    kept = dict(cmi) if opened.entry != Entry.AB_INITIO or opened.is_review else {}
    make = _start_2004 if version == V2004 else _start_12
    return make(kept, sco, opened, spent_ms)


def _start_12(kept: dict[str, Any], sco: Sco, opened: Opening, spent_ms: int) -> dict[str, Any]:
    core = {
        "lesson_status": "not attempted",
        **_part(kept, "core"),
        "student_id": "",
        "student_name": "",
        "entry": opened.entry.value,
        "credit": "no-credit" if opened.is_review else "credit",
        "lesson_mode": "review" if opened.is_review else "normal",
        "total_time": timespan(spent_ms),
    }
    for name in ("exit", "session_time"):
        core.pop(name, None)
    student = {
        "mastery_score": "" if sco.mastery_score is None else _plain(sco.mastery_score),
        "max_time_allowed": sco.max_time_allowed,
        "time_limit_action": sco.time_limit_action,
    }
    return {**kept, "core": core, "student_data": student, "launch_data": sco.launch_data}


def _start_2004(kept: dict[str, Any], sco: Sco, opened: Opening, spent_ms: int) -> dict[str, Any]:
    started = {
        "completion_status": "unknown",
        "success_status": "unknown",
        **kept,
        "learner_id": "",
        "learner_name": "",
        "entry": opened.entry.value,
        "credit": "no-credit" if opened.is_review else "credit",
        "mode": "review" if opened.is_review else "normal",
        "total_time": duration(spent_ms),
        "launch_data": sco.launch_data,
        "scaled_passing_score": "" if sco.min_normalized is None else _plain(sco.min_normalized),
        "completion_threshold": "" if sco.completion_threshold is None else _plain(sco.completion_threshold),
        "max_time_allowed": sco.max_time_allowed,
        "time_limit_action": sco.time_limit_action,
    }
    for name in ("exit", "session_time"):
        started.pop(name, None)
    # Empty values are refused by the run-time where a number or a word of the standard must stand.
    return {name: value for name, value in started.items() if value != ""} | {"entry": opened.entry.value}


def _part(cmi: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    value = cmi.get(name)
    return value if isinstance(value, dict) else {}


def _plain(number: float) -> str:
    return f"{number:.7f}".rstrip("0").rstrip(".")
