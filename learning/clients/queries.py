"""The list of systems with keys."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Sum

from learning.clients.models import LrsClient, LrsClientDay
from learning.clients.rules import SITE_KEY

_DAYS = 30


@dataclass(frozen=True)
class ClientLine:
    """``read`` and ``own_read``: statements that it was given in the last 30 days, and how many of them were ours."""

    client: LrsClient
    state: str
    read: int
    own_read: int


def client_lines(at: datetime) -> list[ClientLine]:
    """All of them, open ones first; two queries."""
    since = (at - timedelta(days=_DAYS)).date()
    sums = LrsClientDay.objects.filter(day__gte=since).values("client")
    counts = {
        row["client"]: (row["read"], row["own"])
        for row in sums.annotate(read=Sum("statements_read"), own=Sum("own_read"))
    }
    lines = [
        ClientLine(client, _state(client, at), *counts.get(client.pk, (0, 0)))
        for client in LrsClient.objects.exclude(key=SITE_KEY).order_by("name", "pk")
    ]
    return sorted(lines, key=lambda line: line.state != "open")


def _state(client: LrsClient, at: datetime) -> str:
    if client.revoked_at is not None:
        return "revoked"
    return "over" if client.valid_to is not None and client.valid_to <= at else "open"
