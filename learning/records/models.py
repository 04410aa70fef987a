"""The append-only record of learning."""

from django.db import models

from courses.catalog.models import Activity, Course
from learning.records.enums import ResultSource
from people.learners.models import Learner


class Statement(models.Model):
    """One xAPI statement, whole in ``body`` and never changed; the columns are what replays and lists read.

    ``activity`` is empty where the object is the course itself. A wrong statement is voided by another
    one whose ``voids`` names it. ``sequence`` (the primary key) is the order of arrival, the order of replay.
    """

    sequence = models.BigAutoField(primary_key=True)
    uuid = models.UUIDField(unique=True, editable=False)
    learner = models.ForeignKey(Learner, on_delete=models.PROTECT, related_name="statements")
    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="statements")
    activity = models.ForeignKey(Activity, null=True, blank=True, on_delete=models.PROTECT, related_name="statements")
    registration = models.UUIDField(db_index=True)
    verb = models.CharField(max_length=100)
    score_scaled = models.DecimalField(max_digits=6, decimal_places=5, null=True, blank=True)
    success = models.BooleanField(null=True, blank=True)
    completion = models.BooleanField(null=True, blank=True)
    duration_ms = models.PositiveBigIntegerField(null=True, blank=True)
    move_on = models.CharField(max_length=20, blank=True)
    source = models.CharField(max_length=12, choices=[(s.value, s.value) for s in ResultSource])
    timestamp = models.DateTimeField()
    stored = models.DateTimeField()
    voids = models.OneToOneField("self", null=True, blank=True, on_delete=models.PROTECT, related_name="voided_by")
    body = models.JSONField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(score_scaled__isnull=True) | models.Q(score_scaled__gte=-1, score_scaled__lte=1),
                name="statement_scaled_within_one",
            )
        ]
        indexes = [models.Index(fields=["learner", "activity"], name="statement_of_learner")]

    def __str__(self) -> str:
        return str(self.uuid)
