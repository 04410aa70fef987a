"""What can be wrong with an answer before it is marked."""

from enum import StrEnum


class AnswerFault(StrEnum):
    UNKNOWN_CHOICE = "unknown_choice"  # an id that the question does not have
    TOO_MANY = "too_many"  # two choices where one is asked for
    SAME_PLACE = "same_place"  # the same thing twice in an order
    TOO_LONG = "too_long"
    BROKEN_TEXT = "broken_text"  # bytes that were not UTF-8 arrived as U+FFFD or as half a character
    WRONG_TYPE = "wrong_type"
