"""What an assignment may be (pure)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

REASON_LIMIT = 300


@dataclass(frozen=True)
class Plan:
    """The dates and the sentence of an assignment, and how many targets were named (one is right)."""

    opens_on: date
    due_on: date | None
    reason: str
    targets: int


def faults(plan: Plan, today: date) -> Sequence[str]:
    """Codes of what is wrong with it: ``target``, ``reason``, ``due_before_open``, ``due_past``."""
    found = []
    if plan.targets != 1:
        found.append("target")
    if not plan.reason.strip() or len(plan.reason) > REASON_LIMIT:
        found.append("reason")
    if plan.due_on is not None and plan.due_on < plan.opens_on:
        found.append("due_before_open")
    if plan.due_on is not None and plan.due_on < today:
        found.append("due_past")
    return found
