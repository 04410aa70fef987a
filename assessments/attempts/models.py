"""Attempts at a quiz and the answers in them."""

import uuid
from collections.abc import Iterable

from django.db import models
from django.utils.translation import gettext_lazy as _

from assessments.attempts.enums import AttemptState
from assessments.items.models import ItemVersion
from assessments.quizzes.models import Quiz
from courses.catalog.enums import Scoring
from people.learners.models import Learner


class AttemptQuerySet(models.QuerySet["Attempt"]):
    def of_learners(self, learners: Iterable[Learner] | models.QuerySet[Learner]) -> "AttemptQuerySet":
        return self.filter(learner__in=learners)

    def for_screen(self) -> "AttemptQuerySet":
        """With everything that the pages of an attempt name."""
        return self.select_related("quiz__activity__course", "learner")


class Attempt(models.Model):
    """One go at a quiz. The item versions and the pass mark are frozen when it opens.

    ``registration`` is the enrollment's UUID (the enrollment itself stands above this package).
    At most one attempt a learner and registration is open: a second tab joins it.
    ``score_scaled`` is 0…1 and stays None for practice.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    quiz = models.ForeignKey(Quiz, on_delete=models.PROTECT, related_name="attempts")
    learner = models.ForeignKey(Learner, on_delete=models.PROTECT, related_name="attempts")
    registration = models.UUIDField(db_index=True)
    number = models.PositiveSmallIntegerField()
    state = models.CharField(
        max_length=10, choices=[(s.value, s.value) for s in AttemptState], default=AttemptState.OPEN
    )
    item_versions = models.JSONField(help_text="ids of ItemVersion in the order shown")
    pass_mark = models.PositiveSmallIntegerField(null=True, blank=True)
    scoring = models.CharField(max_length=10)
    opened_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)
    score_raw = models.DecimalField(max_digits=7, decimal_places=2, null=True, blank=True)
    score_max = models.DecimalField(max_digits=7, decimal_places=2, null=True, blank=True)
    score_scaled = models.DecimalField(max_digits=6, decimal_places=5, null=True, blank=True)
    success = models.BooleanField(null=True, blank=True)

    objects = AttemptQuerySet.as_manager()

    class Meta:
        verbose_name = _("attempt")
        constraints = [
            models.UniqueConstraint(
                fields=["quiz", "learner", "registration"],
                condition=models.Q(state=AttemptState.OPEN.value),
                name="attempt_one_open",
            ),
            models.UniqueConstraint(
                fields=["quiz", "learner", "registration", "number"], name="attempt_number_once"
            ),
        ]

    def __str__(self) -> str:
        return str(self.uuid)

    @property
    def is_open(self) -> bool:
        return self.state == AttemptState.OPEN

    @property
    def is_practice(self) -> bool:
        return self.scoring == Scoring.PRACTICE


class Response(models.Model):
    """The saved answer to one item of an attempt. ``answer`` is a list, an order, a dict or a text, as the key is.

    ``score`` (0…1) is there as soon as the learner has seen whether it was right: at once in practice, else from
    the submission on. A changed answer empties it.
    """

    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="responses")
    item_version = models.ForeignKey(ItemVersion, on_delete=models.PROTECT, related_name="responses")
    answer = models.JSONField(null=True)
    saved_at = models.DateTimeField()
    score = models.DecimalField(max_digits=5, decimal_places=4, null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["attempt", "item_version"], name="response_once")]

    def __str__(self) -> str:
        return f"{self.attempt_id}/{self.item_version_id}"
