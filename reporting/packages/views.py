"""What came of one package: for a teacher's class with the answers, for staff in scope without them."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from courses.catalog.models import Activity
from learning.launches.grading import counted
from learning.launches.queries import attempt_lines, attempts_of, go_of, has_scores
from office.audit.actions import record
from people.learners.models import Learner
from reporting.classes.permissions import can_export_class
from reporting.packages import doors
from reporting.packages.permissions import asked_to, assigned_packages
from reporting.packages.queries import (
    ResultRow,
    all_rows,
    contradicted,
    contradicted_counts,
    periods_of,
    pupils,
    result_rows,
    staff,
)
from reporting.packages.sheets import result_sheet
from reporting.packages.words import METHODS, STANDINGS, TRUST
from reporting.reports.permissions import can_export, export_scope

PAGE_SIZE = 50
ATTEMPTS = 10
_Crumbs = list[tuple[str, str]]


@never_cache
@require_GET
@login_required
def class_results(request: HttpRequest, group: UUID, activity: UUID) -> HttpResponse:
    """A class and one package: who has begun, who has finished, with which result."""
    on = timezone.localdate()
    found, place = doors.class_package(request, group, activity, on)
    crumbs = [
        (_("Classes"), reverse("reporting:class_list")),
        (found.name, f"{reverse('reporting:class', args=[group])}?course={_course(place)}"),
    ]
    return _list(
        request,
        place,
        pupils(found, on),
        crumbs=crumbs,
        place_label=_("Number"),
        person_url=lambda learner: reverse("reporting:class_package_person", args=[group, activity, learner]),
        sheet=("reporting:class_package_export", [group, activity]),
        can_export=can_export_class(doors.person(request), found, on),
    )


@require_GET
@login_required
def class_sheet(request: HttpRequest, group: UUID, activity: UUID, kind: str) -> HttpResponseBase:
    """The same as a sheet; who took it is logged."""
    on = timezone.localdate()
    found, place = doors.class_package(request, group, activity, on)
    if not can_export_class(doors.person(request), found, on):
        raise PermissionDenied
    _log(request, "class_package", place, {"class": found.name})
    return result_sheet(
        kind,
        filename=f"{found.name}_{place.code or place.title}_{on:%Y%m%d}",
        place=_("Number"),
        activity=place,
        rows=all_rows(pupils(found, on), place),
    )


@never_cache
@require_GET
@login_required
def pupil_attempts(request: HttpRequest, group: UUID, activity: UUID, learner: UUID) -> HttpResponse:
    """Everything a pupil of the class did with one package, with the answers."""
    on = timezone.localdate()
    found, place = doors.class_package(request, group, activity, on)
    who = doors.pupil_of(found, learner, on)
    above = reverse("reporting:class_package", args=[group, activity])
    crumbs = [(found.name, f"{reverse('reporting:class', args=[group])}?course={_course(place)}")]
    return _attempts(request, place, who, crumbs=[*crumbs, (place.title, above)], with_answers=True)


@never_cache
@require_GET
@login_required
def packages(request: HttpRequest) -> HttpResponse:
    """Packages that were assigned to people in scope."""
    on = timezone.localdate()
    scope = doors.names_or_403(request, on)
    page = Paginator(assigned_packages(scope, on), PAGE_SIZE).get_page(request.GET.get("page"))
    counts = contradicted_counts(scope, [one.pk for one in page], on)
    rows = [(one, counts.get(one.pk, 0)) for one in page]
    return render(request, "reporting/packages/packages.html", {"page_obj": page, "rows": rows})


@never_cache
@require_GET
@login_required
def staff_results(request: HttpRequest, activity: UUID) -> HttpResponse:
    """People in scope to whom a package was assigned."""
    on = timezone.localdate()
    scope = doors.names_or_403(request, on)
    place = doors.assigned_package(scope, activity, on)
    return _list(
        request,
        place,
        staff(asked_to(scope, place, on), on),
        crumbs=_staff_crumbs(),
        place_label=_("Unit or class"),
        person_url=lambda learner: reverse("reporting:package_person", args=[activity, learner]),
        sheet=("reporting:package_export", [activity]),
        can_export=can_export(doors.person(request), on),
    )


@require_GET
@login_required
def staff_sheet(request: HttpRequest, activity: UUID, kind: str) -> HttpResponseBase:
    """As far as the right to take lists away reaches; who took it is logged."""
    on = timezone.localdate()
    scope = export_scope(doors.person(request), on)
    if scope.is_empty:
        raise PermissionDenied
    place = doors.assigned_package(scope, activity, on)
    _log(request, "package", place, {})
    return result_sheet(
        kind,
        filename=f"{place.code or place.title}_{on:%Y%m%d}",
        place=_("Unit or class"),
        activity=place,
        rows=all_rows(staff(asked_to(scope, place, on), on), place),
    )


@never_cache
@require_GET
@login_required
def staff_attempts(request: HttpRequest, activity: UUID, learner: UUID) -> HttpResponse:
    """One person's attempts without what they answered: that is between them and the course."""
    on = timezone.localdate()
    scope = doors.names_or_403(request, on)
    place = doors.assigned_package(scope, activity, on)
    who = doors.asked_person(scope, place, learner, on)
    above = (place.title, reverse("reporting:package", args=[activity]))
    return _attempts(request, place, who, crumbs=[*_staff_crumbs(), above], with_answers=False)


