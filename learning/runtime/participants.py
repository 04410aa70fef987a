"""Who does what they do: the learner of a request, made and enrolled at the first thing that is worth recording."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.catalog.enums import CourseStatus
from courses.catalog.models import Activity, Course
from courses.lessons.access import Decision, may_open
from learning.enrollments.models import Enrollment
from learning.enrollments.permissions import can_join
from learning.enrollments.queries import Owner, owner_of, person_behind
from learning.progress.actions import NotEnrolled
from learning.progress.rules import Recorded
from learning.runtime.actions import join
from people.learners.actions import guest_learner, learner_of
from people.learners.models import Learner
from people.learners.queries import current_learner, remember_learner


class Refused(Exception):
    """The door of the course is closed to this request; ``decision`` says how that looks."""

    def __init__(self, decision: Decision) -> None:
        super().__init__(decision.answer)
        self.decision = decision


def recorded(
    request: HttpRequest,
    activity: UUID,
    record: Callable[[Owner], Recorded],
    at: datetime,
    accept: Callable[[Activity], None] | None = None,
) -> Recorded:
    """Records for whoever asks. Who has no period with the course yet begins one, if the course lets them.

    A period whose completion no longer holds is renewed, so that nobody repeats a lesson for nothing. ``accept`` may
    raise before anybody is enrolled for something that cannot be recorded.
    Raises Refused, ValidationError, and what ``record`` raises.
    """
    owner = owner_of(request)
    if owner is not None:
        with suppress(NotEnrolled):
            first = record(owner)
            return _renewed(request, activity, record, first, at) if first.is_repeat else first
    course = _course(activity)
    if accept is not None:
        accept(Activity.objects.get(uuid=activity))
    return record(person_behind(participant(request, course, at)))


def participant(request: HttpRequest, course: Course, at: datetime) -> Learner:
    """The learner behind the request with an open period in the course. Raises Refused, ValidationError.

    Who may look at a course because they write or assign it is not thereby in it.
    """
    decision = may_open(request, course)
    if not decision.allowed:
        raise Refused(decision)
    if course.status == CourseStatus.OFFERED and not (
        can_join(request.user, course) or _is_in(request, course)
    ):
        text = _("This course is assigned by the person in charge. Your visit is not recorded.")
        raise Refused(Decision(allowed=False, answer="forbidden", message=text))
    learner = current_learner(request)
    if learner is None:
        learner = learner_of(request.user, at=at) if request.user.is_authenticated else guest_learner(at=at)
        remember_learner(request, learner)
    join(learner=learner, course=course, at=at)
    return learner


def _is_in(request: HttpRequest, course: Course) -> bool:
    owner = owner_of(request)
    return owner is not None and Enrollment.objects.filter(owner.q(), course=course).open().exists()


def registration_for(request: HttpRequest, activity: Activity) -> UUID | None:
    """For quizzes: the period that an attempt falls under. A post opens or renews one; reading never does."""
    if activity.course_id is None:
        return None
    if request.method == "POST":
        # The page's own gate has the answer; who came in before still has their period.
        with suppress(Refused, ValidationError):
            participant(request, _course(activity.uuid), timezone.now())
    owner = owner_of(request)
    if owner is None:
        return None
    periods = Enrollment.objects.filter(owner.q(), course_id=activity.course_id).open()
    return periods.order_by("-learner__is_primary", "pk").values_list("uuid", flat=True).first()


def _renewed(
    request: HttpRequest,
    activity: UUID,
    record: Callable[[Owner], Recorded],
    first: Recorded,
    at: datetime,
) -> Recorded:
    """A repeat that fell under a completion of an earlier 年度 begins the next period."""
    learner = current_learner(request)
    if learner is None:
        return first
    try:
        current = join(learner=learner, course=_course(activity), at=at)
    except ValidationError:
        return first
    return first if current.uuid == first.registration else record(person_behind(learner))


def _course(activity: UUID) -> Course:
    course = Course.objects.filter(activities__uuid=activity).first()
    if course is None:
        raise Refused(Decision(allowed=False, answer="not_found"))
    return course
