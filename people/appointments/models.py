"""Who holds which post in which unit, from when until when."""

import uuid
from collections.abc import Iterable
from datetime import date

from django.conf import settings
from django.db import models

from people.appointments.enums import AppointmentKind
from people.organizations.models import Organization


class AppointmentQuerySet(models.QuerySet["Appointment"]):
    def valid_on(self, on: date) -> "AppointmentQuerySet":
        return self.filter(valid_from__lte=on).filter(
            models.Q(valid_to__isnull=True) | models.Q(valid_to__gt=on)
        )


class Appointment(models.Model):
    """One post of one person. ``valid_to`` is the first day on which it is over.

    History is never overwritten: a post that was entered by mistake is withdrawn, and the audit trail keeps what it said.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="appointments")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="appointments")
    post = models.CharField(max_length=100, blank=True)
    kind = models.CharField(
        max_length=12, choices=[(k.value, k.value) for k in AppointmentKind], default=AppointmentKind.MAIN
    )
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user"],
                condition=models.Q(kind=AppointmentKind.MAIN.value, valid_to__isnull=True),
                name="appointment_one_open_main",
            ),
            models.CheckConstraint(
                condition=models.Q(valid_to__isnull=True) | models.Q(valid_to__gt=models.F("valid_from")),
                name="appointment_ends_after_start",
            ),
        ]
        indexes = [models.Index(fields=["organization", "user"], name="appointment_unit")]

    def __str__(self) -> str:
        return f"{self.user_id} @ {self.organization_id}"


def main_starts(posts: Iterable[Appointment]) -> list[date]:
    """First days of the main posts among these."""
    return [post.valid_from for post in posts if post.kind == AppointmentKind.MAIN]
