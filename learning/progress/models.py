"""Projections of the statements (they can be thrown away and rebuilt) and the frozen completions."""

import uuid

from django.db import models

from courses.catalog.models import Activity
from learning.enrollments.models import Enrollment
from learning.progress.enums import ProgressStatus


class ActivityProgress(models.Model):
    """How far one enrollment is with one activity. Written by ``learning.progress`` alone.

    ``position`` is where the learner last was (block or step id) and is not part of the record.
    """

    enrollment = models.ForeignKey(Enrollment, on_delete=models.PROTECT, related_name="activity_progress")
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
        constraints = [models.UniqueConstraint(fields=["enrollment", "activity"], name="activity_progress_once")]

    def __str__(self) -> str:
        return f"{self.enrollment_id}/{self.activity_id}"


class CourseProgress(models.Model):
    """How far one enrollment is with its course. ``last_activity`` is where つづきから leads."""

    enrollment = models.OneToOneField(Enrollment, on_delete=models.PROTECT, related_name="progress")
    status = models.CharField(
        max_length=12, choices=[(s.value, s.value) for s in ProgressStatus], default=ProgressStatus.NOT_STARTED
    )
    satisfied_count = models.PositiveSmallIntegerField(default=0)
    last_activity = models.ForeignKey(Activity, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
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


class Completion(models.Model):
    """That a period was completed: frozen with the content revision, the rule as it read then, and the source.

    Append-only. ``facts``: ``{course: {code, title, minutes, revision}, rule, activities: [{code, title, satisfied_at}]}``.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    enrollment = models.OneToOneField(Enrollment, on_delete=models.PROTECT, related_name="completion")
    completed_at = models.DateTimeField()
    course_revision = models.PositiveIntegerField()
    source = models.CharField(max_length=12)
    score_scaled = models.DecimalField(max_digits=6, decimal_places=5, null=True, blank=True)
    facts = models.JSONField()

    def __str__(self) -> str:
        return str(self.uuid)


class FreeText(models.Model):
    """What a learner wrote (行動宣言): erasable, so it stands beside the statement and never in it."""

    statement_uuid = models.UUIDField(unique=True)
    enrollment = models.ForeignKey(Enrollment, on_delete=models.CASCADE, related_name="texts")
    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="+")
    text = models.TextField()
    written_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.text[:40]
