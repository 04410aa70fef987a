"""The address that gives a session's token out, and the list of AUs."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from courses.lessons.access import may_open, refuse
from learning.cmi5.actions import TokenGone, begin_session, give_token, registrations
from learning.cmi5.addresses import launch_address
from learning.cmi5.launching import refusal
from learning.cmi5.models import Cmi5Registration, Cmi5Session
from learning.cmi5.queries import course_of
from learning.cmi5.tokens import session_behind
from learning.cmi5.units import au_of, lines_of
from learning.enrollments.queries import owner_of
from learning.launches.models import Launch
from learning.lrs.crossing import let_cross, preflight


@csrf_exempt
@never_cache
def fetch(request: HttpRequest, key: str) -> HttpResponse:
    """POST gives the token once (8.2); what goes wrong is told as 8.2.3 has it, with status 200."""
    at, origin = timezone.now(), request.headers.get("Origin")
    if request.method == "OPTIONS":
        return preflight(origin, at)
    if request.method != "POST":
        return HttpResponse(status=405, headers={"Allow": "POST, OPTIONS"})
    response = JsonResponse(_token(key))
    let_cross(response, origin, at)
    return response


def _token(key: str) -> dict[str, str]:
    uuid = session_behind(key)
    session = Cmi5Session.objects.filter(uuid=uuid).first() if uuid else None
    if session is None:
        return {"error-code": "2", "error-text": "This is no address that gives a token out."}
    try:
        return {"auth-token": give_token(session=session, at=timezone.now())}
    except TokenGone:
        return {"error-code": "1", "error-text": "The token was given out already, or the session is over."}


@require_GET
@never_cache
def units(request: HttpRequest, launch: UUID) -> HttpResponse:
    """All AUs of a course with how they stand; each can be opened."""
    row = _own(request, launch)
    decision = may_open(request, row.enrollment.course)
    if not decision.allowed:
        return refuse(request, decision)
    registration = _registration(row)
    place = row.activity.parent if row.activity.parent_id else row.activity
    context = {
        "launch": row,
        "title": row.activity.title,
        "lines": lines_of(registration, get_language() or "ja"),
        "back": (place.url if place else "") or row.enrollment.course.url,
        "crumbs": [(row.enrollment.course.title, row.enrollment.course.url)],
    }
    return render(request, "learning/cmi5_units.html", context)


@require_POST
@never_cache
def open_unit(request: HttpRequest, launch: UUID, unit: UUID) -> HttpResponse:
    """Begins a session of one AU and leads there; a script gets the address as JSON instead."""
    row, at = _own(request, launch), timezone.now()
    decision = may_open(request, row.enrollment.course)
    if not decision.allowed:
        return refuse(request, decision)
    registration = _registration(row)
    au = au_of(registration, unit)
    if au is None or at > row.expires_at or refusal(registration.version):
        raise Http404
    session = begin_session(launch=row, registration=registration, au=au, at=at)
    chosen = next(one for one in course_of(registration.version).aus if one.id == au)
    address = launch_address(session, chosen)
    if request.headers.get("X-Requested-With") == "fetch":
        return JsonResponse({"play_url": address})
    return HttpResponseRedirect(address)


def _registration(launch: Launch) -> Cmi5Registration:
    found = registrations(launch.enrollment, launch.activity).order_by("-number").first()
    if found is None:
        raise Http404
    return found


def _own(request: HttpRequest, launch: UUID) -> Launch:
    owner = owner_of(request)
    if owner is None:
        raise Http404
    related = ("enrollment__course", "enrollment__learner", "activity__parent", "version__package")
    return get_object_or_404(
        Launch.objects.select_related(*related).filter(owner.q("enrollment__")), uuid=launch
    )
