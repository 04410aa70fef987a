"""Learners look back: what they finished of packages, and what they answered."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib.auth.views import redirect_to_login
from django.core.paginator import Paginator
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from courses.catalog.models import Activity
from courses.packages.enums import GradeMethod
from learning.enrollments.queries import Owner, owner_of
from learning.launches.grading import Counted, Go, counted
from learning.launches.models import PackageAttempt
from learning.launches.queries import attempt_lines, goes, has_scores, marked, package_activities
from learning.launches.words import TRUST

PAGE_SIZE = 20
ATTEMPTS = 10


@dataclass(frozen=True)
class OwnRow:
    """One package that the reader has finished at least once; ``counted`` is of the period of the last attempt."""

    activity: Activity
    scored: bool
    counted: Counted


@never_cache
@require_safe
def own_results(request: HttpRequest) -> HttpResponse:
    """Everything that was finished, what was done last first; four queries a page."""
    owner = owner_of(request)
    if owner is None:
        return redirect_to_login(request.get_full_path())
    page = Paginator(_finished(owner), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"page_obj": page, "rows": _rows(owner, list(page))}
    return render(request, "learning/own_results.html", context)


@never_cache
@require_safe
def own_attempts(request: HttpRequest, activity: UUID) -> HttpResponse:
    """One's own attempts at one package, with what one answered."""
    owner = owner_of(request)
    if owner is None:
        return redirect_to_login(request.get_full_path())
    mine = PackageAttempt.objects.filter(owner.q("enrollment__"), activity__uuid=activity)
    if not mine.exists():
        raise Http404
    place = get_object_or_404(package_activities(Activity.objects.all()), uuid=activity)
    rows = marked(mine).select_related("enrollment").order_by("-finished_at", "-pk")
    page = Paginator(rows, ATTEMPTS).get_page(request.GET.get("page"))
    lines = attempt_lines(list(page), with_answers=True)
    context = {
        "activity": place,
        "scored": has_scores(place),
        "page_obj": page,
        "lines": [(line, TRUST[line.go.trust]) for line in lines],
        "current": getattr(place, "current_number", None),
    }
    return render(request, "learning/own_attempts.html", context)


def _finished(owner: Owner) -> QuerySet[Activity]:
    mine = PackageAttempt.objects.filter(owner.q("enrollment__"))
    last = mine.filter(activity=OuterRef("pk")).order_by("-finished_at").values("finished_at")[:1]
    rows = package_activities(Activity.objects.filter(pk__in=mine.values("activity")))
    return rows.annotate(last=Subquery(last)).order_by("-last", "-pk")


def _rows(owner: Owner, activities: list[Activity]) -> list[OwnRow]:
    found = goes(PackageAttempt.objects.filter(owner.q("enrollment__"), activity__in=activities))
    by_activity: dict[int, list[list[Go]]] = {}
    for (_period, key), mine in found.items():
        by_activity.setdefault(key, []).append(mine)
    rows = []
    for activity in activities:
        newest = max(by_activity.get(activity.pk, [[]]), key=lambda mine: max(go.finished_at for go in mine))
        method = activity.package_use.package.grade_method if has_scores(activity) else GradeMethod.BEST
        rows.append(OwnRow(activity, has_scores(activity), counted(newest, method)))
    return rows
