"""How duties are judged and counted."""

from dataclasses import dataclass
from datetime import date, timedelta

from reporting.reports.enums import DutyStanding

SOON = timedelta(days=14)


def standing(*, due_on: date | None, is_done: bool, on: date) -> DutyStanding:
    """Done, late (the due date has passed), soon (due within 14 days) or open."""
    if is_done:
        return DutyStanding.DONE
    if due_on is None:
        return DutyStanding.OPEN
    if due_on < on:
        return DutyStanding.LATE
    return DutyStanding.SOON if due_on - on <= SOON else DutyStanding.OPEN


@dataclass(frozen=True)
class Tally:
    """Counts of duties: 受講率 = done ÷ total; a total of 0 has no rate."""

    total: int
    done: int
    late: int

    @property
    def open(self) -> int:
        return self.total - self.done

    @property
    def percent(self) -> int | None:
        """Whole percent, rounded down so that 100 means everybody."""
        return self.done * 100 // self.total if self.total else None
