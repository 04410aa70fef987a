"""Readings for text that carries none, worked out once and kept in the cache by the text itself.

A reading that a person wrote as ``{漢字|かんじ}`` always wins; the dictionary (SudachiPy, small) reads the rest, with
our own corrections (``data/readings.csv``) and number rules before it.
"""

import csv
import re
import threading
from collections.abc import Callable, Iterator
from functools import cache as once
from hashlib import sha256
from html import escape, unescape
from pathlib import Path
from typing import Any

from django.core.cache import cache
from sudachipy import Dictionary, SplitMode

from courses.readability import ruby
from courses.readability.alignment import align
from courses.readability.kanji import is_kanji
from courses.readability.numbers import find_numbers
from courses.readability.ruby import Segment

_CORRECTIONS = Path(__file__).parent / "data" / "readings.csv"
# Raise it when the rules change; changed corrections and texts change the key by themselves.
_VERSION = 1
_KEPT_SECONDS = 60 * 60 * 24 * 30
_TAG = re.compile(r"(<[^>]*>)")
_thread = threading.local()

Span = tuple[int, int, list[Segment]]


def annotate(text: str) -> str:
    """Marked text with a reading for every kanji word that had none."""
    return _kept("text", text, _annotated) if _has_kanji(text) else text


def annotate_html(html: str) -> str:
    """The same for the text between the tags of safe HTML."""
    return _kept("html", html, _annotated_html) if _has_kanji(html) else html


def _has_kanji(text: str) -> bool:
    return any(map(is_kanji, text))


def _kept(kind: str, text: str, work_out: Callable[[str], str]) -> str:
    found = _remembered.get((kind, text))
    if found is None:
        key = f"readings:{_VERSION}:{_corrections_hash()}:{kind}:{sha256(text.encode()).hexdigest()}"
        found = cache.get(key)
        if found is None:
            found = work_out(text)
            cache.set(key, found, _KEPT_SECONDS)
        _remembered.put((kind, text), found)
    return found


class _Remembered:
    """A small memory of this process in front of the shared cache; emptied when it is full."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._texts: dict[tuple[str, str], str] = {}

    def get(self, key: tuple[str, str]) -> str | None:
        return self._texts.get(key)

    def put(self, key: tuple[str, str], text: str) -> None:
        if len(self._texts) >= self._limit:
            self._texts.clear()
        self._texts[key] = text


_remembered = _Remembered(4000)


def _annotated_html(html: str) -> str:
    parts = _TAG.split(html)
    parts[::2] = [escape(_annotated(unescape(part)), quote=False) for part in parts[::2]]
    return "".join(parts)


def _annotated(text: str) -> str:
    segments = ruby.parse(text)
    plain = "".join(segment.base for segment in segments)
    fixed = _without_overlaps([*_written(segments), *find_numbers(plain)])
    return ruby.join(_filled(plain, fixed))


def _written(segments: list[Segment]) -> Iterator[Span]:
    position = 0
    for segment in segments:
        end = position + len(segment.base)
        if segment.reading is not None:
            yield position, end, [segment]
        position = end


def _without_overlaps(spans: list[Span]) -> list[Span]:
    """In order of the text; where two overlap, the one named first stays (what a person wrote is named first)."""
    kept: list[Span] = []
    for span in spans:
        if all(span[1] <= other[0] or span[0] >= other[1] for other in kept):
            kept.append(span)
    return sorted(kept, key=lambda span: span[0])


def _filled(plain: str, fixed: list[Span]) -> Iterator[Segment]:
    """The fixed spans as they are; between them the words of the whole text, cut words read again on their own."""
    words = list(_words(plain))
    position = 0
    for start, end, segments in [*fixed, (len(plain), len(plain), [])]:
        yield from _read(plain, position, start, words)
        yield from segments
        position = end


def _read(plain: str, start: int, end: int, words: list[tuple[int, int, str]]) -> Iterator[Segment]:
    position = start
    inside = [word for word in words if start <= word[0] and word[1] <= end]
    for first, last, reading in [*inside, (end, end, "")]:
        if position < first:
            for a, b, cut_reading in _words(plain[position:first]):
                yield from align(plain[position + a : position + b], cut_reading)
        yield from align(plain[first:last], reading)
        position = last


def _words(text: str) -> Iterator[tuple[int, int, str]]:
    """Start, end and reading of each word of the dictionary or of our corrections, which go first, longest first."""
    if not text:
        return
    morphemes = list(_tokenizer().tokenize(text, SplitMode.C))
    corrections, longest = _corrections()
    i = 0
    while i < len(morphemes):
        count = _corrected(morphemes, i, corrections, longest)
        begin, end = morphemes[i].begin(), morphemes[i + max(count, 1) - 1].end()
        yield begin, end, corrections[text[begin:end]] if count else morphemes[i].reading_form()
        i += max(count, 1)


def _corrected(morphemes: list[Any], i: int, corrections: dict[str, str], longest: int) -> int:
    """How many words from ``i`` on make up a correction; 0 for none."""
    surface, found = "", 0
    for count, morpheme in enumerate(morphemes[i:], start=1):
        surface += morpheme.surface()
        if len(surface) > longest:
            break
        if surface in corrections:
            found = count
    return found


@once
def _corrections() -> tuple[dict[str, str], int]:
    with _CORRECTIONS.open(encoding="utf-8", newline="") as file:
        table = {row["word"]: row["reading"] for row in csv.DictReader(file)}
    return table, max(map(len, table), default=0)


@once
def _corrections_hash() -> str:
    return sha256(_CORRECTIONS.read_bytes()).hexdigest()[:8]


@once
def _dictionary() -> Any:
    return Dictionary(dict="small")


def _tokenizer() -> Any:
    """A tokenizer keeps state while it reads and must not be shared between threads."""
    tokenizer = getattr(_thread, "tokenizer", None)
    if tokenizer is None:
        tokenizer = _thread.tokenizer = _dictionary().tokenizer()
    return tokenizer
