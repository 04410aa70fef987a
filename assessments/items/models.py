"""Questions and their versions."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from assessments.items.enums import ItemKind


class Item(models.Model):
    """A question's identity. What was asked of whom is always a version."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.CharField(_("code"), max_length=60, unique=True)
    current = models.ForeignKey(
        "assessments.ItemVersion", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")

    def __str__(self) -> str:
        return self.code


class ItemVersion(models.Model):
    """One wording of a question; never changed once it exists (an edit makes the next number).

    ``options``: ``[{"id": "a", "text": "…"}]`` (choices, things to order); for matching
    ``{"left": [{"id", "text"}], "right": [{"id", "text"}]}``; empty for short text. Texts may hold ruby markup.
    ``key``: list of right ids; the right order; ``{"left id": "right id"}``; list of accepted answers.
    """

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=12, choices=[(k.value, k.value) for k in ItemKind])
    stem = models.TextField()
    options = models.JSONField(default=list, blank=True)
    key = models.JSONField()
    explanation = models.TextField(blank=True)
    competency_code = models.CharField(max_length=40, blank=True)
    lesson_code = models.CharField(max_length=60, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "number"], name="item_version_once")]

    def __str__(self) -> str:
        return f"{self.item_id} v{self.number}"
