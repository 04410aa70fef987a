"""Texts with gaps, as Blanks, Drag the Words and Mark the Words write them: ``Tokyo is the *capital* of Japan.``"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser

WORDS = re.compile(r" \*[^*]+\* |\S+")
BEFORE = re.compile(r"^[\[({⟨¿¡“\"«„]+")
AFTER = '",….:;?!])}⟩»”'


@dataclass(frozen=True, slots=True)
class Gap:
    """The answers that fill a gap, as typed."""

    answers: tuple[str, ...]


def _between_stars(text: str) -> Iterator[str]:
    """What stands between pairs of stars; two stars in a row are no gap."""
    start = text.find("*")
    while start >= 0:
        end = text.find("*", start + 1)
        if end < 0:
            return
        if end == start + 1:
            start = text.find("*", end + 1)
            continue
        yield text[start + 1 : end]
        start = text.find("*", end + 1)


def is_doubtful(text: str) -> bool:
    """Two stars in a row: versions of the content types read them differently."""
    return "**" in text


def blanks(text: str) -> tuple[Gap, ...]:
    """Gaps of Fill in the Blanks: ``*answer/other answer:tip*``."""
    return tuple(
        Gap(tuple(html.unescape(answer).strip() for answer in inside.split(":", 1)[0].split("/")))
        for inside in _between_stars(text)
    )


def drags(text: str) -> tuple[Gap, ...]:
    r"""Gaps of Drag the Words: ``*word:tip\+right\-wrong*``; one word each."""
    return tuple(
        Gap((html.unescape(re.split(r":|\\[+-]", inside, maxsplit=1)[0]).strip(),))
        for inside in _between_stars(text)
    )


class _Texts(HTMLParser):
    """The text nodes of a fragment."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.texts: list[str] = []

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def marks(text: str) -> tuple[bool, ...]:
    """The selectable words of Mark the Words in their order: whether each is to be marked."""
    reader = _Texts()
    reader.feed(text)
    reader.close()
    return tuple(mark for node in reader.texts for mark in _marks_in(node))


def _marks_in(text: str) -> Iterator[bool]:
    for match in WORDS.finditer(re.sub(r"\xa0|&nbsp;|\r\n|\n|\r", " ", text)):
        word = BEFORE.sub("", match.group().strip())
        word = word.rstrip(AFTER)
        if word:
            yield len(word) > 2 and word.startswith("*") and word.endswith("*")
