"""Texts side by side: what was taken out of one and put into the other (pure)."""

from collections import Counter
from collections.abc import Iterator
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import groupby
from typing import NamedTuple

LONGEST_COMPARED = 1_500
SHORTEST_SAME = 3  # fewer characters between two changes are read as part of the change
LEAST_ALIKE = 0.4
MOST_PAIRS = 60_000  # of equal characters; a text of few characters again and again would take a minute


class Mark(StrEnum):
    SAME = "same"
    GONE = "gone"
    NEW = "new"


class Piece(NamedTuple):
    mark: Mark
    text: str


def pieces(before: str, after: str) -> list[Piece]:
    """The later text with what was taken out of the earlier one, in reading order.

    Character by character, because Japanese has no spaces; texts that are long (``LONGEST_COMPARED``) or have little in
    common as a whole.
    """
    if before == after:
        return [Piece(Mark.SAME, after)] if after else []
    if max(len(before), len(after)) > LONGEST_COMPARED or _pairs(before, after) > MOST_PAIRS:
        return _changed(before, after)
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    if matcher.ratio() < LEAST_ALIKE:
        return _changed(before, after)
    found: list[Piece] = []
    for is_same, spans in groupby(_spans(matcher, len(after)), key=lambda span: span[0]):
        parts = list(spans)
        old = "".join(before[low:high] for _same, low, high, _start, _end in parts)
        new = "".join(after[start:end] for _same, _low, _high, start, end in parts)
        found += [Piece(Mark.SAME, new)] if is_same else _changed(old, new)
    return found


def _pairs(before: str, after: str) -> int:
    there = Counter(after)
    return sum(count * there[sign] for sign, count in Counter(before).items())


def _spans(matcher: "SequenceMatcher[str]", length: int) -> Iterator[tuple[bool, int, int, int, int]]:
    for kind, low, high, start, end in matcher.get_opcodes():
        is_short = end - start < SHORTEST_SAME and start > 0 and end < length
        yield kind == "equal" and not is_short, low, high, start, end


def _changed(before: str, after: str) -> list[Piece]:
    return [piece for piece in (Piece(Mark.GONE, before), Piece(Mark.NEW, after)) if piece.text]
