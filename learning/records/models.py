"""The append-only record of learning."""

from typing import Any, NoReturn

from django.db import models

from courses.catalog.models import Activity, Course
from learning.records.enums import ResultSource
from people.learners.models import Learner


class AppendOnly(RuntimeError):
    """Somebody tried to change or delete a statement; a wrong one is voided by another."""


class StatementQuerySet(models.QuerySet["Statement"]):
    """Statements are added and read, nothing else. The database says so too, by a trigger (migration 0004)."""

    def standing(self) -> "StatementQuerySet":
        """Those that nobody took back and that take nothing back themselves."""
        return self.filter(voids__isnull=True, voided_by__isnull=True)

    def update(self, **kwargs: Any) -> NoReturn:
        raise AppendOnly("statements are never changed")

    def delete(self) -> NoReturn:
        raise AppendOnly("statements are never deleted")

    def bulk_update(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AppendOnly("statements are never changed")


class Statement(models.Model):
    """One xAPI statement, whole in ``body`` and never changed; the columns are what replays and lists read.

    ``activity`` is empty where the object is the course itself. A wrong statement is voided by another
    one whose ``voids`` names it. ``sequence`` (the primary key) is the order of arrival, the order of replay.
    ``move_on`` and ``counts`` are the rule by which it was judged, so that a replay judges alike.
    """

    sequence = models.BigAutoField(primary_key=True)
    uuid = models.UUIDField(unique=True, editable=False)
    learner = models.ForeignKey(Learner, on_delete=models.PROTECT, related_name="statements")
    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="statements")
    activity = models.ForeignKey(
        Activity, null=True, blank=True, on_delete=models.PROTECT, related_name="statements"
    )
    registration = models.UUIDField(db_index=True)
    verb = models.CharField(max_length=100)
    score_scaled = models.DecimalField(max_digits=6, decimal_places=5, null=True, blank=True)
    success = models.BooleanField(null=True, blank=True)
    completion = models.BooleanField(null=True, blank=True)
    duration_ms = models.PositiveBigIntegerField(null=True, blank=True)
    move_on = models.CharField(max_length=20, blank=True)
    counts = models.BooleanField(default=False)
    source = models.CharField(max_length=12, choices=[(s.value, s.value) for s in ResultSource])
    timestamp = models.DateTimeField()
    stored = models.DateTimeField()
    voids = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="voided_by"
    )
    body = models.JSONField()

    objects = StatementQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(score_scaled__isnull=True)
                | models.Q(score_scaled__gte=-1, score_scaled__lte=1),
                name="statement_scaled_within_one",
            )
        ]
        indexes = [models.Index(fields=["learner", "activity"], name="statement_of_learner")]

    def __str__(self) -> str:
        return str(self.uuid)

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise AppendOnly("statements are never changed")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AppendOnly("statements are never deleted")
