"""Issuing a card at a desk, and coming in with one."""

from typing import Any
from uuid import UUID

from allauth.account.adapter import get_adapter
from allauth.account.utils import perform_login
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST
from django_ratelimit.core import is_ratelimited

from office.printing.actions import render_pdf
from people.accounts.models import User
from people.accounts.rules import normalise_login_id
from people.credentials.actions import IssuedCard, hash_code, issue_card, redeem_card
from people.credentials.forms import CardForm
from people.credentials.models import OneTimeCard
from people.credentials.permissions import can_issue_card
from people.credentials.rules import normalise_code, printed
from people.credentials.sheets import card_address, sheet_of_cards
from people.roles.enums import Capability
from people.roles.queries import scope_of, users_in_scope


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def card_issue(request: HttpRequest, person: UUID) -> HttpResponse:
    """Asks first, then shows the code once: the answer to the POST is the only page that ever has it."""
    target = _person_for(request, person)
    if request.method != "POST":
        return render(request, "people/card_issue.html", {"person": target})
    issued = issue_card(user=target, by=_user(request), at=timezone.now())
    return render(request, "people/card_issued.html", _card_facts(issued.card, issued.code))


@never_cache
@login_required
@require_POST
@sensitive_post_parameters("code")
def card_pdf(request: HttpRequest, person: UUID) -> HttpResponse:
    """The sheet of the card that was just issued; the page sends the code back because it is not kept."""
    target = _person_for(request, person)
    code = normalise_code(request.POST.get("code", "")[:40])
    open_cards = OneTimeCard.objects.filter(user=target, used_at__isnull=True, ended_at__isnull=True)
    card = get_object_or_404(open_cards, code_hash=hash_code(code), issued_by=_user(request))
    response = HttpResponse(
        render_pdf("card", sheet_of_cards([IssuedCard(card, code)])), content_type="application/pdf"
    )
    response["Content-Disposition"] = 'inline; filename="card.pdf"'
    return response


@never_cache
@sensitive_post_parameters("code", "new_password", "new_password_again")
@require_http_methods(["GET", "HEAD", "POST"])
def card_redeem(request: HttpRequest) -> HttpResponse:
    """Login id, code and a new password; then the person is signed in."""
    form = CardForm(request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return render(request, "people/card_redeem.html", {"form": form})
    if _too_many(request):
        form.add_error(None, _wait())
        return render(request, "people/card_redeem.html", {"form": form}, status=429)
    if form.is_valid():
        entered = form.cleaned_data
        try:
            user = redeem_card(
                login_id=entered["login_id"],
                code=entered["code"],
                new_password=entered["new_password"],
                at=timezone.now(),
            )
        except ValidationError as error:
            form.add_error(None if getattr(error, "code", "") == "card" else "new_password", error)
        else:
            signed_in: HttpResponse = perform_login(request, user)
            return signed_in
    return render(request, "people/card_redeem.html", {"form": form}, status=422)


def _user(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # noqa: S101 - the decorator let only people in
    return request.user


def _person_for(request: HttpRequest, person: UUID) -> User:
    """404 for who may know nothing of the person, 403 for who may but has no right to give a card."""
    by, today = _user(request), timezone.localdate()
    target = get_object_or_404(User, uuid=person)
    if can_issue_card(by, target, today):
        return target
    known = (Capability.ISSUE_CARD, Capability.VIEW_NAMES)
    scopes = {scope_of(by, capability, today) for capability in known}
    if any(users_in_scope(s, today).filter(pk=target.pk).exists() for s in scopes if not s.is_empty):
        raise PermissionDenied
    raise Http404


def _card_facts(card: OneTimeCard, code: str) -> dict[str, Any]:
    return {"card": card, "person": card.user, "code": printed(code), "address": card_address()}


def _too_many(request: HttpRequest) -> bool:
    """Ten tries for a login id, a hundred from an address (a whole school stands behind one), in five minutes."""
    adapter = get_adapter(request)
    keys = {
        "10/5m": lambda group, r: normalise_login_id(r.POST.get("login_id", "")[:150]),
        "100/5m": lambda group, r: adapter.get_client_ip(r),
    }
    limited = [
        is_ratelimited(request, group=f"people.card.{rate}", key=key, rate=rate, increment=True)
        for rate, key in keys.items()
    ]
    return any(limited)


def _wait() -> ValidationError:
    return ValidationError(
        _(
            "There were too many tries, so this page is closed for a few minutes. Your card can still be used. Wait 5 "
            "minutes and try again, or go to whoever gave you the card."
        ),
        code="throttled",
    )
