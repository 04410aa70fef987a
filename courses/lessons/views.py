"""Handouts and short links: the ways between paper and screen."""

import logging
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from wagtail.models import Page

from courses.catalog.enums import ActivityKind, Track
from courses.catalog.models import Activity
from courses.lessons.access import CLOSED, may_open, refuse
from courses.lessons.queries import lesson_by_code
from courses.lessons.rules import normal_code, step_number
from courses.lessons.sheets import Sheet
from office.printing.actions import PrintError, render_pdf
from people.preferences.enums import Face
from people.preferences.rules import Reading

logger = logging.getLogger(__name__)


@require_safe
@cache_control(private=True)
def handout(request: HttpRequest, activity: UUID) -> HttpResponse:
    """The lesson as an A4 sheet in the reader's face; ``?step=3`` makes its QR code lead back there."""
    lessons = Activity.objects.filter(kind=ActivityKind.LESSON, is_offered=True).select_related("course")
    lesson = get_object_or_404(lessons, uuid=activity)
    decision = may_open(request, lesson.course) if lesson.course is not None else CLOSED
    if not decision.allowed:
        return refuse(request, decision)
    page = Page.objects.live().filter(translation_key=lesson.uuid).specific().first()
    if page is None:
        raise Http404
    page.activity = lesson
    reading = getattr(request, "reading", None) or Reading()
    sheet = Sheet(page, reading=reading, step=request.GET.get("step"))
    try:
        data = sheet.data()
        pdf = render_pdf("handout", data, files=sheet.files)
    except PrintError:
        logger.exception("a handout could not be made", extra={"lesson": str(lesson.uuid)})
        messages.error(
            request,
            _(
                "The sheet could not be made. The lesson is as it was: please use the print button of your browser, "
                "and tell the people who run this course."
            ),
        )
        return redirect(lesson.url or reverse("wagtail_serve", args=[""]))
    name = f"{lesson.code or lesson.uuid}.pdf"
    return HttpResponse(
        pdf, content_type="application/pdf", headers={"Content-Disposition": f'inline; filename="{name}"'}
    )


@require_safe
def short(request: HttpRequest, code: str, step: int = 1) -> HttpResponse:
    """From a printed code to its lesson: seniors arrive in the large face at their step, others where they read."""
    lesson = lesson_by_code(code)
    if lesson is None or lesson.course is None or not lesson.page_path:
        return render(
            request, "courses/faces/short_unknown.html", {"code": normal_code(code)[:40]}, status=404
        )
    query: dict[str, object] = {"step": step} if step > 1 else {}
    if lesson.course.track == Track.SENIOR:
        query = {"face": Face.LARGE.value, "step": step}
    return redirect(lesson.url + (f"?{urlencode(query)}" if query else ""))


@require_safe
def short_entry(request: HttpRequest) -> HttpResponse:
    """Where a person types the code of a sheet who has no camera."""
    code = normal_code(request.GET.get("code", ""))
    if code:
        head, _slash, tail = code.partition("/")
        step = step_number(tail)
        return redirect("courses:short", *([head, step] if step else [head]))
    return render(request, "courses/faces/short_entry.html")
