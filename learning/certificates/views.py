"""Fetching a certificate, checking one, revoking one."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.generic import View

from learning.certificates.actions import reissue_certificate, revoke_certificate
from learning.certificates.forms import CodeForm, ReasonForm
from learning.certificates.models import Certificate
from learning.certificates.permissions import Relation, can_fetch, relation_to
from learning.certificates.queries import print_data, with_owner
from learning.certificates.rules import normal_code
from office.printing.actions import render_pdf


def _asked_for(request: HttpRequest, uuid: UUID) -> tuple[Certificate, Relation]:
    """The certificate and how the person stands to it; a stranger gets 404."""
    certificate = with_owner().filter(uuid=uuid).first()
    if certificate is None:
        raise Http404
    relation = relation_to(request.user, certificate, timezone.localdate())
    if relation == Relation.STRANGER:
        raise Http404
    return certificate, relation


@login_required
def certificate_pdf(request: HttpRequest, certificate: UUID) -> HttpResponse:
    row, relation = _asked_for(request, certificate)
    if not can_fetch(relation):
        raise PermissionDenied
    response = HttpResponse(render_pdf("certificate.typ", print_data(row)), content_type="application/pdf")
    name = _("certificate-%(code)s.pdf") % {"code": row.content["course_code"]}
    response["Content-Disposition"] = content_disposition_header(False, name) or "inline"
    response["Cache-Control"] = "private, no-store"
    return response


def verify_start(request: HttpRequest) -> HttpResponse:
    """Where somebody types the code of a printed certificate."""
    form = CodeForm(request.GET or None)
    if form.is_valid():
        typed = form.cleaned_data["code"]
        return redirect("learning:verify", code=normal_code(typed) or _harmless(typed))
    return _noindex(render(request, "learning/verify.html", {"form": form, "certificate": None}))


def verify(request: HttpRequest, code: str) -> HttpResponse:
    """Says whether a certificate is valid, to anybody who holds its code: the holder handed it out."""
    known = normal_code(code)
    certificate = with_owner().filter(code=known).first() if known else None
    context: dict[str, Any] = {
        "form": CodeForm(initial={"code": code[:40]}),
        "code": code[:40],
        "asked": True,
    }
    if certificate is not None:
        context |= {
            "certificate": certificate,
            "completed_on": date.fromisoformat(certificate.content["completed_on"]),
        }
    return _noindex(render(request, "learning/verify.html", context, status=200 if certificate else 404))


def _noindex(response: HttpResponse) -> HttpResponse:
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Cache-Control"] = "no-store"
    return response


def _harmless(typed: str) -> str:
    """What was typed, as a piece of an address: shown again by the page that does not know it."""
    return "".join(sign for sign in typed if sign.isalnum() or sign == "-")[:40] or "-"


@method_decorator(login_required, name="dispatch")
class RevokeView(View):
    """Asks for the reason, then revokes."""

    template = "learning/certificate_revoke.html"
    is_reissue = False

    def get(self, request: HttpRequest, certificate: UUID) -> HttpResponse:
        return self.page(request, self.managed(request, certificate), ReasonForm())

    def post(self, request: HttpRequest, certificate: UUID) -> HttpResponse:
        row, form = self.managed(request, certificate), ReasonForm(request.POST)
        if form.is_valid():
            try:
                return self.done(request, row, form.cleaned_data["reason"])
            except ValidationError as error:
                form.add_error(None, error)
        return self.page(request, row, form, status=422)

    def managed(self, request: HttpRequest, uuid: UUID) -> Certificate:
        row, relation = _asked_for(request, uuid)
        if relation != Relation.MANAGER:
            raise PermissionDenied
        return row

    def done(self, request: HttpRequest, row: Certificate, reason: str) -> HttpResponse:
        revoke_certificate(certificate=row, reason=reason, by=self._user(request), at=timezone.now())
        messages.success(request, _("The certificate is revoked."))
        return redirect("learning:verify", code=row.code)

    def page(
        self, request: HttpRequest, row: Certificate, form: ReasonForm, status: int = 200
    ) -> HttpResponse:
        context = {"certificate": row, "form": form, "is_reissue": self.is_reissue}
        return render(request, self.template, context, status=status)

    def _user(self, request: HttpRequest) -> Any:
        return request.user


class ReissueView(RevokeView):
    is_reissue = True

    def done(self, request: HttpRequest, row: Certificate, reason: str) -> HttpResponse:
        new = reissue_certificate(certificate=row, reason=reason, by=self._user(request), at=timezone.now())
        messages.success(request, _("The certificate is issued anew; the old one is revoked."))
        return redirect("learning:verify", code=new.code)
