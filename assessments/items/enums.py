"""Kinds of items (QTI interaction types in brackets)."""

from enum import StrEnum


class ItemKind(StrEnum):
    SINGLE = "single"  # choiceInteraction, maxChoices 1
    MULTIPLE = "multiple"  # choiceInteraction
    TRUE_FALSE = "true_false"  # choiceInteraction with two choices
    ORDERING = "ordering"  # orderInteraction
    MATCHING = "matching"  # matchInteraction
    SHORT_TEXT = "short_text"  # textEntryInteraction
