"""Taking a seat without an account: the code on the paper, a yes, and the way to the courses."""

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render, resolve_url
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from django_ratelimit.core import is_ratelimited

from people.learners.queries import forget_guest, guest_of_session, remember_learner
from people.seats.forms import SeatCodeForm
from people.seats.queries import OpenSeat, open_seat

# A whole room of tablets stands behind one address.
_RATE = "200/5m"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def seat_start(request: HttpRequest) -> HttpResponse:
    """Asks for the code of a seat and leads to its page."""
    form = SeatCodeForm(request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return render(request, "people/seat_start.html", {"form": form})
    if _too_many(request):
        return _closed(request)
    if form.is_valid():
        seat = open_seat(form.cleaned_data["code"], timezone.localdate())
        if seat is not None:
            return HttpResponseRedirect(resolve_url("people:seat", seat.code))
        form.add_error("code", _no_seat())
    return render(request, "people/seat_start.html", {"form": form}, status=422)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def seat(request: HttpRequest, code: str) -> HttpResponse:
    """One seat: taken by a yes, not by opening the page, so that a link alone never changes who learns here."""
    if _too_many(request):
        return _closed(request)
    found = open_seat(code, timezone.localdate())
    if found is None:
        form = SeatCodeForm({"code": code})
        form.add_error("code", _no_seat())
        return render(request, "people/seat_start.html", {"form": form}, status=404)
    if request.method != "POST":
        return _page(request, found)
    if request.POST.get("answer") == "leave":
        return _left(request, found)
    if request.user.is_authenticated:
        return _page(request, found, status=422)
    request.session.cycle_key()
    remember_learner(request, found.learner)
    return HttpResponseRedirect(resolve_url("people:seat", found.code))


def _left(request: HttpRequest, found: OpenSeat) -> HttpResponse:
    guest = guest_of_session(request)
    if guest is not None and guest.pk == found.learner.pk:
        forget_guest(request)
    messages.success(request, _("You left the seat. What was learned there is kept."))
    return HttpResponseRedirect(resolve_url("people:seat_start"))


def _page(request: HttpRequest, found: OpenSeat, status: int = 200) -> HttpResponse:
    guest = None if request.user.is_authenticated else guest_of_session(request)
    context = {
        "seat": found,
        "is_seated": guest is not None and guest.pk == found.learner.pk,
        "has_other": guest is not None and guest.pk != found.learner.pk,
    }
    return render(request, "people/seat.html", context, status=status)


def _too_many(request: HttpRequest) -> bool:
    limited = is_ratelimited(request, group="people.seat", key=_address, rate=_RATE, increment=True)
    return bool(limited)


def _address(_group: str, request: HttpRequest) -> str:
    return str(get_adapter(request).get_client_ip(request))


def _closed(request: HttpRequest) -> HttpResponse:
    form = SeatCodeForm({"code": ""})
    form.errors.clear()
    form.add_error(None, _("There were too many tries. Nothing was lost. Wait 5 minutes and try again."))
    return render(request, "people/seat_start.html", {"form": form}, status=429)


def _no_seat() -> str:
    return _(
        "There is no open seat with this code. What you typed is still here. Compare it with the paper, letter by "
        "letter, or ask the helper: the seat may be closed, or its record may have been handed over."
    )
