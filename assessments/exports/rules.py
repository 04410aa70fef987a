"""From a question of ours to what H5P can hold of it (pure)."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from html import escape
from typing import Any, Protocol

from assessments.items.enums import ItemKind
from courses.packages import h5p
from courses.packages.h5p.exporting import SPECIAL_IN_BLANKS

CHOICES = frozenset({ItemKind.SINGLE, ItemKind.MULTIPLE, ItemKind.TRUE_FALSE})


class Loss(StrEnum):
    """What a file does not hold. The first three leave a question out; the others take something from it."""

    ORDERING = "ordering"
    MATCHING = "matching"
    WORDS = "words"  # accepted words that H5P would read as marks of its own
    READINGS = "readings"
    EXPLANATION = "explanation"  # short texts have no place for one
    SPELLINGS = "spellings"  # here more spellings are accepted than the listed ones


LEFT_OUT = frozenset({Loss.ORDERING, Loss.MATCHING, Loss.WORDS})


class Asked(Protocol):
    """What is read of a version of a question."""

    @property
    def kind(self) -> str: ...
    @property
    def stem(self) -> str: ...
    @property
    def options(self) -> Any: ...
    @property
    def key(self) -> Any: ...
    @property
    def explanation(self) -> str: ...


@dataclass(frozen=True)
class Exported:
    """``question`` is None where the question is left out; ``losses`` say why, or what it loses."""

    number: int
    question: h5p.MultiChoice | h5p.Blanks | None
    losses: frozenset[Loss] = field(default_factory=frozenset)


def exported(number: int, asked: Asked, without_readings: Callable[[str], str]) -> Exported:
    """``without_readings`` takes furigana out of a marked text: other systems would show its signs."""
    texts = [asked.stem, asked.explanation, *_texts_of(asked.options)]
    losses = {Loss.READINGS} if any(without_readings(text) != text for text in texts) else set()
    plain = _Plain(without_readings)
    if asked.kind in CHOICES:
        return Exported(number, _choices(asked, plain), frozenset(losses))
    if asked.kind == ItemKind.SHORT_TEXT:
        if any(mark in word for word in asked.key for mark in SPECIAL_IN_BLANKS):
            return Exported(number, None, frozenset({Loss.WORDS}))
        losses |= {Loss.SPELLINGS} | ({Loss.EXPLANATION} if asked.explanation else set())
        gap = h5p.Blanks(plain(asked.stem), [[h5p.Blank(list(asked.key))]])
        return Exported(number, gap, frozenset(losses))
    return Exported(
        number, None, frozenset({Loss.ORDERING if asked.kind == ItemKind.ORDERING else Loss.MATCHING})
    )


def _texts_of(options: Any) -> Iterable[str]:
    sides = options.values() if isinstance(options, Mapping) else [options]
    return [option["text"] for side in sides for option in side]


class _Plain:
    """Marked text as HTML without readings."""

    def __init__(self, without_readings: Callable[[str], str]) -> None:
        self._without = without_readings

    def __call__(self, text: str) -> str:
        lines = escape(self._without(text), quote=False).strip().splitlines()
        return f"<p>{'<br>'.join(lines)}</p>" if lines else ""


def _choices(asked: Asked, plain: _Plain) -> h5p.MultiChoice:
    """The explanation is shown with the choice that was made; of several right ones, with each of them."""
    several = asked.kind == ItemKind.MULTIPLE
    told = plain(asked.explanation)
    choices = [
        h5p.Choice(
            plain(option["text"]),
            option["id"] in asked.key,
            told if option["id"] in asked.key or not several else "",
        )
        for option in asked.options
    ]
    return h5p.MultiChoice(plain(asked.stem), choices, several)


def question_set(parts: Iterable[Exported], pass_mark: int | None) -> h5p.QuestionSet:
    """Without a pass mark everybody passes. Raises h5p.NotExportable when no question is left."""
    questions = [part.question for part in parts if part.question is not None]
    if not questions:
        raise h5p.NotExportable("no questions")
    return h5p.QuestionSet(questions, pass_percent=pass_mark or 0)