@never_cache
@require_GET
@login_required
def mismatches(request: HttpRequest) -> HttpResponse:
    """Attempts in scope whose points do not fit their answers and so do not count."""
    on = timezone.localdate()
    rows = contradicted(doors.names_or_403(request, on), on)
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"page_obj": page, "crumbs": _staff_crumbs(), "explained": TRUST["mismatch"][1]}
    return render(request, "reporting/packages/mismatches.html", context)


def _course(place: Activity) -> str:
    return place.course.code if place.course is not None else ""


def _staff_crumbs() -> _Crumbs:
    return [(_("Progress"), reverse("reporting:people")), (_("Packages"), reverse("reporting:packages"))]


def _list(
    request: HttpRequest,
    place: Activity,
    rows: QuerySet[Any, Any],
    *,
    crumbs: _Crumbs,
    place_label: str,
    person_url: Any,
    sheet: tuple[str, list[UUID]],
    can_export: bool,
) -> HttpResponse:
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    name, of = sheet
    context = {
        "activity": place,
        "method": METHODS[place.package_use.package.grade_method],
        "scored": has_scores(place),
        "page_obj": page,
        "rows": _shown(result_rows(page, place), person_url),
        "crumbs": crumbs,
        "place_label": place_label,
        "labels": TRUST.items(),
        "sheets": [(kind, reverse(name, args=[*of, kind])) for kind in ("xlsx", "csv")] if can_export else [],
    }
    return render(request, "reporting/packages/results.html", context)


def _shown(rows: Iterable[ResultRow], person_url: Any) -> list[dict[str, Any]]:
    return [
        {
            "row": row,
            "standing": STANDINGS[row.standing],
            "trust": TRUST[row.counted.trust][0] if row.counted.trust else "",
            "url": person_url(row.person.uuid) if row.counted.count else "",
        }
        for row in rows
    ]


def _attempts(
    request: HttpRequest, place: Activity, who: Learner, *, crumbs: _Crumbs, with_answers: bool
) -> HttpResponse:
    attempts = list(attempts_of(periods_of(who, place), place))
    newest = [go_of(row) for row in attempts if row.enrollment_id == attempts[0].enrollment_id]
    page = Paginator(attempts, ATTEMPTS).get_page(request.GET.get("page"))
    package = place.package_use.package
    context = {
        "activity": place,
        "name": who.user.name if who.user else _("Without an account"),
        "scored": has_scores(place),
        "page_obj": page,
        "lines": [
            (line, TRUST[line.go.trust]) for line in attempt_lines(list(page), with_answers=with_answers)
        ],
        "counted": counted(newest, package.grade_method),
        "method": METHODS[package.grade_method],
        "current": getattr(place, "current_number", None),
        "crumbs": crumbs,
        "with_answers": with_answers,
    }
    return render(request, "reporting/packages/person.html", context)


def _log(request: HttpRequest, name: str, place: Activity, more: dict[str, str]) -> None:
    user = doors.person(request)
    data = {"list": name, "activity": place.code or place.title, **more}
    record(action="reporting.export", instance=user, by=user, data=data)
