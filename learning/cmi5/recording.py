"""From what AUs said to results of ours and rows of attempts, each once."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from itertools import count
from uuid import UUID, uuid5

from courses.catalog.enums import Scoring
from courses.packages.cmi5 import Course
from courses.packages.enums import CompletionRule
from courses.packages.h5p import Trust
from learning.cmi5.models import Cmi5Event, Cmi5Registration
from learning.cmi5.outcomes import Outcome, Step, steps
from learning.cmi5.queries import as_events, course_of
from learning.enrollments.queries import Owner
from learning.launches.attempt_rows import rejudge, write_attempts
from learning.launches.models import PackageAttempt
from learning.launches.replaying import ReplayedAttempt
from learning.progress.actions import record_event
from learning.records.enums import ResultSource, Verb
from learning.records.rules import Result

_MOST = Decimal(10) ** 9 - 1  # a column keeps nine digits before the point, and thousandths


@dataclass(frozen=True)
class _Result:
    """A step with the row that it came of."""

    step: Step
    row: Cmi5Event

    @property
    def uuid(self) -> UUID:
        return uuid5(self.row.registration.uuid, str(self.row.statement_uuid))


def record_steps(registration: Cmi5Registration, course: Course, new: set[UUID], at: datetime) -> bool:
    """Records what follows from the new events (ids of their statements); whether the course was completed by it.

    Under the period's lock. The same events again change nothing.
    """
    rows = list(registration.events.order_by("pk"))
    results = [one for one in _results(course, rows) if one.row.statement_uuid in new]
    completed = False
    for one in results:
        completed |= _record(registration, one, at)
    if any(one.row.session_id for one in results):
        _write_rows(registration)
    return completed


def replay_cmi5(enrollment: int, activity: int) -> list[ReplayedAttempt]:
    """All attempts that the log of cmi5 events holds, by ids of the period and the activity: one a session."""
    found: dict[int, ReplayedAttempt] = {}
    registrations = Cmi5Registration.objects.filter(enrollment=enrollment, activity=activity)
    for registration in registrations.select_related("version").order_by("number"):
        rows = list(registration.events.select_related("registration", "session").order_by("pk"))
        for one in _results(course_of(registration.version), rows):
            if one.row.session_id is not None:
                first = found.get(one.row.session_id)
                found[one.row.session_id] = _attempt(one, first)
    return _numbered(enrollment, activity, list(found.values()))


def _results(course: Course, rows: list[Cmi5Event]) -> Iterator[_Result]:
    for step, row in zip(steps(course, as_events(rows)), rows, strict=True):
        if step.outcome is not None:
            yield _Result(step, row)


def _attempt(one: _Result, first: ReplayedAttempt | None) -> ReplayedAttempt:
    """A session's attempt keeps the identity of its first result and has the judgement of its last."""
    outcome = one.step.outcome or Outcome(False, None, {})
    raw, most = _points(outcome)
    made = ReplayedAttempt(
        number=0,
        finished_at=one.row.received_at,
        score_raw=raw,
        score_max=most,
        success=outcome.success,
        duration_ms=one.row.duration_ms,
        verification=Trust.UNVERIFIED,
        statement_uuid=one.uuid,
    )
    return made if first is None else replace(made, statement_uuid=first.statement_uuid)


def _points(outcome: Outcome) -> tuple[Decimal | None, Decimal | None]:
    """As the AU gave them where it did from 0 up; else in hundredths."""
    score = outcome.score
    if score.get("min") == 0 and {"raw", "max"} <= score.keys() and score["max"] < _MOST:
        return _kept(score["raw"]), _kept(score["max"])
    if outcome.scaled is None:
        return None, None
    return _kept(float(outcome.scaled) * 100), Decimal("100.000")


def _kept(value: float) -> Decimal:
    return Decimal(str(value)).quantize(Decimal("0.001"))


def _numbered(enrollment: int, activity: int, made: list[ReplayedAttempt]) -> list[ReplayedAttempt]:
    """In their order, past the numbers that attempts of another kind of package have in the same place."""
    own = [one.statement_uuid for one in made]
    others = PackageAttempt.objects.filter(enrollment=enrollment, activity=activity)
    taken = set(others.exclude(statement_uuid__in=own).values_list("number", flat=True))
    free = (number for number in count(1) if number not in taken)
    return [replace(one, number=number) for one, number in zip(made, free, strict=False)]


def _write_rows(registration: Cmi5Registration) -> None:
    enrollment, activity = registration.enrollment_id, registration.activity_id
    expected = replay_cmi5(enrollment, activity)
    uuids = [one.statement_uuid for one in expected]
    rows = PackageAttempt.objects.filter(enrollment=enrollment, activity=activity, statement_uuid__in=uuids)
    found = list(rows)
    write_attempts(enrollment, activity, found, expected)
    rejudge(found, expected)


def _record(registration: Cmi5Registration, one: _Result, at: datetime) -> bool:
    if one.step.outcome is None:
        return False
    result = result_of(registration, one.step.outcome, one.row.duration_ms)
    recorded = record_event(
        owner=Owner(learner=registration.enrollment.learner_id),
        activity=registration.activity.uuid,
        registration=registration.enrollment.uuid,
        result=result,
        verb=_verb(result),
        source=ResultSource.PACKAGE,
        at=at,
        statement_uuid=one.uuid,
    )
    return recorded.course_completed


def result_of(registration: Cmi5Registration, outcome: Outcome, duration_ms: int | None) -> Result:
    """What counts of it: nothing is scored in a course without scores, and the desk may ask for passing."""
    scored = registration.enrollment.course.scoring == Scoring.SCORED
    completion = outcome.completion
    if registration.version.package.completion_rule == CompletionRule.PASSED:
        completion = outcome.success is True
    if not scored:
        return Result(completion=completion, duration_ms=duration_ms)
    told = outcome.score if {"raw", "min", "max"} <= outcome.score.keys() else {}
    raw, low, high = (Decimal(str(told[name])) if told else None for name in ("raw", "min", "max"))
    return Result(
        scaled=outcome.scaled,
        raw=raw,
        min=low,
        max=high,
        success=outcome.success,
        completion=completion,
        duration_ms=duration_ms,
    )


def _verb(result: Result) -> Verb:
    if result.success is None:
        return Verb.COMPLETED
    return Verb.PASSED if result.success else Verb.FAILED
