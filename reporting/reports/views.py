"""The list of who has done what was asked, for those who answer for them."""

from collections.abc import Iterator
from typing import cast

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from office.audit.actions import record
from office.calendar.rules import fiscal_year, fiscal_year_label
from office.sheets.exports import csv_response, xlsx_response
from people.accounts.models import User
from people.roles.queries import Scope
from reporting.reports.forms import STANDING_LABELS, FilterForm
from reporting.reports.permissions import can_export, export_scope, names_scope
from reporting.reports.queries import Filters, duties, duty_list, duty_row, duty_rows, tallies_by_unit, tally

PAGE_SIZE = 50


def _scope(request: HttpRequest) -> Scope:
    scope = names_scope(cast(User, request.user), timezone.localdate())
    if scope.is_empty:
        raise PermissionDenied
    return scope


@never_cache
@require_GET
@login_required
def people(request: HttpRequest) -> HttpResponse:
    """Counts, units and a page of names; the number of queries does not depend on how many people there are."""
    on, scope = timezone.localdate(), _scope(request)
    form = FilterForm(request.GET or None, scope=scope, on=on)
    filters = form.filters()
    rows = duties(scope, filters, on)
    page = Paginator(duty_list(scope, filters, on), PAGE_SIZE).get_page(request.GET.get("page"))
    return render(
        request,
        "reporting/people.html",
        {
            "form": form,
            "tally": tally(rows, on),
            "units": tallies_by_unit(rows, on),
            "page_obj": page,
            "rows": [(row, STANDING_LABELS[row.standing]) for row in (duty_row(duty, on) for duty in page)],
            "on": on,
            "fiscal_year": fiscal_year_label(fiscal_year(on)),
            "can_export": can_export(cast(User, request.user), on),
            "query": _query_without_page(request),
        },
    )


def _query_without_page(request: HttpRequest) -> str:
    asked = request.GET.copy()
    asked.pop("page", None)
    return asked.urlencode()


def _in_words(filters: Filters) -> dict[str, str]:
    """The filter as it was understood, for the log: not the address, in which anything may stand."""
    values = {
        "course": filters.course.code if filters.course else "",
        "unit": filters.unit.code if filters.unit else "",
        "standing": str(filters.standing or ""),
        "words": filters.words,
    }
    return {name: value for name, value in values.items() if value}


@require_GET
@login_required
def people_export(request: HttpRequest, kind: str) -> HttpResponseBase:
    """The filtered list as a sheet. Who took it, and how it was filtered, is logged."""
    on, user = timezone.localdate(), cast(User, request.user)
    scope = export_scope(user, on)
    if scope.is_empty:
        raise PermissionDenied
    filters = FilterForm(request.GET or None, scope=scope, on=on).filters()
    record(
        action="reporting.export",
        instance=user,
        by=user,
        data={"list": "people", "asked": _in_words(filters)},
    )
    header = [
        _("Name"),
        _("Kana"),
        _("Login id"),
        _("Unit or class"),
        _("Post"),
        _("Course"),
        _("Due date"),
        _("Standing"),
        _("Done on"),
    ]
    cells: Iterator[list[object]] = (
        [
            row.name,
            row.kana,
            row.login,
            row.unit,
            row.post,
            row.course,
            row.due_on,
            str(STANDING_LABELS[row.standing]),
            row.done_on,
        ]
        for row in duty_rows(duty_list(scope, filters, on), on)
    )
    name = f"{_('progress')}_{on:%Y%m%d}"
    if kind == "csv":
        return csv_response(filename=f"{name}.csv", header=header, rows=cells)  # type: ignore[arg-type]
    return xlsx_response(filename=f"{name}.xlsx", title=_("Progress"), header=header, rows=cells)  # type: ignore[arg-type]
