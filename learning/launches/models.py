"""Launches of packages, their events and states, and the attempts read off them."""

import uuid

from django.db import models

from courses.catalog.models import Activity
from courses.packages.models import PackageVersion
from learning.enrollments.models import Enrollment


class Launch(models.Model):
    """That somebody opened a package on one page; events and state of that page are handed in under its UUID.

    ``restored``: it began from a saved state. ``pass_percent`` is what passing asked for when it was opened (0–100, None
    where the package itself says it): by this its attempts are judged, also when they are replayed later.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    enrollment = models.ForeignKey(Enrollment, on_delete=models.PROTECT, related_name="launches")
    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="+")
    version = models.ForeignKey(PackageVersion, on_delete=models.PROTECT, related_name="+")
    restored = models.BooleanField(default=False)
    pass_percent = models.PositiveSmallIntegerField(null=True, blank=True)
    opened_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "launches"
        indexes = [models.Index(fields=["enrollment", "activity", "opened_at"], name="launch_of_activity")]

    def __str__(self) -> str:
        return str(self.uuid)


class PackageEvent(models.Model):
    """One statement as the package sent it. ``seq`` is its number within the launch: sent twice, kept once.

    ``fault`` says why it does not count; empty where it does. ``tree`` is what ``getXAPIData`` gave at an end.
    """

    launch = models.ForeignKey(Launch, on_delete=models.CASCADE, related_name="events")
    seq = models.PositiveIntegerField()
    statement = models.JSONField()
    tree = models.JSONField(null=True, blank=True)
    fault = models.CharField(max_length=40, blank=True)
    received_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["launch", "seq"], name="package_event_once")]

    def __str__(self) -> str:
        return f"{self.launch_id}:{self.seq}"


class PackageState(models.Model):
    """Where somebody stands in a package: what the package itself wants to find again (H5P user data).

    ``sub_content`` is "0" or the UUID of a part; ``data`` is at most 256 KiB of text that only the package reads.
    """

    enrollment = models.ForeignKey(Enrollment, on_delete=models.CASCADE, related_name="package_states")
    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="+")
    version = models.ForeignKey(PackageVersion, on_delete=models.CASCADE, related_name="+")
    sub_content = models.CharField(max_length=36, default="0")
    data_type = models.CharField(max_length=60)
    data = models.TextField()
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["enrollment", "activity", "sub_content", "data_type"], name="package_state_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.enrollment_id}/{self.activity_id} {self.data_type}"


class PackageAttempt(models.Model):
    """One finished go at a package: a projection of the events, made anew by ``rebuild_attempts``.

    ``verification``: whether the server came to the same score from the answers (``verified``, ``mismatch``), or
    could not look (``unverified``). ``statement_uuid`` is the statement that ``record_result`` wrote for it. ``event``: the H5P statement that closed it;
    other kinds of packages keep logs of their own.
    """

    enrollment = models.ForeignKey(Enrollment, on_delete=models.PROTECT, related_name="package_attempts")
    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    event = models.OneToOneField(
        PackageEvent, null=True, blank=True, on_delete=models.PROTECT, related_name="attempt"
    )
    finished_at = models.DateTimeField()
    score_raw = models.DecimalField(max_digits=12, decimal_places=3, null=True, blank=True)
    score_max = models.DecimalField(max_digits=12, decimal_places=3, null=True, blank=True)
    success = models.BooleanField(null=True, blank=True)
    duration_ms = models.PositiveBigIntegerField(null=True, blank=True)
    verification = models.CharField(max_length=12)
    statement_uuid = models.UUIDField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["enrollment", "activity", "number"], name="package_attempt_number_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.enrollment_id}/{self.activity_id} #{self.number}"
