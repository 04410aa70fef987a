"""Reading and writing the projections of one enrollment, while it is locked."""

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, FilteredRelation, OuterRef, Q, Subquery

from courses.catalog.enums import MoveOn
from courses.catalog.models import Activity
from learning.assignments.models import Duty
from learning.enrollments.models import Enrollment
from learning.progress.models import ActivityProgress, CourseProgress
from learning.progress.rules import ActivityState, CourseState, Event
from learning.records.enums import Verb
from learning.records.models import Statement
from learning.records.prepared import Prepared
from learning.records.writing import Writing

_ACTIVITY_FIELDS = [one.name for one in fields(ActivityState)]
_COURSE_FIELDS = [one.name for one in fields(CourseState)]


@dataclass(frozen=True)
class Snapshot:
    """What one event has to know, read in one query after the lock.

    ``seen``: sequence of the statement that already has the event's UUID. ``is_outstanding``: the course still
    needs another activity than this one. ``has_open_duty``: somebody waits for this period.
    """

    activity: ActivityState
    course: CourseState
    activity_row: int | None
    course_row: int | None
    seen: int | None
    is_outstanding: bool
    has_open_duty: bool


def needed(course_id: int | OuterRef) -> Any:
    """The activities that a completion of the course needs as it is offered today, in their order."""
    return Activity.objects.counting().filter(course_id=course_id).exclude(move_on=MoveOn.NOT_APPLICABLE)


def counts(activity: Activity) -> bool:
    """Whether ``needed`` holds this activity: what its statements are marked with."""
    return activity.is_offered and activity.is_required and activity.move_on != MoveOn.NOT_APPLICABLE


def event_of(statement: Statement, place: int | None = None) -> Event:
    """A stored statement as the fold reads it; ``place`` is the parent of a block's activity."""
    return Event(
        activity=statement.activity_id,
        at=statement.timestamp,
        completion=statement.completion,
        success=statement.success,
        scaled=statement.score_scaled,
        waived=statement.verb == Verb.WAIVED,
        move_on=statement.move_on,
        counts=statement.counts,
        place=place,
    )


def snapshot(enrollment: Enrollment, activity: Activity, uuid: UUID) -> Snapshot:
    """The standing before an event. Must come after the lock: a joined read would still see the old rows."""
    row = _SNAPSHOT.row(
        period=enrollment.pk, course=enrollment.course_id, activity=activity.pk, statement=uuid
    )
    if row is None:
        raise LookupError(f"the period {enrollment.pk} is gone")
    own_row, course_row, seen, is_outstanding, has_open_duty, *states = row
    split = len(_ACTIVITY_FIELDS)
    return Snapshot(
        activity=ActivityState(*states[:split]) if own_row else ActivityState(),
        course=CourseState(*states[split:]) if course_row else CourseState(),
        activity_row=own_row,
        course_row=course_row,
        seen=seen,
        is_outstanding=bool(is_outstanding),
        has_open_duty=bool(has_open_duty),
    )


def _snapshot(*, period: int, course: int, activity: int, statement: UUID) -> Any:
    """One row for a period, whatever there is of it yet."""
    # By itself and not for each activity: PostgreSQL reads what is done once, whatever it thinks of the numbers.
    done = ActivityProgress.objects.filter(enrollment=period, satisfied_at__isnull=False)
    others = needed(course).exclude(pk=activity).exclude(pk__in=done.values("activity_id"))
    return (
        Enrollment.objects.filter(pk=period)
        .annotate(
            own=FilteredRelation("activity_progress", condition=Q(activity_progress__activity=activity)),
            seen=Subquery(Statement.objects.filter(uuid=statement).values("pk")[:1]),
            is_outstanding=Exists(others),
            has_open_duty=Exists(Duty.objects.filter(enrollment=OuterRef("pk"), done_at__isnull=True)),
        )
        .annotate(own_row=F("own__pk"), course_row=F("progress__pk"))
        .values_list(
            "own_row",
            "course_row",
            "seen",
            "is_outstanding",
            "has_open_duty",
            *(f"own__{name}" for name in _ACTIVITY_FIELDS),
            *(f"progress__{name}" for name in _COURSE_FIELDS),
        )
    )


_SNAPSHOT = Prepared(_snapshot, ints=("period", "course", "activity"), uuids=("statement",))


def activity_values(state: ActivityState | ActivityProgress) -> dict[str, Any]:
    """The columns of a state or of a row alike."""
    return {name: getattr(state, name) for name in _ACTIVITY_FIELDS}


def course_values(state: CourseState | CourseProgress) -> dict[str, Any]:
    """The columns of a state or of a row alike."""
    values = {name: getattr(state, name) for name in _COURSE_FIELDS if name != "last_activity"}
    last = state.last_activity if isinstance(state, CourseState) else state.last_activity_id
    return {**values, "last_activity_id": last, "status": str(state.status)}


def course_state(row: CourseProgress) -> CourseState:
    """The fold's state as it was left."""
    names = [name for name in _COURSE_FIELDS if name != "last_activity"]
    return CourseState(last_activity=row.last_activity_id, **{name: getattr(row, name) for name in names})


def save_activity(
    writing: Writing, enrollment: Enrollment, activity_id: int, row: int | None, state: ActivityState
) -> None:
    """The row is known from the snapshot, or it is the first result."""
    values = activity_values(state)
    if row is None:
        writing.add(ActivityProgress(enrollment=enrollment, activity_id=activity_id, **values))
    else:
        writing.change(ActivityProgress, row, values)


def save_course(writing: Writing, enrollment: Enrollment, row: int | None, state: CourseState) -> None:
    if row is None:
        writing.add(CourseProgress(enrollment=enrollment, **course_values(state)))
    else:
        writing.change(CourseProgress, row, course_values(state))


def settle_duties(
    enrollment: Enrollment, activity_id: int | None, *, course_done: bool, at: datetime
) -> None:
    """The duties that this event fulfills: those for the activity, and when the course is done those for the course."""
    fulfilled = Q(assignment__activity=activity_id) if activity_id is not None else Q(pk__in=[])
    if course_done:
        fulfilled |= Q(assignment__activity__isnull=True)
    Duty.objects.filter(fulfilled, enrollment=enrollment, done_at__isnull=True).update(done_at=at)
