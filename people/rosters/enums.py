"""What becomes of one line of a pasted list."""

from enum import StrEnum


class RowState(StrEnum):
    NEW = "new"  # a person is made
    KNOWN = "known"  # somebody the keeper of the list looks after already
    MEMBER = "member"  # is in the group already
    WRONG = "wrong"
