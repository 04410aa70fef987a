"""Kinds of groups of learners."""

from enum import StrEnum


class GroupKind(StrEnum):
    HOMEROOM = "homeroom"  # OneRoster classType: a class of a school year
    OTHER = "other"
