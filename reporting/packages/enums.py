"""How far somebody is with a package."""

from enum import StrEnum


class Standing(StrEnum):
    DONE = "done"
    BEGUN = "begun"
    NOT_YET = "not_yet"
