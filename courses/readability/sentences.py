"""Sentences of a Japanese text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

_ENDS = "。！？!?"
_OPENING = "「『（(【〔"
_CLOSING = "」』）)】〕"


@dataclass(frozen=True, slots=True)
class Sentence:
    """`text` has no white space at its ends; `position` counts characters of the whole text."""

    text: str
    position: int


def split_sentences(text: str) -> list[Sentence]:
    """Sentences end at 。！？ and at each line break.

    A mark inside brackets ends nothing: 「正しいですか。」と聞きます is one sentence.
    """
    return [sentence for start, piece in _pieces(text) if (sentence := _trimmed(piece, start))]


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    start = depth = 0
    for i, char in enumerate(text):
        if char == "\n":
            # A bracket left open must not swallow the rest of the text.
            depth = 0
        elif char in _OPENING:
            depth += 1
        elif char in _CLOSING:
            depth = max(0, depth - 1)
        if char == "\n" or (char in _ENDS and not depth and not _goes_on(text, i)):
            yield start, text[start : i + 1]
            start = i + 1
    yield start, text[start:]


def _goes_on(text: str, i: int) -> bool:
    """Only the last mark of a run such as ！？ ends the sentence."""
    return text[i + 1 : i + 2] in tuple(_ENDS)


def _trimmed(piece: str, start: int) -> Sentence | None:
    text = piece.strip()
    return Sentence(text, start + piece.index(text)) if text else None
