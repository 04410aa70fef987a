"""``{% load learning_tags %}``: where the reader stands."""

from typing import Any

from django import template
from django.template import Context

from courses.catalog.models import Course
from learning.home.standings import CourseStanding, standing_of

register = template.Library()


@register.simple_tag(takes_context=True)
def course_standing(context: Context, course: Course) -> CourseStanding:
    """``{% course_standing course as standing %}``; a page without a request (a preview, a print) gets an empty one."""
    request: Any = context.get("request")
    return standing_of(request, course) if hasattr(request, "user") else CourseStanding()
