"""A teacher's classes: who has begun, who has finished, who may need a word."""

import uuid
from functools import cache
from typing import cast

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from courses.catalog.models import Activity, Course
from learning.launches.queries import package_activities
from office.audit.actions import record
from office.sheets.exports import csv_response, xlsx_response
from office.templatetags.calendar_tags import moment
from people.accounts.models import User
from people.groups.models import LearnerGroup
from people.roles.enums import Capability
from people.roles.queries import has_capability
from reporting.classes.enums import Mark
from reporting.classes.permissions import can_export_class, classes_visible_to
from reporting.classes.queries import ClassBoard, Part, class_board, listed_courses
from reporting.reports.permissions import names_scope

_SLOT = "\x00"


@never_cache
@require_GET
@login_required
def class_list(request: HttpRequest) -> HttpResponse:
    user, on = cast(User, request.user), timezone.localdate()
    if names_scope(user, on).is_empty:
        raise PermissionDenied
    classes = classes_visible_to(user, on).order_by("organization__order", "grade", "class_name", "name")
    return render(request, "reporting/class_list.html", {"classes": classes})


def _class(request: HttpRequest, group: uuid.UUID) -> LearnerGroup:
    """The class, 404 where it is not this person's to see, 403 where they see no names at all."""
    user, on = cast(User, request.user), timezone.localdate()
    if names_scope(user, on).is_empty:
        raise PermissionDenied
    found = classes_visible_to(user, on).filter(uuid=group).first()
    if found is None:
        raise Http404
    return found


def _chosen(request: HttpRequest, courses: list[Course]) -> Course | None:
    wanted = request.GET.get("course")
    return next((course for course in courses if course.code == wanted), courses[0] if courses else None)


@never_cache
@require_GET
@login_required
def class_board_page(request: HttpRequest, group: uuid.UUID) -> HttpResponse:
    on, found = timezone.localdate(), _class(request, group)
    courses = listed_courses(found, on)
    course = _chosen(request, courses)
    user = cast(User, request.user)
    board = class_board(found, course, on, page=request.GET.get("page", 1)) if course else None
    packages = list(package_activities(Activity.objects.filter(course=course))) if course else []
    return render(
        request,
        "reporting/class_board.html",
        {
            "group": found,
            "courses": courses,
            "course": course,
            "board": board,
            "columns": _columns(board, packages) if board else [],
            "packages": packages,
            "rows": _lines(board) if board else "",
            "page_obj": board.page if board else None,
            "can_export": can_export_class(user, found, on),
            "can_assign": has_capability(user, Capability.ASSIGN, on),
            "can_keep": has_capability(user, Capability.ISSUE_CARD, on),
        },
    )


def _columns(board: ClassBoard, packages: list[Activity]) -> list[tuple[Part, uuid.UUID | None]]:
    """The parts that are shown; a package leads to what came of it."""
    uuids = {one.pk: one.uuid for one in packages}
    return [(part, uuids.get(part.id)) for part in board.page]


def _lines(board: ClassBoard) -> SafeString:
    """Hundreds of pupils with thousands of cells: each line and each cell is rendered once for each way it may look."""
    cells = {mark: render_to_string("reporting/parts/class_cell.html", {"mark": mark}) for mark in Mark}
    looks = {look: _slotted(needs_a_look=look) for look in (False, True)}
    is_cut, shown = board.page.has_other_pages(), cache(moment)
    lines = []
    for row in board.rows:
        first = f'<td class="number">{row.done}</td>' if is_cut else ""
        marks = first + "".join([cells[mark] for mark in row.marks])
        begin, number, name, before_last, end = looks[row.needs_a_look]
        lines.append(
            f"{begin}{escape(row.shown_number)}{number}{escape(row.name)}{name}{marks}{before_last}"
            f"{shown(row.last_at)}{end}"
        )
    return SafeString("".join(lines))


def _slotted(*, needs_a_look: bool) -> list[str]:
    """The texts between the places of number, name, cells and time; no name holds a NUL, which separates them."""
    context = {"slot": _SLOT, "needs_a_look": needs_a_look}
    return render_to_string("reporting/parts/class_row.html", context).split(_SLOT)


@require_GET
@login_required
def class_export(request: HttpRequest, group: uuid.UUID, kind: str) -> HttpResponseBase:
    """The board as a sheet; who took it is logged."""
    on, found, user = timezone.localdate(), _class(request, group), cast(User, request.user)
    if not can_export_class(user, found, on):
        raise PermissionDenied
    course = _chosen(request, listed_courses(found, on))
    if course is None:
        raise Http404
    record(
        action="reporting.export",
        instance=user,
        by=user,
        data={"list": "class", "class": found.name, "course": course.code},
    )
    board = class_board(found, course, on, page=None)
    header = [
        _("Number"),
        _("Name"),
        _("Kana"),
        *(part.title for part in board.parts),
        _("Last time"),
    ]
    name = f"{found.name}_{course.code}_{on:%Y%m%d}"
    if kind == "csv":
        return csv_response(filename=f"{name}.csv", header=header, rows=_cells(board))  # type: ignore[arg-type]
    return xlsx_response(filename=f"{name}.xlsx", title=found.name, header=header, rows=_cells(board))  # type: ignore[arg-type]


def _cells(board: ClassBoard) -> list[list[object]]:
    words = {Mark.DONE: _("done"), Mark.BEGUN: _("begun"), Mark.NOT_YET: ""}
    return [
        [
            row.number,
            row.name,
            row.kana,
            *(words[mark] for mark in row.marks),
            timezone.localtime(row.last_at).date() if row.last_at else None,
        ]
        for row in board.rows
    ]
