"""Registrations, launch sessions and what AUs said that counts."""

import uuid
from datetime import datetime

from django.db import models

from courses.catalog.models import Activity
from courses.packages.models import PackageVersion
from learning.cmi5.enums import LaunchMode, Said
from learning.enrollments.models import Enrollment
from learning.launches.models import Launch


class Cmi5Registration(models.Model):
    """One go of a learner at the whole course structure (9.6.1): its UUID is the xAPI registration.

    Beginning anew makes the next ``number``. ``satisfied`` are the ids (publisher's) of blocks and of the course for
    which «satisfied» was said. A registration stays on its version.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    enrollment = models.ForeignKey(Enrollment, on_delete=models.PROTECT, related_name="cmi5_registrations")
    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="+")
    version = models.ForeignKey(PackageVersion, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    satisfied = models.JSONField(default=list, blank=True)
    begun_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["enrollment", "activity", "number"], name="cmi5_registration_number_once"
            )
        ]

    def __str__(self) -> str:
        return str(self.uuid)


class Cmi5SessionQuerySet(models.QuerySet["Cmi5Session"]):
    def open(self) -> "Cmi5SessionQuerySet":
        """Neither terminated nor abandoned."""
        return self.filter(terminated_at__isnull=True, abandoned_at__isnull=True)


class Cmi5Session(models.Model):
    """One launch of one AU; its UUID is the session id (9.6.3.1).

    ``au`` is the publisher's id, ``origin`` of the page that it is played on. ``secret_hash`` is empty until the token
    was fetched. ``mastery_score`` as it was told at the launch. ``latest`` is the newest timestamp that the AU wrote.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    launch = models.ForeignKey(Launch, on_delete=models.CASCADE, related_name="cmi5_sessions")
    registration = models.ForeignKey(Cmi5Registration, on_delete=models.PROTECT, related_name="sessions")
    au = models.TextField()
    origin = models.CharField(max_length=300)
    mode = models.CharField(max_length=10, choices=[(mode.value, mode.value) for mode in LaunchMode])
    mastery_score = models.DecimalField(max_digits=5, decimal_places=4, null=True, blank=True)
    secret_hash = models.CharField(max_length=64, blank=True)
    launched_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    fetched_at = models.DateTimeField(null=True, blank=True)
    last_at = models.DateTimeField(null=True, blank=True)
    latest = models.DateTimeField(null=True, blank=True)
    terminated_at = models.DateTimeField(null=True, blank=True)
    abandoned_at = models.DateTimeField(null=True, blank=True)

    objects = Cmi5SessionQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["origin", "expires_at"], name="cmi5_session_origin"),
            models.Index(
                fields=["expires_at"],
                condition=models.Q(terminated_at__isnull=True, abandoned_at__isnull=True),
                name="cmi5_session_open",
            ),
        ]

    def __str__(self) -> str:
        return str(self.uuid)

    def is_over(self, at: datetime) -> bool:
        """Whether nothing may be written in it any more."""
        return at > self.expires_at or self.abandoned_at is not None or self.terminated_at is not None


class Cmi5Event(models.Model):
    """A «cmi5 defined» statement of an AU, or a waiver of ours, as far as rules and results need it.

    ``session`` is empty for a waiver. ``timestamp`` is the AU's word, ``received_at`` ours.
    """

    registration = models.ForeignKey(Cmi5Registration, on_delete=models.CASCADE, related_name="events")
    session = models.ForeignKey(
        Cmi5Session, null=True, blank=True, on_delete=models.CASCADE, related_name="events"
    )
    au = models.TextField()
    verb = models.CharField(max_length=12, choices=[(said.value, said.value) for said in Said])
    statement_uuid = models.UUIDField(unique=True)
    score = models.JSONField(default=dict, blank=True)
    duration_ms = models.PositiveBigIntegerField(null=True, blank=True)
    timestamp = models.DateTimeField()
    received_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["session", "verb"],
                condition=models.Q(session__isnull=False),
                name="cmi5_event_once_a_session",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.session_id} {self.verb}"
