"""States of an attempt."""

from enum import StrEnum


class AttemptState(StrEnum):
    OPEN = "open"
    SUBMITTED = "submitted"
