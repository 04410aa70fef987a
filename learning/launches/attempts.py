"""From what packages said to attempts and results. The log alone decides, so that it can be judged anew."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid5

from django.conf import settings
from django.db.models import QuerySet

from courses.catalog.enums import Scoring
from courses.packages import h5p
from courses.packages.enums import CompletionRule
from courses.packages.models import Package, PackageVersion
from learning.enrollments.queries import Owner
from learning.launches.models import Launch, PackageAttempt, PackageEvent
from learning.progress.actions import record_event
from learning.records.enums import ResultSource, Verb
from learning.records.rules import Result, Target, iri

DWELL = timedelta(seconds=10)  # how long something must be looked at that says nothing when it ends


@dataclass(frozen=True)
class Projected:
    """What a batch brought: ``attempts`` that it finished; ``completed``: the course was completed by it."""

    attempts: Sequence[PackageAttempt] = ()
    completed: bool = False


@dataclass(frozen=True)
class _Closing:
    """An attempt of the log with the event that closed it."""

    attempt: h5p.Attempt
    event: PackageEvent


def activity_iri(launch: Launch) -> str:
    """What the package calls itself in its statements: the same name as in ours."""
    activity = launch.activity
    target = Target(activity.uuid, "package", activity.title, launch.enrollment.course.uuid)
    return iri(settings.SITE_BASE_URL, target)


def project(launch: Launch, *, ended: bool, viewed: bool, at: datetime) -> Projected:
    """Makes the attempts that the log holds and that are not there yet, and records each as a result, once.

    ``ended``: something came that may have closed an attempt.
    """
    made, completed = [], False
    for closing in _new_closings(launch) if ended else ():
        made.append(_attempt(launch, closing))
        completed |= _record(launch, closing, at)
    if viewed and counts_when_viewed(launch.version) and at - launch.opened_at >= DWELL:
        completed |= _record_view(launch, at)
    return Projected(made, completed)


def _new_closings(launch: Launch) -> list[_Closing]:
    rows = PackageAttempt.objects.filter(enrollment_id=launch.enrollment_id, activity_id=launch.activity_id)
    known = set(rows.values_list("number", flat=True))
    return [closing for closing in _closings(launch) if closing.attempt.number not in known]


def _closings(launch: Launch) -> Iterator[_Closing]:
    """All attempts in the log of this period and activity; each launch is judged by the version that it played."""
    about, counting = activity_iri(launch), h5p.Counting()
    for row in _launches(launch):
        counting = h5p.launched(counting, restored=row.restored)
        name = machine_name(row.version)
        for event in sorted(row.events.all(), key=lambda event: event.seq):
            statement = h5p.read_statement(event.statement, about)
            if statement is None:
                continue
            counting, outcome = h5p.counted(counting, statement, name)
            if outcome == h5p.Outcome.CLOSED:
                yield _Closing(_judged(statement, counting.closed, row.version), event)


def _launches(launch: Launch) -> QuerySet[Launch]:
    rows = Launch.objects.filter(enrollment_id=launch.enrollment_id, activity_id=launch.activity_id)
    return rows.select_related("version__package").prefetch_related("events").order_by("pk")


def _judged(statement: h5p.Statement, number: int, version: PackageVersion) -> h5p.Attempt:
    return h5p.judge(
        statement,
        number,
        machine_name(version),
        version.params,
        max_score=None if version.max_score is None else float(version.max_score),
        pass_percent=version.package.pass_percent,
    )


def may_end(launch: Launch, statements: Iterable[Mapping[str, Any]]) -> bool:
    """Whether one of them could close an attempt: only then the whole log is worth reading."""
    about, name = activity_iri(launch), machine_name(launch.version)
    read = (h5p.read_statement(statement, about) for statement in statements)
    return any(statement is not None and h5p.is_end(statement, name) for statement in read)


def machine_name(version: PackageVersion) -> str:
    return str(version.main_library).split(" ", 1)[0]


def _attempt(launch: Launch, closing: _Closing) -> PackageAttempt:
    score = closing.attempt.score
    return PackageAttempt.objects.create(
        enrollment_id=launch.enrollment_id,
        activity_id=launch.activity_id,
        number=closing.attempt.number,
        event=closing.event,
        finished_at=closing.event.received_at,
        score_raw=None if score is None else Decimal(str(score.raw)),
        score_max=None if score is None else Decimal(str(score.max)),
        success=closing.attempt.success,
        verification=closing.attempt.trust,
        statement_uuid=_statement_uuid(launch, closing.event),
    )


def _statement_uuid(launch: Launch, event: PackageEvent) -> UUID:
    return uuid5(launch.uuid, f"{event.launch_id}:{event.seq}")


def _record(launch: Launch, closing: _Closing, at: datetime) -> bool:
    result = result_of(closing.attempt, launch.version.package, scored=_is_scored(launch))
    recorded = record_event(
        owner=Owner(learner=launch.enrollment.learner_id),
        activity=launch.activity.uuid,
        registration=launch.enrollment.uuid,
        result=result,
        verb=_verb(result),
        source=ResultSource.PACKAGE,
        at=at,
        statement_uuid=_statement_uuid(launch, closing.event),
    )
    return recorded.course_completed


def _is_scored(launch: Launch) -> bool:
    return launch.enrollment.course.scoring == Scoring.SCORED


def result_of(attempt: h5p.Attempt, package: Package, *, scored: bool) -> Result:
    """What counts of an attempt. A score that the answers contradict counts as taken part, and as nothing more."""
    trusted = attempt.trust != h5p.Trust.MISMATCH
    success = attempt.success if trusted and scored else None
    completion = attempt.completion
    if package.completion_rule == CompletionRule.PASSED:
        completion = attempt.success is True and trusted
    if attempt.score is None or not trusted or not scored:
        return Result(completion=completion, success=success)
    return Result(
        scaled=Decimal(str(attempt.score.scaled)),
        raw=Decimal(str(attempt.score.raw)),
        min=Decimal(0),
        max=Decimal(str(attempt.score.max)),
        success=success,
        completion=completion,
    )


def _verb(result: Result) -> Verb:
    if result.success is None:
        return Verb.COMPLETED
    return Verb.PASSED if result.success else Verb.FAILED


def counts_when_viewed(version: PackageVersion) -> bool:
    """Types that say nothing when they end, or an author's wish: being open for ``DWELL`` must do."""
    rule = version.package.completion_rule
    if rule != CompletionRule.AUTO:
        return bool(rule == CompletionRule.VIEWED)
    used = frozenset(name.machine_name for name in h5p.libraries_in(version.params))
    return h5p.completion_of(machine_name(version), version.params, used) == h5p.Completion.VIEWED


def _record_view(launch: Launch, at: datetime) -> bool:
    recorded = record_event(
        owner=Owner(learner=launch.enrollment.learner_id),
        activity=launch.activity.uuid,
        registration=launch.enrollment.uuid,
        result=Result(completion=True),
        verb=Verb.COMPLETED,
        source=ResultSource.PACKAGE,
        at=at,
        once="viewed",
    )
    return recorded.course_completed and not recorded.is_repeat
