"""Which statements make an attempt, and what it is worth.

``completed`` is not "once": Course Presentation sends it again when a finished one is only opened, Retry sends a second
one without a new ``attempted``, networks repeat. So attempts are counted here, from the log alone, and a replay of the
log gives the same.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from courses.packages.h5p.content_types import content_type
from courses.packages.h5p.scoring import Points, mark
from courses.packages.h5p.statements import Score, Statement


class Outcome(StrEnum):
    """What one statement did."""

    NOTED = "noted"  # nothing to count
    OPENED = "opened"  # an attempt is under way
    CLOSED = "closed"  # an attempt ended
    IGNORED = "ignored"  # an end without anything done since the last one
    REPEATED = "repeated"  # the same statement once more


class Trust(StrEnum):
    """What stands behind a score. The browser computes it and can be made to say anything."""

    VERIFIED = "verified"  # the response, marked here, gives the same points
    UNVERIFIED = "unverified"  # nothing here can tell
    MISMATCH = "mismatch"  # it gives others


@dataclass(frozen=True, slots=True)
class Counting:
    """The state of counting for one learner and one content. ``closed``: attempts that ended; ``armed``: whether the
    next end counts; ``is_open``: whether one is under way (it is not shown and uses up no allowance)."""

    closed: int = 0
    armed: bool = True
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class Attempt:
    """An attempt that ended. ``number`` from 1. ``score`` is what was claimed, within bounds; see ``trust``."""

    number: int
    score: Score | None
    success: bool | None
    completion: bool
    trust: Trust
    faults: tuple[str, ...] = ()


def is_end(statement: Statement, machine_name: str) -> bool:
    """Whether a statement ends an attempt of this content type."""
    return statement.is_root and statement.verb in content_type(machine_name).end_verbs


def is_activity(statement: Statement) -> bool:
    """Whether somebody did something: interacted anywhere, or answered a part."""
    return statement.verb == "interacted" or (statement.verb == "answered" and not statement.is_root)


def launched(counting: Counting, *, restored: bool) -> Counting:
    """The content was opened. With no state restored it starts afresh, so that its next end counts whatever was before."""
    return counting if restored else replace(counting, armed=True, is_open=False)


def counted(counting: Counting, statement: Statement, machine_name: str) -> tuple[Counting, Outcome]:
    """The state after one more statement, and what that statement did."""
    if is_end(statement, machine_name):
        if not counting.armed:
            return counting, Outcome.IGNORED
        return Counting(counting.closed + 1, armed=False, is_open=False), Outcome.CLOSED
    if is_activity(statement):
        opened = not counting.is_open
        return replace(counting, armed=True, is_open=True), Outcome.OPENED if opened else Outcome.NOTED
    return counting, Outcome.NOTED


def verify(score: Score | None, machine_name: str, params: Mapping[str, Any], response: str | None) -> Trust:
    """Mark the response again and compare."""
    points: Points | None = mark(machine_name, params, response)
    if points is None or score is None:
        return Trust.UNVERIFIED
    return Trust.VERIFIED if (points.raw, points.max) == (score.raw, score.max) else Trust.MISMATCH


def judge(
    statement: Statement,
    number: int,
    machine_name: str,
    params: Mapping[str, Any],
    *,
    max_score: float | None = None,
    pass_percent: float | None = None,
) -> Attempt:
    """The attempt that an end statement closes.

    ``max_score``: the known maximum of this content (computed, or first seen); a score with another one is left out.
    ``success`` is the statement's own, else by ``pass_percent`` (0..100), else unknown.
    """
    score, faults = statement.score, statement.faults
    if score is not None and max_score is not None and score.max != max_score:
        score, faults = None, (*faults, "score-other-maximum")
    success = statement.success if not faults else None
    if success is None and score is not None and pass_percent is not None:
        success = score.scaled * 100 >= pass_percent
    trust = Trust.MISMATCH if faults else verify(score, machine_name, params, statement.response)
    return Attempt(number, score, success, statement.completion is not False, trust, faults)


@dataclass(frozen=True, slots=True)
class Logged:
    """One line of the log: a launch (``statement`` None) or a statement with its number within the launch."""

    launch: str
    seq: int = 0
    statement: Statement | None = None
    restored: bool = False


def replay(
    log: Iterable[Logged],
    machine_name: str,
    params: Mapping[str, Any],
    *,
    max_score: float | None = None,
    pass_percent: float | None = None,
) -> tuple[tuple[Attempt, ...], tuple[Outcome, ...]]:
    """All attempts of a log in the order in which it arrived, and what each line did. (launch, seq) counts once."""
    counting, seen = Counting(), set[tuple[str, int]]()
    attempts: list[Attempt] = []
    outcomes: list[Outcome] = []
    for line in log:
        if line.statement is None:
            counting, outcome = launched(counting, restored=line.restored), Outcome.NOTED
        elif (line.launch, line.seq) in seen:
            outcome = Outcome.REPEATED
        else:
            seen.add((line.launch, line.seq))
            counting, outcome = counted(counting, line.statement, machine_name)
            if outcome == Outcome.CLOSED:
                number = counting.closed
                attempts.append(
                    judge(
                        line.statement,
                        number,
                        machine_name,
                        params,
                        max_score=max_score,
                        pass_percent=pass_percent,
                    )
                )
        outcomes.append(outcome)
    return tuple(attempts), tuple(outcomes)
