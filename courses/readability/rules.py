"""Is a text easy to read? Mechanical checks for two groups of readers whose needs conflict.

Elders who grew up with Japanese want eras and know kanji; foreign residents want Western years and readings
for every kanji. The limits of 30 and 40 characters and of 13 kanji are our proposal, not a standard.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from courses.readability import wording
from courses.readability.kanji import is_kanji, kanji_grade, needs_ruby
from courses.readability.ruby import Segment, parse, strip
from courses.readability.sentences import Sentence, split_sentences

__all__ = ["Finding", "Level", "Profile", "check", "is_kanji", "kanji_grade", "needs_ruby"]

SENTENCE_WARNING = 30
SENTENCE_ERROR = 40
KANJI_LIMIT = 13
PAGE_LIMIT = 1000
SENIOR_GRADE = 3


class Profile(StrEnum):
    SENIOR = "senior"
    YASASHII = "yasashii"


class Level(StrEnum):
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Finding:
    """`arguments` fill the message that belongs to `code`; `position` counts in the text without furigana."""

    code: str
    level: Level
    excerpt: str
    position: int
    arguments: Mapping[str, str | int] = field(default_factory=dict)


def check(
    text: str,
    profile: Profile,
    *,
    grade: int = SENIOR_GRADE,
    words: Mapping[str, str] = wording.EASIER,
    known: Collection[str] = wording.KNOWN_KATAKANA,
) -> list[Finding]:
    """What stands in the way of these readers, in the order of the text.

    `text` is marked text, a paragraph or item a line. `grade`: the school grade up to which elders read
    without furigana (0: none); foreign residents always need all of it. `words`: hard word to easier word.
    `known`: katakana words that need no explanation.
    """
    plain = strip(text)
    findings = [
        *_missing_ruby(parse(text), 0 if profile == Profile.YASASHII else grade),
        *_long_page(plain),
        *_years(plain, profile),
        *_patterns(plain, profile),
        *_hard_words(plain, profile, words),
        *_katakana(plain, known),
    ]
    for sentence in split_sentences(plain):
        findings += [*_length(sentence), *_kanji_count(sentence, profile), *_ending(sentence)]
    return sorted(findings, key=lambda finding: (finding.position, finding.code))


def _missing_ruby(segments: list[Segment], grade: int) -> Iterator[Finding]:
    position = 0
    for segment in segments:
        if not segment.reading:
            for start, word in wording.kanji_runs(segment.base):
                if needs_ruby(word, grade):
                    yield Finding("ruby_missing", Level.ERROR, word, position + start, {"grade": grade})
        position += len(segment.base)


def _long_page(plain: str) -> Iterator[Finding]:
    count = len("".join(plain.split()))
    if count > PAGE_LIMIT:
        yield Finding("page_long", Level.WARNING, plain[:20], 0, {"count": count, "limit": PAGE_LIMIT})


def _length(sentence: Sentence) -> Iterator[Finding]:
    count = len("".join(sentence.text.split()))
    if count > SENTENCE_WARNING:
        level = Level.ERROR if count > SENTENCE_ERROR else Level.WARNING
        limit = SENTENCE_ERROR if count > SENTENCE_ERROR else SENTENCE_WARNING
        yield Finding(
            "sentence_long", level, sentence.text, sentence.position, {"count": count, "limit": limit}
        )


def _kanji_count(sentence: Sentence, profile: Profile) -> Iterator[Finding]:
    count = sum(map(is_kanji, sentence.text))
    if count > KANJI_LIMIT:
        arguments = {"count": count, "limit": KANJI_LIMIT}
        yield Finding(
            "kanji_many", _strict_for_yasashii(profile), sentence.text, sentence.position, arguments
        )


def _ending(sentence: Sentence) -> Iterator[Finding]:
    """Only of full sentences: labels and items without 。 and quoted words may end as they like."""
    if (code := wording.bad_ending(sentence.text)) is not None:
        yield Finding(code, Level.WARNING, sentence.text, sentence.position)


def _years(plain: str, profile: Profile) -> Iterator[Finding]:
    for year in wording.find_years(plain):
        excerpt, position = year.text, year.position
        if profile == Profile.YASASHII:
            if year.era:
                yield Finding("year_era", Level.ERROR, excerpt, position, {"western": year.western})
        elif not year.era:
            yield Finding("year_without_era", Level.ERROR, excerpt, position)
        elif year.written_western is None:
            yield Finding("year_without_western", Level.ERROR, excerpt, position, {"western": year.western})
        if year.written_western not in (None, year.western):
            yield Finding("year_wrong", Level.ERROR, excerpt, position, {"western": year.western})


def _patterns(plain: str, profile: Profile) -> Iterator[Finding]:
    for rule in wording.PATTERNS:
        level = Level.WARNING if rule.warning_for_all else Level.ERROR
        if rule.error_only_for_yasashii:
            level = _strict_for_yasashii(profile)
        for match in rule.pattern.finditer(plain):
            if match[0] not in rule.exceptions:
                yield Finding(rule.code, level, match[0], match.start())


def _hard_words(plain: str, profile: Profile, words: Mapping[str, str]) -> Iterator[Finding]:
    for position, word in wording.find_words(plain, words):
        arguments = {"word": word, "easier": words[word]}
        yield Finding("word_hard", _strict_for_yasashii(profile), word, position, arguments)


def _katakana(plain: str, known: Collection[str]) -> Iterator[Finding]:
    for position, word in wording.unexplained_katakana(plain, known):
        yield Finding("katakana_unexplained", Level.WARNING, word, position, {"word": word})


def _strict_for_yasashii(profile: Profile) -> Level:
    return Level.ERROR if profile == Profile.YASASHII else Level.WARNING
