"""From what packages said to attempts and results. The log alone decides, so that it can be judged anew."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from uuid import UUID, uuid5

from django.conf import settings

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


def project(launch: Launch, *, viewed: bool, at: datetime) -> Projected:
    """Makes the attempts that the log holds and that are not there yet, and records each as a result, once."""
    known = set(
        PackageAttempt.objects.filter(
            enrollment_id=launch.enrollment_id, activity_id=launch.activity_id
        ).values_list("number", flat=True)
    )
    made, completed = [], False
    for closing in _closings(launch):
        if closing.attempt.number in known:
            continue
        made.append(_attempt(launch, closing))
        completed |= _record(launch, closing, at)
    if viewed and _counts_by_viewing(launch, at):
        completed |= _record_view(launch, at)
    return Projected(made, completed)


def _closings(launch: Launch) -> Iterator[_Closing]:
    """All attempts in the log of this period and activity. Versions may differ: each launch is judged by its own."""
    version = launch.version
    lines, events = _log(launch)
    attempts, outcomes = h5p.replay(
        lines,
        machine_name(version),
        version.params,
        max_score=None if version.max_score is None else float(version.max_score),
        pass_percent=version.package.pass_percent,
    )
    closed = (event for event, outcome in zip(events, outcomes, strict=True) if outcome == h5p.Outcome.CLOSED)
    for attempt, event in zip(attempts, closed, strict=True):
        if event is not None:
            yield _Closing(attempt, event)


def _log(launch: Launch) -> tuple[list[h5p.Logged], list[PackageEvent | None]]:
    """Each launch as a line, then its statements; beside each line the event it came from."""
    rows = Launch.objects.filter(enrollment_id=launch.enrollment_id, activity_id=launch.activity_id)
    about = activity_iri(launch)
    lines: list[h5p.Logged] = []
    events: list[PackageEvent | None] = []
    for row in rows.prefetch_related("events").order_by("pk"):
        lines.append(h5p.Logged(row.uuid.hex, restored=row.restored))
        events.append(None)
        for event in sorted(row.events.all(), key=lambda event: event.seq):
            statement = h5p.read_statement(event.statement, about)
            if statement is not None:
                lines.append(h5p.Logged(row.uuid.hex, event.seq, statement, row.restored))
                events.append(event)
    return lines, events


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


def _counts_by_viewing(launch: Launch, at: datetime) -> bool:
    """Types that say nothing when they end, or an author's wish; and it was open for a while."""
    rule = launch.version.package.completion_rule
    if rule == CompletionRule.AUTO:
        params = launch.version.params
        used = frozenset(name.machine_name for name in h5p.libraries_in(params))
        silent = h5p.completion_of(machine_name(launch.version), params, used) == h5p.Completion.VIEWED
    else:
        silent = rule == CompletionRule.VIEWED
    return silent and at - launch.opened_at >= DWELL


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
