"""Who sees what came of packages, and how much of it."""

from datetime import date

from django.db.models import Q, QuerySet

from courses.catalog.models import Activity, Course
from learning.assignments.models import Duty
from learning.launches.queries import package_activities
from people.learners.models import Learner
from people.roles.queries import Scope, learners_in_scope


def live_duties(scope: Scope, on: date) -> QuerySet[Duty]:
    """What was put before people of the scope and holds on the day: nothing else of theirs is shown to those who answer for staff."""
    return Duty.objects.filter(
        learner__in=learners_in_scope(scope, on).filter(user__isnull=False),
        assignment__withdrawn_at__isnull=True,
        assignment__opens_on__lte=on,
    )


def assigned_packages(scope: Scope, on: date) -> QuerySet[Activity]:
    """Packages in what was assigned to people of the scope: of a whole course, or the one part that was assigned."""
    duties = live_duties(scope, on).order_by()
    whole = duties.filter(assignment__activity__isnull=True).values("assignment__course")
    parts = duties.filter(assignment__activity__isnull=False).values("assignment__activity")
    wanted = Q(course__in=whole) | Q(pk__in=parts) | Q(parent__in=parts)
    return package_activities(Activity.objects.filter(wanted))


def asked_to(scope: Scope, activity: Activity, on: date) -> QuerySet[Learner]:
    """People of the scope to whom the activity, its lesson or its course was assigned."""
    meant = Q(assignment__activity__isnull=True) | Q(assignment__activity=activity)
    if activity.parent_id is not None:
        meant |= Q(assignment__activity=activity.parent_id)
    duties = live_duties(scope, on).filter(meant, assignment__course=activity.course_id)
    return Learner.objects.filter(pk__in=duties.order_by().values("learner"))


def class_packages(course: Course) -> QuerySet[Activity]:
    """Packages of a course that a class has; who sees the class sees them."""
    return package_activities(Activity.objects.filter(course=course))
