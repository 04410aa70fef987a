"""``{% load learning_tags %}``: where the reader stands."""

from typing import Any

from django import template
from django.template import Context

from courses.catalog.models import Activity, Course
from courses.lessons.rules import block_activity_uuid
from courses.packages.models import Package
from learning.enrollments.models import Enrollment
from learning.enrollments.queries import owner_of
from learning.home.standings import CourseStanding, standing_of
from learning.launches.doors import PackageDoor, doors_of, gone, preview_door
from learning.launches.models import PackageAttempt
from learning.runtime.queries import declared_text
from people.learners.models import Learner

register = template.Library()
_DOORS = "_package_doors"  # a page shows the packages of one activity


@register.simple_tag(takes_context=True)
def course_standing(context: Context, course: Course) -> CourseStanding:
    """``{% course_standing course as standing %}``; a page without a request (a preview, a print) gets an empty one."""
    request: Any = context.get("request")
    return standing_of(request, course) if hasattr(request, "user") else CourseStanding()


@register.simple_tag(takes_context=True)
def declaration_text(context: Context, activity: Activity, block_id: object) -> str:
    """``{% declaration_text activity block_id as saved %}``: what the reader wrote last; empty without a request."""
    request: Any = context.get("request")
    return declared_text(request, activity.uuid, str(block_id)) if hasattr(request, "user") else ""


@register.simple_tag(takes_context=True)
def package_door(
    context: Context, activity: Activity, standing: CourseStanding, package: Package, block_id: str = ""
) -> PackageDoor:
    """``{% package_door activity standing package block_id as door %}``: the package of a page, or of a lesson's block.

    One query for all packages of the lesson.
    """
    request: Any = context.get("request")
    if request is None or getattr(request, "is_preview", False):
        return preview_door(package)
    if not hasattr(request, _DOORS):
        doors = doors_of(activity, standing.enrollment, can_record=standing.can_record)
        setattr(request, _DOORS, doors)
    uuid = block_activity_uuid(activity.uuid, block_id) if block_id else activity.uuid
    found: PackageDoor = getattr(request, _DOORS).get(uuid) or gone()
    return found


@register.simple_tag(takes_context=True)
def own_attempt_count(context: Context, activity: Activity) -> int:
    """``{% own_attempt_count activity as count %}``: how often the reader has finished a package; 0 without a request."""
    request: Any = context.get("request")
    owner = owner_of(request) if hasattr(request, "user") else None
    if owner is None:
        return 0
    return PackageAttempt.objects.filter(owner.q("enrollment__"), activity=activity).count()


@register.simple_tag
def learned_by(learner: Learner) -> list[Enrollment]:
    """``{% learned_by guest as periods %}``: the courses of a learner without an account, the newest first."""
    periods = Enrollment.objects.filter(learner=learner).select_related("course", "progress")
    return list(periods.order_by("-opened_at", "-pk"))
