"""Who does what they do: the learner of a request, made and enrolled at the first thing that is worth recording."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone

from courses.catalog.models import Activity, Course
from courses.lessons.access import Decision, may_open
from learning.enrollments.models import Enrollment
from learning.enrollments.queries import mine
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
    request: HttpRequest, activity: Activity, record: Callable[[Learner], Recorded], at: datetime
) -> Recorded:
    """Records for whoever asks. Who has no period with the course yet begins one, if the course lets them.

    A period whose completion no longer holds is renewed, so that nobody repeats a lesson for nothing.
    Raises Refused, ValidationError.
    """
    learner = current_learner(request)
    if learner is not None:
        try:
            first = record(learner)
        except NotEnrolled:
            pass
        else:
            return _renewed(learner, activity, record, first, at) if first.is_repeat else first
    learner = participant(request, _course(activity), at)
    return record(learner)


def participant(request: HttpRequest, course: Course, at: datetime) -> Learner:
    """The learner behind the request with an open period in the course. Raises Refused, ValidationError."""
    decision = may_open(request, course)
    if not decision.allowed:
        raise Refused(decision)
    learner = current_learner(request)
    if learner is None:
        learner = learner_of(request.user, at=at) if request.user.is_authenticated else guest_learner(at=at)
        remember_learner(request, learner)
    join(learner=learner, course=course, at=at)
    return learner


def registration_for(request: HttpRequest, activity: Activity) -> UUID | None:
    """For quizzes: the period that an attempt falls under. A post opens or renews one; reading never does."""
    if activity.course_id is None:
        return None
    if request.method == "POST":
        # The page's own gate has the answer; who came in before still has their period.
        with suppress(Refused, ValidationError):
            participant(request, _course(activity), timezone.now())
    own = mine(request, "learner__")
    if own is None:
        return None
    periods = Enrollment.objects.filter(own, course_id=activity.course_id).open()
    return periods.order_by("-learner__is_primary", "pk").values_list("uuid", flat=True).first()


def _renewed(
    learner: Learner, activity: Activity, record: Callable[[Learner], Recorded], first: Recorded, at: datetime
) -> Recorded:
    try:
        current = join(learner=learner, course=_course(activity), at=at)
    except ValidationError:
        return first
    return first if current.uuid == first.registration else record(learner)


def _course(activity: Activity) -> Course:
    course = activity.course
    if course is None:
        raise Refused(Decision(allowed=False, answer="not_found"))
    return course
