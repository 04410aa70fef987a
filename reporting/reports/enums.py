"""Where one duty stands, as lists show it."""

from enum import StrEnum


class DutyStanding(StrEnum):
    DONE = "done"
    LATE = "late"
    SOON = "soon"
    OPEN = "open"
