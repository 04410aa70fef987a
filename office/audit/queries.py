"""The audit trail of one row, in sentences."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Model
from wagtail.log_actions import registry


@dataclass(frozen=True)
class Happened:
    """``by`` is a name, or "system" in the reader's language."""

    at: datetime
    by: str
    sentence: str


def history_of(instance: Model, *, limit: int = 100) -> list[Happened]:
    """What was done to a row, newest first, in one query."""
    entries = (
        registry.get_logs_for_instance(instance).select_related("user").order_by("-timestamp", "-pk")[:limit]
    )
    return [
        Happened(entry.timestamp, str(entry.user_display_name), str(entry.message or entry.action))
        for entry in entries
    ]
