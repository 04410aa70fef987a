"""Taking along what was learned without an account: by oneself at sign-in, or with somebody's help."""

from datetime import date
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render, resolve_url
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from django.views.generic import View

from people.accounts.models import User
from people.claims.actions import hand_over
from people.claims.forms import SeatForm
from people.claims.permissions import can_hand_over, people_to_hand_to, seats_visible_to
from people.claims.queries import seat_labels
from people.learners.actions import claim_learner
from people.learners.models import Learner
from people.learners.queries import forget_guest, guest_of_session

SHOWN_SEATS = 300


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def claim(request: HttpRequest) -> HttpResponse:
    """Was it you who read here before signing in? ``answer=yes`` takes the guest of this browser session along."""
    assert isinstance(request.user, User)  # noqa: S101 - the decorator let only people in
    guest, onward = guest_of_session(request), _onward(request)
    if request.method == "POST" and request.POST.get("answer") == "no":
        forget_guest(request)
        messages.info(
            request, _("The earlier record was left alone. From now on, your own learning is recorded.")
        )
        return HttpResponseRedirect(onward)
    if request.method == "POST" and _is_taken(request, guest):
        return HttpResponseRedirect(onward)
    context = {"guest": guest, "next": onward}
    return render(request, "people/claim.html", context, status=422 if request.method == "POST" else 200)


def _is_taken(request: HttpRequest, guest: Learner | None) -> bool:
    """The page names the guest it asked about: another tab may have gone on with another one by now."""
    assert isinstance(request.user, User)  # noqa: S101 - the view let only people in
    asked = _uuid(request.POST.get("seat"))
    if asked and Learner.objects.filter(uuid=asked, user=request.user).exists():
        return True
    if guest is None or guest.uuid != asked:
        messages.error(
            request, _("The record changed while this page was open. Nothing was taken along yet.")
        )
        return False
    try:
        claim_learner(learner=guest, user=request.user, by=request.user, at=timezone.now())
    except ValidationError as error:
        messages.error(request, error.messages[0])
        return False
    forget_guest(request)
    messages.success(
        request, _("What you learned before signing in is yours now, and you can go on from there.")
    )
    return True


@method_decorator([never_cache, login_required], name="dispatch")
class SeatClaimView(View):
    """A helper or officer hands the seat of a group to the person who sat there; the second step confirms."""

    by: User
    on: date

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        assert isinstance(request.user, User)  # noqa: S101 - the decorator let only people in
        self.by, self.on = request.user, timezone.localdate()
        if not can_hand_over(self.by, self.on):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._page(self._form(None), 200)

    def post(self, request: HttpRequest) -> HttpResponse:
        form = self._form(request.POST)
        if request.POST.get("step") == "confirm" and self._is_done(request):
            return HttpResponseRedirect(resolve_url("people:claim_seat"))
        if not form.is_valid():
            return self._page(form, 422)
        if request.POST.get("step") == "edit":
            return self._page(form, 200)
        seat = self.seats[form.cleaned_data["seat"]]
        if request.POST.get("step") != "confirm":
            context = {
                "form": form,
                "seat": seat,
                "label": self._label(seat),
                "person": form.cleaned_data["person"],
            }
            return render(request, "people/claim_seat_preview.html", context)
        return self._handed(request, form, seat)

    def _handed(self, request: HttpRequest, form: SeatForm, seat: Learner) -> HttpResponse:
        person: User = form.cleaned_data["person"]
        try:
            hand_over(seat=seat, user=person, by=self.by, at=timezone.now())
        except ValidationError as error:
            form.add_error(None, error)
            return self._page(form, 422)
        text = _("The record of the seat belongs to %(name)s now.")
        messages.success(request, text % {"name": person.name})
        return HttpResponseRedirect(resolve_url("people:claim_seat"))

    def _is_done(self, request: HttpRequest) -> bool:
        """A second click: the seat is no longer on the list, because it has its person."""
        people = people_to_hand_to(self.by, self.on)
        asked = _uuid(request.POST.get("seat"))
        seats = Learner.objects.filter(user__in=people.values("pk"), claimed_at__isnull=False)
        if asked is None or not seats.filter(uuid=asked).exists():
            return False
        messages.info(request, _("This seat has its person already. Nothing was changed."))
        return True

    def _form(self, data: Any) -> SeatForm:
        found = list(seats_visible_to(self.by, self.on).order_by("-created_at", "-pk")[:SHOWN_SEATS])
        self.labels = seat_labels(found)
        self.seats = {str(seat.uuid): seat for seat in found}
        labels = {key: self._label(seat) for key, seat in self.seats.items()}
        return SeatForm(data, seats=labels, people=people_to_hand_to(self.by, self.on))

    def _label(self, seat: Learner) -> str:
        return self.labels.get(seat.pk, "")

    def _page(self, form: SeatForm, status: int) -> HttpResponse:
        context = {"form": form, "seats": self.seats}
        return render(self.request, "people/claim_seat.html", context, status=status)


def _uuid(text: str | None) -> UUID | None:
    try:
        return UUID(text or "")
    except ValueError:
        return None


def _onward(request: HttpRequest) -> str:
    """Where the person was going when they signed in, if that is a page of this site."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if safe else resolve_url(settings.LOGIN_REDIRECT_URL)
