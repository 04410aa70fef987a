"""What somebody does in a lesson, as changes."""

from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction

from courses.catalog.models import Activity, Course
from learning.enrollments.actions import enroll
from learning.enrollments.enums import EnrollmentOrigin
from learning.enrollments.models import Enrollment
from learning.progress.actions import record_result
from learning.progress.models import FreeText, Place
from learning.progress.rules import Recorded
from learning.records.enums import ResultSource, Verb
from learning.records.rules import Result
from people.learners.models import Learner


def join(*, learner: Learner, course: Course, at: datetime) -> Enrollment:
    """Somebody begins a course of their own accord. Raises ValidationError ``not_offered``."""
    origin = EnrollmentOrigin.GUEST if learner.user_id is None else EnrollmentOrigin.SELF
    return enroll(learner=learner, course=course, origin=origin, by=None, at=at)


def finish_lesson(*, learner: Learner, activity: Activity, statement: UUID | None, at: datetime) -> Recorded:
    """The reader has come to the end. Once a period, whatever a browser sends again. Raises NotEnrolled."""
    return record_result(
        learner=learner,
        activity=activity,
        result=Result(completion=True),
        verb=Verb.COMPLETED,
        source=ResultSource.LESSON,
        at=at,
        statement_uuid=statement,
        once="completed",
    )


@transaction.atomic
def declare(
    *, learner: Learner, activity: Activity, text: str, statement: UUID | None, at: datetime
) -> Recorded:
    """A self-declaration (行動宣言). The words stand beside the statement, where they can be erased.

    The same words again change nothing. Raises NotEnrolled.
    """
    latest = _latest(learner, activity)
    again = latest.statement_uuid if latest is not None and latest.text == text else None
    recorded = record_result(
        learner=learner,
        activity=activity,
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


def _latest(learner: Learner, activity: Activity) -> FreeText | None:
    """Taken under the lock of the learner's open period, so that a double click finds the first text."""
    if activity.course is None:
        return None
    period = Enrollment.objects.of_person(learner).open().select_for_update(of=("self",))
    mine = list(period.filter(course=activity.course).values_list("pk", flat=True))
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
