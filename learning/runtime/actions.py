"""What somebody does in a lesson, as changes."""

from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction

from courses.catalog.enums import ActivityKind
from courses.catalog.models import Activity, Course
from learning.enrollments.actions import enroll
from learning.enrollments.enums import EnrollmentOrigin
from learning.enrollments.models import Enrollment
from learning.enrollments.queries import Owner
from learning.progress.actions import record_event
from learning.progress.models import FreeText, Place
from learning.progress.rules import Recorded
from learning.records.enums import ResultSource, Verb
from learning.records.rules import Result
from people.learners.models import Learner


def join(*, learner: Learner, course: Course, at: datetime) -> Enrollment:
    """Somebody begins a course of their own accord. Raises ValidationError ``not_offered``."""
    origin = EnrollmentOrigin.GUEST if learner.user_id is None else EnrollmentOrigin.SELF
    return enroll(learner=learner, course=course, origin=origin, by=None, at=at)


class NotALesson(LookupError):
    """Only lessons are finished by saying so: a quiz is marked on the server."""


class Withdrawn(Exception):
    """The lesson is no longer offered."""


def check_readable(activity: Activity) -> None:
    """Raises NotALesson, Withdrawn."""
    if activity.kind != ActivityKind.LESSON:
        raise NotALesson(str(activity.uuid))
    if not activity.is_offered:
        raise Withdrawn(str(activity.uuid))


def finish_lesson(*, owner: Owner, activity: UUID, statement: UUID | None, at: datetime) -> Recorded:
    """The reader has come to the end. Once a period, whatever a browser sends again.

    Raises NotEnrolled, NotALesson, Withdrawn.
    """
    return record_event(
        owner=owner,
        activity=activity,
        accept=check_readable,
        result=Result(completion=True),
        verb=Verb.COMPLETED,
        source=ResultSource.LESSON,
        at=at,
        statement_uuid=statement,
        once="completed",
    )


@transaction.atomic
def declare(*, owner: Owner, activity: Activity, text: str, statement: UUID | None, at: datetime) -> Recorded:
    """A self-declaration (行動宣言). The words stand beside the statement, where they can be erased.

    The same words again change nothing. Raises NotEnrolled.
    """
    latest = _latest(owner, activity)
    again = latest.statement_uuid if latest is not None and latest.text == text else None
    recorded = record_event(
        owner=owner,
        activity=activity.uuid,
        result=Result(completion=True),
        verb=Verb.COMPLETED,
        source=ResultSource.DECLARATION,
        at=at,
        statement_uuid=statement or again or uuid4(),
    )
    if not recorded.is_repeat:
        FreeText.objects.create(
            statement_uuid=recorded.statement,
            enrollment=Enrollment.objects.get(uuid=recorded.registration),
            activity=activity,
            text=text,
            written_at=at,
        )
    return recorded


def _latest(owner: Owner, activity: Activity) -> FreeText | None:
    """Taken under the lock of the person's open period, so that a double click finds the first text."""
    periods = Enrollment.objects.filter(owner.q(), course__activities=activity).open()
    mine = list(periods.select_for_update(of=("self",), no_key=True).values_list("pk", flat=True))
    return (
        FreeText.objects.filter(enrollment__in=mine, activity=activity).order_by("-written_at", "-pk").first()
    )


def keep_place(*, enrollment: Enrollment, activity: Activity, position: str, at: datetime) -> None:
    """Where the reader is; a convenience and no record. The last word wins."""
    Place.objects.bulk_create(
        [Place(enrollment=enrollment, activity=activity, position=position, saved_at=at)],
        update_conflicts=True,
        unique_fields=["enrollment", "activity"],
        update_fields=["position", "saved_at"],
    )
