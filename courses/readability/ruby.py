"""Furigana as authors write it: `{漢字|かんじ}`, and `\\{` for a brace that is only a brace.

Text with this markup is called "marked text". Nothing here raises on bad markup: what cannot be read as
furigana stays plain text, and `find_errors` tells the author about it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from html import escape, unescape

from courses.readability.kanji import is_kanji

# Backslashes count only in front of a brace: 2n of them are n backslashes, 2n+1 are n and a plain brace.
# Without that rule a text ending in a backslash could not be written in front of furigana.
_RUBY = re.compile(r"(?<!\\)(\\*)\{(?:([^{}|\n]+)\|([^{}|\n]*)\})?")
_TAG = re.compile(r"""(<!--.*?-->|<[/!?a-zA-Z](?:[^<>"']|"[^"]*"|'[^']*')*>)""", re.DOTALL)
_BLOCK_END = re.compile(r"</(?:p|li|h[1-6]|tr|div)>|<br\s*/?>", re.IGNORECASE)
_READING = re.compile(r"[ぁ-ゖァ-ヺーゝゞヽヾ・ 　]+")
_EXCERPT = 12


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of text. `reading` is None for plain text and "" where the author left it empty."""

    base: str
    reading: str | None = None


@dataclass(frozen=True, slots=True)
class RubyProblem:
    """`code`: empty_reading, reading_not_kana, base_without_kanji or stray_brace.

    `position` counts characters from the start of the marked text, `line` from 1.
    """

    code: str
    position: int
    line: int
    excerpt: str


def parse(text: str) -> list[Segment]:
    return _merged(_pieces(text))


def _merged(pieces: Iterable[Segment]) -> list[Segment]:
    segments: list[Segment] = []
    for piece in pieces:
        if piece.reading is None and segments and segments[-1].reading is None:
            segments[-1] = Segment(segments[-1].base + piece.base)
        else:
            segments.append(piece)
    return segments


def _pieces(text: str) -> Iterator[Segment]:
    end = 0
    for match in _RUBY.finditer(text):
        slashes, base, reading = match.groups()
        plain = text[end : match.start()] + "\\" * (len(slashes) // 2)
        if base is None or len(slashes) % 2:
            # Only the brace is used up: what follows it may hold furigana of its own.
            yield Segment(plain + "{")
            end = match.start() + len(slashes) + 1
            continue
        if plain:
            yield Segment(plain)
        yield Segment(base, reading)
        end = match.end()
    if end < len(text):
        yield Segment(text[end:])


def join(segments: Iterable[Segment]) -> str:
    """Marked text that `parse` reads as these segments. A base or reading with `{`, `}`, `|` or a line break
    cannot be marked: such a segment is written as plain text."""
    text = ""
    for segment in _merged(Segment(s.base) if _unmarkable(s) else s for s in segments):
        if segment.reading is None:
            text += re.sub(r"(\\*)\{", r"\1\1\\{", segment.base)
        else:
            text = re.sub(r"(\\+)\Z", r"\1\1", text) + f"{{{segment.base}|{segment.reading}}}"
    return text


def _unmarkable(segment: Segment) -> bool:
    """Plain segments count as unmarkable too: they are written without a mark anyway."""
    reading = segment.reading
    return reading is None or not segment.base or any(c in "{}|\n" for c in segment.base + reading)


def strip(text: str) -> str:
    """The text as a reader without furigana sees it."""
    return "".join(segment.base for segment in parse(text))


def to_html(text: str, *, show: Callable[[str], bool]) -> str:
    """Escaped HTML with a ruby element for each base that `show` wants read out."""
    return "".join(
        _ruby_element(escape(s.base), escape(s.reading)) if s.reading and show(s.base) else escape(s.base)
        for s in parse(text)
    )


def render_html_fragment(html: str, show: Callable[[str], bool]) -> str:
    """Turn the marked text between the tags of HTML that is already safe into ruby elements.

    Tags, attributes and comments are copied as they are; so are the entities in the text.
    """
    parts = _TAG.split(html)
    parts[::2] = [_render_text(part, show) for part in parts[::2]]
    return "".join(parts)


def _render_text(text: str, show: Callable[[str], bool]) -> str:
    return "".join(
        _ruby_element(s.base, s.reading) if s.reading and show(unescape(s.base)) else s.base
        for s in parse(text)
    )


def _ruby_element(base: str, reading: str) -> str:
    return f"<ruby>{base}<rp>（</rp><rt>{reading}</rt><rp>）</rp></ruby>"


def plain_text(html: str) -> str:
    """The marked text of an HTML fragment, a line for each paragraph, item, heading or line break."""
    lines = unescape(_TAG.sub("", _BLOCK_END.sub("\n", html))).split("\n")
    return "\n".join(line.strip() for line in lines if line.strip())


def find_errors(text: str) -> list[RubyProblem]:
    return [
        RubyProblem(code, position, text.count("\n", 0, position) + 1, text[position : position + _EXCERPT])
        for code, position in _errors(text)
    ]


def _errors(text: str) -> Iterator[tuple[str, int]]:
    end = opened = 0
    for match in _RUBY.finditer(text):
        if len(match[1]) % 2:
            continue
        yield from (("stray_brace", end + i) for i in _closing_braces(text[end : match.start()], opened))
        brace = match.start() + len(match[1])
        opened, end = int(match[2] is None), match.end()
        if match[2] is None:
            yield "stray_brace", brace
        else:
            yield from ((code, brace) for code in _segment_errors(match[2], match[3]))
    yield from (("stray_brace", end + i) for i in _closing_braces(text[end:], opened))


def _closing_braces(text: str, opened: int) -> Iterator[int]:
    """Where a brace closes nothing. To close an escaped or an already reported brace is no new error."""
    for match in re.finditer(r"[{}]", text):
        if match[0] == "{":
            opened += 1
        elif opened:
            opened -= 1
        else:
            yield match.start()


def _segment_errors(base: str, reading: str) -> Iterator[str]:
    if not reading.strip():
        yield "empty_reading"
    elif not _READING.fullmatch(reading):
        yield "reading_not_kana"
    if not any(is_kanji(char) for char in base):
        yield "base_without_kanji"
