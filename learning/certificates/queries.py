"""What a certificate says and how it is printed."""

from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from learning.certificates.models import Certificate
from learning.progress.models import Completion
from office.calendar.rules import fiscal_year, wareki
from office.printing.actions import qr_svg
from people.accounts.models import User
from people.appointments.enums import AppointmentKind
from people.appointments.models import Appointment
from people.organizations.enums import BODIES, OrganizationKind
from people.organizations.models import units_above


def with_owner() -> QuerySet[Certificate]:
    """Certificates with everything that permissions and pages ask of them; one query."""
    return Certificate.objects.select_related(
        "completion__enrollment__learner__user", "completion__enrollment__course", "replaced_by"
    )


def frozen_content(completion: Completion, holder: User) -> dict[str, Any]:
    """What a certificate is issued with; ``completed_on`` is an ISO date."""
    on = timezone.localtime(completion.completed_at).date()
    course = completion.facts["course"]
    return {
        "holder": holder.name,
        "course": course["title"],
        "course_code": course["code"],
        "minutes": course["minutes"],
        "completed_on": on.isoformat(),
        "issuer": issuer_for(holder, on),
        "number": f"{fiscal_year(on)}-{course['code']}-{completion.pk:06d}",
    }


def issuer_for(holder: User, on: date) -> str:
    """The body of the person's main post on the day: the municipality before the prefecture; else the install."""
    posts = Appointment.objects.valid_on(on).filter(user=holder, kind=AppointmentKind.MAIN)
    unit = posts.values_list("organization_id", flat=True).first()
    if unit is not None:
        bodies = list(units_above(unit, on=on).filter(kind__in=BODIES))
        for body in sorted(bodies, key=lambda one: one.kind != OrganizationKind.MUNICIPALITY):
            return body.name
    return str(settings.WAGTAIL_SITE_NAME)


def verify_url(code: str) -> str:
    """The whole address, because it is printed."""
    return f"{settings.SITE_BASE_URL}{reverse('learning:verify', args=[code])}"


def print_data(certificate: Certificate) -> dict[str, Any]:
    """The data of ``templates/print/certificate.typ``: the frozen content and the address to check it."""
    content: dict[str, Any] = certificate.content
    url = verify_url(certificate.code)
    return {
        **content,
        "completed_on": wareki(date.fromisoformat(content["completed_on"])),
        "issued_on": wareki(timezone.localtime(certificate.issued_at).date()),
        "url": url,
        "qr_svg": qr_svg(url),
        "revoked": certificate.revoked_at is not None,
    }
