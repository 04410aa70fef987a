"""Kinds of items (QTI interaction types in brackets) and what can be wrong with one."""

from enum import StrEnum


class ItemKind(StrEnum):
    SINGLE = "single"  # choiceInteraction, maxChoices 1
    MULTIPLE = "multiple"  # choiceInteraction
    TRUE_FALSE = "true_false"  # choiceInteraction with two choices
    ORDERING = "ordering"  # orderInteraction
    MATCHING = "matching"  # matchInteraction
    SHORT_TEXT = "short_text"  # textEntryInteraction


class ItemProblem(StrEnum):
    UNKNOWN_KIND = "unknown_kind"
    NO_STEM = "no_stem"
    BAD_OPTIONS = "bad_options"
    TOO_FEW = "too_few"
    TOO_MANY = "too_many"
    EMPTY_TEXT = "empty_text"
    SAME_TEXT = "same_text"
    SAME_ID = "same_id"
    TOO_LONG = "too_long"
    NOT_TWO = "not_two"  # true/false has two choices
    NOT_ONE_RIGHT = "not_one_right"
    NONE_RIGHT = "none_right"
    KEY_UNKNOWN = "key_unknown"  # the key names something that is not there
    KEY_INCOMPLETE = "key_incomplete"  # an order or a matching leaves something out
    NO_WORDS = "no_words"
    RUBY_IN_WORDS = "ruby_in_words"  # accepted words are compared with what people type
    STALE = "stale"  # somebody else wrote a version in the meantime
