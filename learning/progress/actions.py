"""The one way that progress changes."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from uuid import UUID, uuid4, uuid5

from django.db import IntegrityError, transaction

from courses.catalog.models import Activity
from learning.enrollments.models import Enrollment
from learning.enrollments.queries import Owner, person_behind
from learning.progress import projection
from learning.progress.completions import completion_facts, frozen
from learning.progress.locking import locked_period
from learning.progress.models import Completion
from learning.progress.projection import Snapshot, event_of
from learning.progress.rules import (
    CourseState,
    Event,
    Recorded,
    advanced,
    course_advanced,
    replayed,
    satisfied_uuid,
)
from learning.progress.signals import course_completed
from learning.records.actions import Judged, Registration, activity_statement, append, course_statement
from learning.records.enums import ResultSource, Verb
from learning.records.models import Statement
from learning.records.rules import Result
from learning.records.writing import Writing
from people.accounts.models import User
from people.learners.models import Learner


class NotEnrolled(LookupError):
    """The learner has no open period with the course, so that there is nothing to record under."""


class StatementConflict(ValueError):
    """The UUID already belongs to a statement about something else. Nothing was recorded."""


@dataclass(frozen=True)
class _Happening:
    """One event as it was handed in, with the enrollment it falls under."""

    enrollment: Enrollment
    activity: Activity
    uuid: UUID
    verb: Verb
    result: Result
    source: ResultSource
    by: User | None
    at: datetime

    @property
    def frame(self) -> Registration:
        enrollment = self.enrollment
        return Registration(uuid=enrollment.uuid, learner=enrollment.learner, course=enrollment.course)

    @property
    def judged(self) -> Judged:
        return Judged(move_on=self.activity.move_on, counts=projection.counts(self.activity))

    @property
    def event(self) -> Event:
        return Event(
            activity=self.activity.pk,
            at=self.at,
            completion=self.result.completion,
            success=self.result.success,
            scaled=self.result.scaled,
            waived=self.verb == Verb.WAIVED,
            move_on=self.judged.move_on,
            counts=self.judged.counts,
            place=self.activity.parent_id,
        )


def record_result(
    *,
    learner: Learner,
    activity: Activity,
    result: Result,
    verb: Verb,
    source: ResultSource,
    at: datetime,
    by: User | None = None,
    statement_uuid: UUID | None = None,
    registration: UUID | None = None,
) -> Recorded:
    """Records that something came of an activity, and everything that follows from it, in one transaction.

    It falls under the open period of the person behind ``learner`` with the activity's course (also one that they
    began as a guest and claimed), or under the period that ``registration`` names, open or not. The same
    ``statement_uuid`` again changes nothing and gives the first answer. Events of one period wait for each other.
    Raises NotEnrolled, StatementConflict.
    """
    return record_event(
        owner=person_behind(learner),
        activity=activity.uuid,
        result=result,
        verb=verb,
        source=source,
        at=at,
        by=by,
        statement_uuid=statement_uuid,
        registration=registration,
    )


def record_event(
    *,
    owner: Owner,
    activity: UUID,
    result: Result,
    verb: Verb,
    source: ResultSource,
    at: datetime,
    by: User | None = None,
    statement_uuid: UUID | None = None,
    registration: UUID | None = None,
    once: str = "",
    accept: Callable[[Activity], None] = lambda _activity: None,
) -> Recorded:
    """``record_result`` for callers that hold ids alone, because each row costs an event a query.

    ``once`` names something that a period has at most one record of («completed»), unless that was taken back.
    ``accept`` looks at the activity under the lock and may raise to refuse. Raises NotEnrolled, StatementConflict.
    """
    uuid = statement_uuid
    try:
        with transaction.atomic():
            found = locked_period(owner, activity, registration)
            if found is None:
                raise NotEnrolled(f"{owner} has no period with the course of {activity}")
            enrollment, row = found
            accept(row)
            uuid = uuid or (uuid5(enrollment.uuid, f"{activity} {once}") if once else uuid4())
            happening = _Happening(enrollment, row, uuid, verb, result, source, by, at)
            recorded = _record(happening)
            while recorded.is_voided and statement_uuid is None:
                happening = replace(happening, uuid=uuid5(happening.uuid, once))
                recorded = _record(happening)
            return recorded
    except IntegrityError as error:
        # The lock is per period: the same UUID may have come under another one at the same moment.
        if uuid is not None and Statement.objects.filter(uuid=uuid).exists():
            raise StatementConflict(str(uuid)) from error
        raise


def _record(happening: _Happening) -> Recorded:
    before = projection.snapshot(happening.enrollment, happening.activity, happening.uuid)
    if before.seen is not None:
        return _again(happening, before.seen)
    event = happening.event
    state = advanced(before.activity, event)
    newly = before.activity.satisfied_at is None and state.satisfied_at is not None
    course = course_advanced(before.course, event, newly_satisfied=newly)
    writing, enrollment = Writing(), happening.enrollment
    projection.save_activity(writing, enrollment, happening.activity.pk, before.activity_row, state)
    completed = _is_completing(before, is_satisfied=state.satisfied_at is not None or not event.counts)
    statements = [_statement(happening)]
    facts = completion_facts(enrollment) if completed else None
    if facts is not None:
        course = course_advanced(course, Event(activity=None, at=happening.at), newly_satisfied=False)
        statements.append(_satisfied(happening, facts, course))
    append(statements, writing)
    projection.save_course(writing, enrollment, before.course_row, course)
    completion = frozen(enrollment, statements[-1]) if facts is not None else None
    if completion is not None:
        writing.add(completion)
    writing.send()
    if completion is not None:
        announce_completion(completion, enrollment, happening.at)
    if before.has_open_duty and (newly or completion is not None):
        projection.settle_duties(
            enrollment, happening.activity.pk, course_done=completion is not None, at=happening.at
        )
    return Recorded(
        statement=happening.uuid,
        registration=happening.enrollment.uuid,
        satisfied=state.satisfied_at is not None,
        course_completed=completion is not None,
    )


def _is_completing(before: Snapshot, *, is_satisfied: bool) -> bool:
    return before.course.completed_at is None and is_satisfied and not before.is_outstanding


def _statement(happening: _Happening) -> Statement:
    return activity_statement(
        frame=happening.frame,
        activity=happening.activity,
        uuid=happening.uuid,
        verb=happening.verb,
        result=happening.result,
        judged=happening.judged,
        source=happening.source,
        by=happening.by,
        at=happening.at,
    )


def _satisfied(happening: _Happening, facts: dict[str, object], course: CourseState) -> Statement:
    return course_statement(
        frame=happening.frame,
        uuid=satisfied_uuid(happening.uuid),
        facts=facts,
        result=Result(completion=True, scaled=course.score_scaled),
        source=happening.source,
        at=happening.at,
    )


def announce_completion(completion: Completion, enrollment: Enrollment, at: datetime) -> None:
    """Tells whoever listens once the record is safe. A listener that fails is swept up later, never the learner's loss."""
    tell = partial(
        course_completed.send, sender=Completion, completion_id=completion.pk, course=enrollment.course, at=at
    )
    transaction.on_commit(tell, robust=True)


def _again(happening: _Happening, sequence: int) -> Recorded:
    """The first answer once more, from the statements up to that one."""
    enrollment, activity = happening.enrollment, happening.activity
    first = Statement.objects.select_related("voided_by").get(pk=sequence)
    if (first.registration, first.activity_id) != (enrollment.uuid, activity.pk):
        raise StatementConflict(str(happening.uuid))
    until = Statement.objects.filter(registration=enrollment.uuid, pk__lte=sequence)
    standing = replayed(event_of(row) for row in until.standing().filter(activity=activity).order_by("pk"))
    state = standing.activities.get(activity.pk)
    return Recorded(
        statement=happening.uuid,
        registration=enrollment.uuid,
        satisfied=state is not None and state.satisfied_at is not None,
        course_completed=Statement.objects.filter(uuid=satisfied_uuid(happening.uuid)).exists(),
        is_repeat=True,
        is_voided=hasattr(first, "voided_by"),
    )
