"""Who learns: the opaque actor that every record names."""

import uuid

from django.conf import settings
from django.db import models


class LearnerQuerySet(models.QuerySet["Learner"]):
    def with_names(self) -> "LearnerQuerySet":
        return self.select_related("user")


class Learner(models.Model):
    """A learner, with or without a person behind it.

    ``user`` is empty for a guest seat or a walk-in. Claiming a guest's progress sets the link and
    rewrites nothing else, so that one person may stand behind several learners, of which one is the
    person's own (``is_primary``). Erasing a person empties the link; the records stay.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="learners"
    )
    is_primary = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True, blank=True)

    objects = LearnerQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=models.Q(is_primary=True), name="learner_one_primary_a_person"
            ),
        ]

    def __str__(self) -> str:
        return str(self.uuid)
