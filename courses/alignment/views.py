"""The public strategy pages."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from courses.alignment.queries import node_page, strategy_view
from office.calendar.rules import fiscal_year, fiscal_year_label

_DRAFT_MARK = "案"  # 案, 素案, 案(概要): a paper that nobody has decided yet


def strategy(request: HttpRequest) -> HttpResponse:
    view = strategy_view()
    period, is_draft = "", False
    if view.current is not None:
        plan = view.current.plan
        is_draft = _DRAFT_MARK in plan.status
        period = "〜".join(fiscal_year_label(fiscal_year(day)) for day in (plan.valid_from, plan.valid_to))
    return render(
        request,
        "courses/strategy.html",
        {"view": view, "plan": view.current, "period": period, "is_draft": is_draft},
    )


def strategy_node(request: HttpRequest, code: str) -> HttpResponse:
    found = node_page(code)
    if found is None:
        raise Http404(_("There is no sentence with this code."))
    return render(
        request, "courses/strategy_node.html", {"page": found, "node": found.node, "plan": found.plan}
    )
