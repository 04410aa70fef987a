"""From what packages said to attempts and results. The log alone decides, so that it can be judged anew."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import count
from uuid import UUID, uuid5

from django.conf import settings
from django.db.models import Prefetch, QuerySet

from courses.catalog.enums import Scoring
from courses.packages import h5p
from courses.packages.enums import CompletionRule, PackageKind
from courses.packages.models import Package, PackageVersion
from learning.enrollments.queries import Owner
from learning.launches.attempt_rows import write_attempts
from learning.launches.models import Launch, PackageAttempt, PackageEvent
from learning.launches.replaying import ReplayedAttempt
from learning.launches.rules import SentEvent, milliseconds
from learning.progress.actions import record_event
from learning.records.enums import ResultSource, Verb
from learning.records.rules import Result, Target, iri

MOST_POINTS = 999_999_999  # a column keeps nine digits before the point, and thousandths
DWELL = timedelta(seconds=10)  # how long something must be looked at that says nothing when it ends


@dataclass(frozen=True)
class Projected:
    """What a batch brought: ``attempts`` that it finished; ``completed``: the course was completed by it."""

    attempts: Sequence[PackageAttempt] = ()
    completed: bool = False


@dataclass(frozen=True)
class _Closing:
    """An attempt of the log, the launch that it was made in and the event that closed it.

    ``duration_ms``: what the package said, less what it had said at an end before in the same launch.
    """

    attempt: h5p.Attempt
    launch: Launch
    event: PackageEvent
    duration_ms: int | None

    @property
    def statement_uuid(self) -> UUID:
        return uuid5(self.launch.uuid, f"{self.event.launch_id}:{self.event.seq}")


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
    for closing, row in _new_attempts(launch.enrollment_id, launch.activity_id) if ended else ():
        made.append(row)
        completed |= _record(closing, at)
    if viewed and counts_when_viewed(launch.version) and at - launch.opened_at >= DWELL:
        completed |= _record_view(launch, at)
    return Projected(made, completed)


def _new_attempts(enrollment: int, activity: int) -> list[tuple[_Closing, PackageAttempt]]:
    closings = list(_closings(enrollment, activity))
    rows = list(PackageAttempt.objects.filter(enrollment=enrollment, activity=activity))
    found = [row for row in rows if row.event_id is not None]
    others = {row.number for row in rows if row.event_id is None}
    made = write_attempts(enrollment, activity, found, _numbered(closings, others))
    return [(one, made[one.statement_uuid]) for one in closings if one.statement_uuid in made]


def replay_h5p(enrollment: int, activity: int) -> list[ReplayedAttempt]:
    """All attempts that the log of H5P events holds, by ids of the period and the activity."""
    others = PackageAttempt.objects.filter(enrollment=enrollment, activity=activity, event__isnull=True)
    return _numbered(list(_closings(enrollment, activity)), set(others.values_list("number", flat=True)))


def _closings(enrollment: int, activity: int) -> Iterator[_Closing]:
    """All attempts in the log of this period and activity; each launch is judged by the version that it played.

    Launches in their order, and events of each by their number: in whatever order batches arrive, the log is the same.
    """
    counting = h5p.Counting()
    for row in _launches(enrollment, activity):
        counting = h5p.launched(counting, restored=row.restored)
        about, name, said = activity_iri(row), machine_name(row.version), 0
        for event in sorted(row.events.all(), key=lambda event: event.seq):
            statement = h5p.read_statement(event.statement, about)
            if statement is None:
                continue
            counting, outcome = h5p.counted(counting, statement, name)
            if outcome == h5p.Outcome.CLOSED:
                attempt = _judged(statement, counting.closed, row)
                lasted = _duration(event)
                yield _Closing(attempt, row, event, _since(lasted, said))
                said = lasted or said


def _duration(event: PackageEvent) -> int | None:
    result = event.statement.get("result")
    return milliseconds(result.get("duration")) if isinstance(result, dict) else None


def _since(lasted: int | None, said: int) -> int | None:
    return lasted - said if lasted is not None and lasted >= said else lasted


def _numbered(closings: Sequence[_Closing], others: set[int]) -> list[ReplayedAttempt]:
    """In their order, past the numbers that attempts of another kind of package have in the same place."""
    free = (number for number in count(1) if number not in others)
    return [_replayed(closing, number) for closing, number in zip(closings, free, strict=False)]


def _launches(enrollment: int, activity: int) -> QuerySet[Launch]:
    rows = Launch.objects.filter(
        enrollment=enrollment, activity=activity, version__package__kind=PackageKind.H5P
    )
    rows = rows.select_related("version__package", "activity", "enrollment__course")
    # What was answered is not asked for here, and is the longest part of an event.
    return rows.prefetch_related(Prefetch("events", PackageEvent.objects.defer("tree"))).order_by("pk")


def _judged(statement: h5p.Statement, number: int, launch: Launch) -> h5p.Attempt:
    version = launch.version
    return h5p.judge(
        statement,
        number,
        machine_name(version),
        version.params,
        max_score=None if version.max_score is None else float(version.max_score),
        pass_percent=launch.pass_percent,
    )


def may_end(launch: Launch, events: Sequence[SentEvent], *, superseded: bool) -> bool:
    """Whether a batch could close an attempt: only then the whole log is worth reading.

    One that comes late (later ones are there already, here or in another window) may let an end count that did not.
    """
    if not events:
        return False
    about, name = activity_iri(launch), machine_name(launch.version)
    read = (h5p.read_statement(event.statement, about) for event in events)
    if superseded or any(statement is not None and h5p.is_end(statement, name) for statement in read):
        return True
    last = max(event.seq for event in events)
    return PackageEvent.objects.filter(launch=launch, seq__gt=last).exists()


def machine_name(version: PackageVersion) -> str:
    return str(version.main_library).split(" ", 1)[0]


def _replayed(closing: _Closing, number: int) -> ReplayedAttempt:
    score = closing.attempt.score
    return ReplayedAttempt(
        number=number,
        finished_at=closing.event.received_at,
        score_raw=None if score is None else _points(score.raw),
        score_max=None if score is None else _points(score.max),
        success=closing.attempt.success,
        duration_ms=closing.duration_ms,
        verification=closing.attempt.trust,
        statement_uuid=closing.statement_uuid,
        event=closing.event.pk,
    )


def _points(value: float) -> Decimal | None:
    """As a column keeps it; beyond what it holds nobody gives points."""
    return Decimal(str(value)).quantize(Decimal("0.001")) if value < MOST_POINTS else None


def _record(closing: _Closing, at: datetime) -> bool:
    launch = closing.launch
    result = result_of(closing.attempt, launch.version.package, scored=_is_scored(launch))
    recorded = record_event(
        owner=Owner(learner=launch.enrollment.learner_id),
        activity=launch.activity.uuid,
        registration=launch.enrollment.uuid,
        result=result,
        verb=_verb(result),
        source=ResultSource.PACKAGE,
        at=at,
        statement_uuid=closing.statement_uuid,
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
