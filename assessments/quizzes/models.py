"""What a quiz is made of, as it was last published."""

from django.db import models

from assessments.items.models import Item, ItemVersion
from courses.catalog.enums import Scoring
from courses.catalog.models import Activity


class Quiz(models.Model):
    """The rules of one quiz activity. ``pass_mark`` is a whole percent; ``max_attempts`` None = as often as one likes."""

    activity = models.OneToOneField(Activity, on_delete=models.PROTECT, related_name="quiz")
    scoring = models.CharField(
        max_length=10, choices=[(s.value, s.value) for s in Scoring], default=Scoring.SCORED
    )
    pass_mark = models.PositiveSmallIntegerField(null=True, blank=True)
    max_attempts = models.PositiveSmallIntegerField(null=True, blank=True)
    shuffle_options = models.BooleanField(default=False)
    content_hash = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name_plural = "quizzes"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(pass_mark__isnull=True) | models.Q(pass_mark__lte=100),
                name="quiz_pass_mark_percent",
            )
        ]

    def __str__(self) -> str:
        return f"quiz of {self.activity_id}"


class QuizEntry(models.Model):
    """An item at its place in a quiz, in the version that was published: a later edit waits for the next publishing."""

    quiz = models.ForeignKey(Quiz, on_delete=models.CASCADE, related_name="entries")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="quiz_entries")
    version = models.ForeignKey(ItemVersion, on_delete=models.PROTECT, related_name="+")
    order = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["quiz", "item"], name="quiz_item_once"),
            models.UniqueConstraint(fields=["quiz", "order"], name="quiz_place_once"),
        ]

    def __str__(self) -> str:
        return f"{self.order}: {self.item_id}"
