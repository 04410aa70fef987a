"""Issuing, revoking and re-issuing certificates."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from courses.catalog.enums import Scoring
from learning.certificates.models import Certificate
from learning.certificates.queries import frozen_content
from learning.certificates.rules import new_code
from learning.progress.models import Completion
from office.audit.actions import record
from people.accounts.models import User

_SWEPT_AT_ONCE = 500


@transaction.atomic
def issue_certificate(*, completion: Completion, at: datetime, by: User | None = None) -> Certificate | None:
    """The certificate of a completion, issued once: asking again gives the one there is, revoked or not.

    None for a course without scores (pupils and seniors get a kind word instead), for a completion that was taken
    back, and as long as nobody stands behind the learner.
    """
    held = Completion.objects.select_for_update(of=("self",), no_key=True).select_related(
        "enrollment__learner__user"
    )
    completion = held.get(pk=completion.pk)
    issued = Certificate.objects.filter(completion=completion).order_by("-pk").first()
    if issued is not None:
        return issued
    holder = completion.enrollment.learner.user
    is_scored = completion.facts["course"]["scoring"] == Scoring.SCORED
    if not is_scored or completion.voided_at is not None or holder is None:
        return None
    certificate = _issue(completion, holder, at)
    record(action="learning.certificate_issued", instance=certificate, by=by, at=at)
    return certificate


def issue_missing_certificates(*, at: datetime) -> int:
    """Issues what was lost on the way (no broker, a killed worker, a guest who was claimed); returns how many."""
    waiting = Completion.objects.standing().filter(
        certificate_due=True, enrollment__learner__user__isnull=False
    )
    issued = Certificate.objects.filter(completion=OuterRef("pk"))
    found = waiting.filter(~Exists(issued)).order_by("completed_at")[:_SWEPT_AT_ONCE]
    return sum(issue_certificate(completion=completion, at=at) is not None for completion in found)


@transaction.atomic
def revoke_certificate(
    *, certificate: Certificate, reason: str, by: User | None, at: datetime
) -> Certificate:
    """The certificate is no longer valid, and says why. Raises ValidationError ``no_reason``, ``revoked``."""
    certificate = _revoked(certificate, reason, by, at)
    record(
        action="learning.certificate_revoked",
        instance=certificate,
        by=by,
        data={"reason": reason.strip()},
        at=at,
    )
    return certificate


@transaction.atomic
def reissue_certificate(*, certificate: Certificate, reason: str, by: User, at: datetime) -> Certificate:
    """Revokes a certificate and issues its successor with the name and body as they are now (a married name, a typo).

    Raises ValidationError ``no_reason``, ``revoked``, ``no_holder``.
    """
    old = _revoked(certificate, reason, by, at)
    completion = Completion.objects.select_related("enrollment__learner__user").get(pk=old.completion_id)
    holder = completion.enrollment.learner.user
    if holder is None:
        raise ValidationError(
            _("Nobody stands behind this record any more. Nothing was changed."), code="no_holder"
        )
    new = _issue(completion, holder, at)
    old.replaced_by = new
    old.save(update_fields=["replaced_by"])
    record(
        action="learning.certificate_reissued", instance=new, by=by, data={"reason": reason.strip()}, at=at
    )
    return new


def _revoked(certificate: Certificate, reason: str, by: User | None, at: datetime) -> Certificate:
    if not reason.strip():
        raise ValidationError(_("Say why. Nothing was changed."), code="no_reason")
    held = Certificate.objects.select_for_update(no_key=True).get(pk=certificate.pk)
    if held.revoked_at is not None:
        raise ValidationError(_("This certificate was already revoked. Nothing was changed."), code="revoked")
    held.revoked_at, held.revoked_by, held.revoke_reason = at, by, reason.strip()[:300]
    held.save(update_fields=["revoked_at", "revoked_by", "revoke_reason"])
    return held


def _issue(completion: Completion, holder: User, at: datetime) -> Certificate:
    certificate = Certificate.objects.create(
        completion=completion, code=_free_code(), content=frozen_content(completion, holder), issued_at=at
    )
    Completion.objects.filter(pk=completion.pk).update(certificate_due=False)
    return certificate


def _free_code() -> str:
    while Certificate.objects.filter(code=(code := new_code())).exists():
        pass
    return code
