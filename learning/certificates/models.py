"""Certificates of completion (修了証)."""

import uuid

from django.conf import settings
from django.db import models

from learning.progress.models import Completion


class Certificate(models.Model):
    """A certificate, frozen with what it was issued with; the PDF is made from ``content`` and nothing else.

    One valid certificate a completion. Re-issuing revokes the old one with a reason and names its successor.
    ``content``: ``{holder, course, minutes, completed_on, issuer, number}``; the holder's name is erasable.
    ``code`` is what the verification address ends with.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    completion = models.ForeignKey(Completion, on_delete=models.PROTECT, related_name="certificates")
    code = models.CharField(max_length=20, unique=True)
    content = models.JSONField()
    issued_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    revoke_reason = models.CharField(max_length=300, blank=True)
    replaced_by = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaces"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["completion"],
                condition=models.Q(revoked_at__isnull=True),
                name="certificate_one_valid",
            ),
            models.CheckConstraint(
                condition=models.Q(revoked_at__isnull=True) | ~models.Q(revoke_reason=""),
                name="certificate_revoked_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.code
