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

    def own(self) -> "StatementQuerySet":
        """Those of our own learners, without what other systems put in."""
        return self.exclude(source=ResultSource.CLIENT)

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

    A statement of another system (``source`` client) has its body alone: no learner, course or registration of ours,
    so that nothing in progress can ever follow from it.
    """

    sequence = models.BigAutoField(primary_key=True)
    uuid = models.UUIDField(unique=True, editable=False)
    # Their indexes stand below: a statement of another system has none of the four and goes into none of them.
    learner = models.ForeignKey(
        Learner, null=True, blank=True, on_delete=models.PROTECT, related_name="statements", db_index=False
    )
    course = models.ForeignKey(
        Course, null=True, blank=True, on_delete=models.PROTECT, related_name="statements", db_index=False
    )
    activity = models.ForeignKey(
        Activity, null=True, blank=True, on_delete=models.PROTECT, related_name="statements", db_index=False
    )
    registration = models.UUIDField(null=True, blank=True)
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
            ),
            models.CheckConstraint(
                condition=models.Q(
                    ~models.Q(source=ResultSource.CLIENT),
                    learner__isnull=False,
                    course__isnull=False,
                    registration__isnull=False,
                )
                | models.Q(
                    source=ResultSource.CLIENT,
                    learner__isnull=True,
                    course__isnull=True,
                    activity__isnull=True,
                    registration__isnull=True,
                    voids__isnull=True,
                    move_on="",
                    counts=False,
                ),
                name="statement_own_or_of_a_client",
            ),
        ]
        indexes = [
            models.Index(
                fields=["learner", "activity"],
                condition=models.Q(learner__isnull=False),
                name="statement_of_learner",
            ),
            models.Index(
                fields=["course"], condition=models.Q(course__isnull=False), name="statement_of_course"
            ),
            models.Index(
                fields=["activity"], condition=models.Q(activity__isnull=False), name="statement_of_activity"
            ),
            models.Index(
                fields=["registration"],
                condition=models.Q(registration__isnull=False),
                name="statement_of_period",
            ),
            # Other systems ask what is new since a moment.
            models.Index(fields=["stored"], name="statement_stored"),
        ]

    def __str__(self) -> str:
        return str(self.uuid)

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise AppendOnly("statements are never changed")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AppendOnly("statements are never deleted")


class StatementReference(models.Model):
    """Something that a statement names beside what its own columns tell: found again by the key of the thing.

    ``key`` is a digest (``learning.xapi``) of an actor or an activity; ``is_direct``: a plain filter finds it, not
    only ``related_agents`` or ``related_activities``.
    """

    statement = models.ForeignKey(
        Statement, on_delete=models.PROTECT, related_name="references", db_index=False
    )
    key = models.UUIDField()
    is_direct = models.BooleanField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key", "statement"], name="statement_reference_one_a_key")
        ]

    def __str__(self) -> str:
        return str(self.key)


class StatementTarget(models.Model):
    """A statement refers to another one as its object, at once or through a chain; the target may not be here yet.

    ``is_voiding``: it takes its (nearest) target back.
    """

    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="targets", db_index=False)
    target = models.UUIDField()
    is_voiding = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["target", "statement"], name="statement_target_one_a_pair")
        ]
        indexes = [models.Index(fields=["statement"], name="statement_target_of")]

    def __str__(self) -> str:
        return str(self.target)
