"""``{% load learning_tags %}``: where the reader stands."""

from typing import Any

from django import template
from django.template import Context

from courses.catalog.models import Activity, Course
from learning.enrollments.models import Enrollment
from learning.home.standings import CourseStanding, standing_of
from learning.runtime.queries import declared_text
from people.learners.models import Learner

register = template.Library()


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


@register.simple_tag
def learned_by(learner: Learner) -> list[Enrollment]:
    """``{% learned_by guest as periods %}``: the courses of a learner without an account, the newest first."""
    periods = Enrollment.objects.filter(learner=learner).select_related("course", "progress")
    return list(periods.order_by("-opened_at", "-pk"))
