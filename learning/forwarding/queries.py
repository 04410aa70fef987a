"""How each outside store stands."""

from dataclasses import dataclass

from django.conf import settings

from learning.forwarding.models import DeadLetter, ForwardCursor
from learning.records.models import Statement


@dataclass(frozen=True)
class Standing:
    """``waiting``: how many statements the store does not have yet; ``cursor`` None before the first run."""

    name: str
    address: str
    takes_all: bool
    waiting: int
    cursor: ForwardCursor | None


def standings() -> list[Standing]:
    """Of every store in the settings."""
    cursors = {cursor.target: cursor for cursor in ForwardCursor.objects.all()}
    return [_standing(name, told, cursors.get(name)) for name, told in settings.XAPI_FORWARD.items()]


def open_letters(limit: int = 100) -> list[DeadLetter]:
    """What was refused and not settled, the newest first."""
    letters = DeadLetter.objects.filter(settled_at__isnull=True).select_related("statement")
    return list(letters.order_by("-refused_at", "-pk")[:limit])


def _standing(name: str, told: dict[str, str], cursor: ForwardCursor | None) -> Standing:
    takes_all = told.get("what") == "all"
    waiting = Statement.objects.all() if takes_all else Statement.objects.own()
    count = waiting.filter(pk__gt=cursor.sequence if cursor else 0).count()
    return Standing(name, told["url"], takes_all, count, cursor)
