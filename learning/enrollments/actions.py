"""Opening periods."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.catalog.enums import CourseStatus
from courses.catalog.models import Course
from learning.enrollments.enums import EnrollmentOrigin
from learning.enrollments.models import Enrollment
from learning.enrollments.rules import still_valid
from office.audit.actions import record
from people.accounts.models import User
from people.learners.models import Learner


@transaction.atomic
def enroll(
    *, learner: Learner, course: Course, origin: EnrollmentOrigin, by: User | None, at: datetime
) -> Enrollment:
    """The open period of the person behind the learner with a course; a new one where there is none.

    Joins a period that the same person began as a guest. Where the last completion no longer holds, its period
    is closed and the next one opened. Raises ValidationError ``not_offered``.
    """
    if course.status != CourseStatus.OFFERED:
        raise ValidationError(
            _("This course is not open at the moment. Nothing was changed."), code="not_offered"
        )
    # Two tabs at once: the second waits here and finds the period of the first.
    learner = Learner.objects.select_for_update(no_key=True).get(pk=learner.pk)
    current = _open_period(learner, course)
    if current is not None:
        if _still_holds(current, course, at):
            return current
        current.closed_at = at
        current.save(update_fields=["closed_at"])
    earlier = Enrollment.objects.of_person(learner).filter(course=course)
    last = earlier.aggregate(last=Max("number"))["last"] or 0
    enrollment = Enrollment.objects.create(
        learner=learner, course=course, number=last + 1, origin=origin, opened_at=at
    )
    # Who enrolls themselves leaves this row and nothing else; what is done for others is logged.
    if by is not None and by.pk != learner.user_id:
        data = {"course": course.code, "origin": str(origin)}
        record(action="learning.enrolled", instance=enrollment, by=by, data=data)
    return enrollment


def _open_period(learner: Learner, course: Course) -> Enrollment | None:
    periods = Enrollment.objects.of_person(learner).open().filter(course=course)
    return periods.select_related("progress").order_by("-learner__is_primary", "pk").first()


def _still_holds(enrollment: Enrollment, course: Course, at: datetime) -> bool:
    """A period that is not completed holds; a completed one as long as its 年度 allow."""
    progress = getattr(enrollment, "progress", None)
    if progress is None or progress.completed_at is None:
        return True
    completed_on = timezone.localtime(progress.completed_at).date()
    return still_valid(completed_on, course.recertify_every, timezone.localtime(at).date())
