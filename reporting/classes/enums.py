"""How far a pupil is with one part of a course."""

from enum import StrEnum


class Mark(StrEnum):
    DONE = "done"
    BEGUN = "begun"
    NOT_YET = "not_yet"
