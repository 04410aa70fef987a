"""Projections of the statements (they can be thrown away and rebuilt) and the frozen completions."""

import uuid

from django.db import models

from courses.catalog.models import Activity
from learning.enrollments.models import Enrollment
from learning.progress.enums import ProgressStatus
from learning.records.models import Statement


class ActivityProgress(models.Model):
    """How far one enrollment is with one activity. Written by ``learning.progress`` alone, from statements alone.

    ``is_passed`` None = never judged. ``satisfied_at``: when the cmi5 moveOn rule was first met; never taken away
    by a later, worse result. ``count`` is the number of results.
    """

    # Found by the unique pair below.
    enrollment = models.ForeignKey(
        Enrollment, on_delete=models.PROTECT, related_name="activity_progress", db_index=False
    )
    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="progress")
    is_completed = models.BooleanField(default=False)
    is_passed = models.BooleanField(null=True, blank=True)
    best_scaled = models.DecimalField(max_digits=6, decimal_places=5, null=True, blank=True)
    satisfied_at = models.DateTimeField(null=True, blank=True)
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name_plural = "activity progress"
        constraints = [
            models.UniqueConstraint(fields=["enrollment", "activity"], name="activity_progress_once")
        ]

    def __str__(self) -> str:
        return f"{self.enrollment_id}/{self.activity_id}"


class CourseProgress(models.Model):
    """How far one enrollment is with its course; exists from its first result on.

    ``satisfied_count``: distinct activities that counted when they were satisfied. An activity that was retired
    since stays in it: what is still missing today is always asked of ``Activity.counting()``.
    ``score_scaled``: the best score in an activity that counted.
    """

    enrollment = models.OneToOneField(Enrollment, on_delete=models.PROTECT, related_name="progress")
    status = models.CharField(
        max_length=12,
        choices=[(s.value, s.value) for s in ProgressStatus],
        default=ProgressStatus.NOT_STARTED,
    )
    satisfied_count = models.PositiveSmallIntegerField(default=0)
    last_activity = models.ForeignKey(
        Activity, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    started_at = models.DateTimeField(null=True, blank=True)
    last_at = models.DateTimeField(null=True, blank=True)
    completed_at = models.DateTimeField(null=True, blank=True)
    score_scaled = models.DecimalField(max_digits=6, decimal_places=5, null=True, blank=True)

    class Meta:
        verbose_name_plural = "course progress"

    def __str__(self) -> str:
        return f"{self.enrollment_id}: {self.status}"


class Place(models.Model):
    """Where the learner last was inside an activity (a step or block id): a convenience, not a record."""

    enrollment = models.ForeignKey(Enrollment, on_delete=models.CASCADE, related_name="places")
    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="+")
    position = models.CharField(max_length=60)
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["enrollment", "activity"], name="place_once")]

    def __str__(self) -> str:
        return self.position


class CompletionQuerySet(models.QuerySet["Completion"]):
    def standing(self) -> "CompletionQuerySet":
        return self.filter(voided_at__isnull=True)


class Completion(models.Model):
    """That a period was completed: frozen with the content revision, the rule as it read then, and the source.

    Append-only. ``statement`` is the course's «satisfied», which holds the same facts. Where that statement was
    voided, ``voided_at`` is set and the period may be completed again; at most one a period stands.
    ``certificate_due``: a scored course whose certificate has not been issued yet (a guest's waits for a name).
    ``facts``: ``{course: {code, title, minutes, revision, scoring, recertify_every}, rule, required: {sha256, count}}``; what was
    required is told by ``learning.progress.completions.required_by``.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    enrollment = models.ForeignKey(Enrollment, on_delete=models.PROTECT, related_name="completions")
    statement = models.OneToOneField(Statement, on_delete=models.PROTECT, related_name="completed")
    completed_at = models.DateTimeField()
    course_revision = models.PositiveIntegerField()
    source = models.CharField(max_length=12)
    score_scaled = models.DecimalField(max_digits=6, decimal_places=5, null=True, blank=True)
    facts = models.JSONField()
    voided_at = models.DateTimeField(null=True, blank=True)
    certificate_due = models.BooleanField(default=False)

    objects = CompletionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["enrollment"],
                condition=models.Q(voided_at__isnull=True),
                name="completion_one_standing",
            )
        ]
        indexes = [
            models.Index(
                fields=["completed_at"],
                condition=models.Q(certificate_due=True),
                name="completion_awaits_certificate",
            )
        ]

    def __str__(self) -> str:
        return str(self.uuid)


class RequiredActivities(models.Model):
    """The activities that completions asked for, as they read then: one row however many people completed by it.

    ``activities``: ``[{uuid, code, title, move_on}]`` in their order; ``digest``: their SHA-256 (``completions``). The
    database refuses to change a row, as with statements.
    """

    digest = models.CharField(max_length=64, primary_key=True)
    activities = models.JSONField()

    class Meta:
        verbose_name_plural = "required activities"

    def __str__(self) -> str:
        return self.digest


class FreeText(models.Model):
    """What a learner wrote (行動宣言): erasable, so it stands beside the statement and never in it."""

    statement_uuid = models.UUIDField(unique=True)
    enrollment = models.ForeignKey(Enrollment, on_delete=models.CASCADE, related_name="texts")
    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="+")
    text = models.TextField()
    written_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.text[:40]
