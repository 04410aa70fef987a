"""The rows of other systems."""

import uuid
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models

from learning.clients.rules import Reading, opened, reading


class LrsClientQuerySet(models.QuerySet["LrsClient"]):
    def valid(self, at: datetime) -> "LrsClientQuerySet":
        """Those whose key opens something now."""
        begun = models.Q(valid_from__lte=at) & (models.Q(valid_to__isnull=True) | models.Q(valid_to__gt=at))
        return self.filter(begun, revoked_at__isnull=True)


class LrsClient(models.Model):
    """Another system with a key of its own. Only a keyed hash of the secret is kept.

    A client is never deleted, because its statements name it: it is revoked.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(max_length=100)
    key = models.CharField(max_length=40, unique=True)
    secret_hash = models.CharField(max_length=64)
    scopes = models.JSONField(default=list)
    valid_from = models.DateTimeField()
    valid_to = models.DateTimeField(null=True, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoke_reason = models.CharField(max_length=300, blank=True)
    last_used_at = models.DateTimeField(null=True, blank=True)

    objects = LrsClientQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(valid_to__isnull=True) | models.Q(valid_to__gt=models.F("valid_from")),
                name="lrs_client_ends_after_begin",
            ),
            models.CheckConstraint(
                condition=models.Q(revoked_at__isnull=True) | ~models.Q(revoke_reason=""),
                name="lrs_client_revoked_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def may(self, scope: str) -> bool:
        return scope in opened(self.scopes)

    @property
    def reading(self) -> Reading:
        return reading(self.scopes)

    def agent(self) -> dict[str, Any]:
        """The authority of everything that this client puts in (Part Two, 2.4.9)."""
        account = {"homePage": settings.SITE_BASE_URL, "name": f"client:{self.uuid}"}
        return {"objectType": "Agent", "name": self.name, "account": account}


class LrsClientDay(models.Model):
    """What a client did on one day (UTC): who read how much of the record must be answerable later."""

    client = models.ForeignKey(LrsClient, on_delete=models.PROTECT, related_name="days")
    day = models.DateField()
    reads = models.PositiveIntegerField(default=0)
    statements_read = models.PositiveIntegerField(default=0)
    own_read = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["client", "day"], name="lrs_client_day_once")]

    def __str__(self) -> str:
        return f"{self.client_id} {self.day}"
