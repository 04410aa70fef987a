"""Ways in besides a remembered password."""

import uuid

from django.conf import settings
from django.db import models


class OneTimeCard(models.Model):
    """A printed card with which one person chooses a new password once.

    Only a hash of the code is kept. Issuing a new card ends the earlier ones.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="one_time_cards"
    )
    code_hash = models.CharField(max_length=64, unique=True)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="cards_issued"
    )
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user"],
                condition=models.Q(used_at__isnull=True, ended_at__isnull=True),
                name="card_one_open_a_person",
            )
        ]

    def __str__(self) -> str:
        return str(self.uuid)
