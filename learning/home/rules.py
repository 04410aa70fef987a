"""How a date is told to a learner (pure)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

SOON_DAYS = 7


class Urgency(StrEnum):
    """``past`` is said gently: it can be begun at any time."""

    LATER = "later"
    SOON = "soon"
    PAST = "past"


@dataclass(frozen=True)
class DueLine:
    """A date to keep, and how near it is; ``days`` counts from today, negative when it is over."""

    on: date
    urgency: Urgency
    days: int


def due_line(due_on: date, today: date) -> DueLine:
    days = (due_on - today).days
    if days < 0:
        return DueLine(due_on, Urgency.PAST, days)
    return DueLine(due_on, Urgency.SOON if days <= SOON_DAYS else Urgency.LATER, days)
