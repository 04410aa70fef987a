"""A teacher's classes: who has begun, who has finished, who may need a word."""

import uuid
from typing import cast

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from courses.catalog.models import Course
from office.audit.actions import record
from office.sheets.exports import csv_response, xlsx_response
from people.accounts.models import User
from people.groups.models import LearnerGroup
from people.roles.enums import Capability
from people.roles.queries import has_capability
from reporting.classes.permissions import can_export_class, classes_visible_to
from reporting.classes.queries import ClassBoard, class_board, courses_of
from reporting.reports.permissions import names_scope


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
    courses = list(courses_of(found, on))
    course = _chosen(request, courses)
    user = cast(User, request.user)
    return render(
        request,
        "reporting/class_board.html",
        {
            "group": found,
            "courses": courses,
            "course": course,
            "board": class_board(found, course, on) if course else None,
            "can_export": can_export_class(user, found, on),
            "can_assign": has_capability(user, Capability.ASSIGN, on),
        },
    )


@require_GET
@login_required
def class_export(request: HttpRequest, group: uuid.UUID, kind: str) -> HttpResponseBase:
    """The board as a sheet; who took it is logged."""
    on, found, user = timezone.localdate(), _class(request, group), cast(User, request.user)
    if not can_export_class(user, found, on):
        raise PermissionDenied
    course = _chosen(request, list(courses_of(found, on)))
    if course is None:
        raise Http404
    record(
        action="reporting.export",
        instance=user,
        by=user,
        data={"list": "class", "class": found.name, "course": course.code},
    )
    board = class_board(found, course, on)
    header = [
        _("Number"),
        _("Name"),
        _("Kana"),
        *(activity.title for activity in board.activities),
        _("Last time"),
    ]
    name = f"{found.name}_{course.code}_{on:%Y%m%d}"
    if kind == "csv":
        return csv_response(filename=f"{name}.csv", header=header, rows=_cells(board))  # type: ignore[arg-type]
    return xlsx_response(filename=f"{name}.xlsx", title=found.name, header=header, rows=_cells(board))  # type: ignore[arg-type]


def _cells(board: ClassBoard) -> list[list[object]]:
    done, begun = _("done"), _("begun")
    return [
        [
            row.number,
            row.name,
            row.kana,
            *(done if cell.is_done else begun if cell.is_begun else "" for cell in row.cells),
            timezone.localtime(row.last_at).date() if row.last_at else None,
        ]
        for row in board.rows
    ]
