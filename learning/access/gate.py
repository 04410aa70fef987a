"""Who may open a course and everything in it."""

from django.http import HttpRequest
from django.utils import timezone

from courses.catalog.enums import CourseStatus
from courses.catalog.models import Course
from courses.lessons.access import OPEN, Decision
from learning.enrollments.models import Enrollment
from learning.enrollments.queries import owner_of
from people.roles.enums import Capability
from people.roles.queries import has_capability

_SIGN_IN = Decision(allowed=False, answer="sign_in")
_NOT_FOUND = Decision(allowed=False, answer="not_found")
_READERS_OF_DRAFTS = (Capability.AUTHOR, Capability.PUBLISH)


def gate(request: HttpRequest, course: Course) -> Decision:
    """The cheap questions first: what is open to all, or to every member, costs no query.

    Authors see drafts; whoever assigns sees what there is to assign; everybody else sees a closed course only if
    they are enrolled (a duty always has an enrollment). A retired course stays open to those who were in it.
    """
    is_offered = course.status == CourseStatus.OFFERED
    if is_offered and course.open_to_guests:
        return OPEN
    if not request.user.is_authenticated:
        return _SIGN_IN
    if is_offered and course.self_enrollment:
        return OPEN
    today = timezone.localdate()
    if any(has_capability(request.user, capability, today) for capability in _READERS_OF_DRAFTS):
        return OPEN
    if is_offered and has_capability(request.user, Capability.ASSIGN, today):
        return OPEN
    if course.status != CourseStatus.DRAFT and _is_enrolled(request, course):
        return OPEN
    return _NOT_FOUND


def _is_enrolled(request: HttpRequest, course: Course) -> bool:
    owner = owner_of(request)
    return owner is not None and Enrollment.objects.filter(owner.q(), course=course).exists()
