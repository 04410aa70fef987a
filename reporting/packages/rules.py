"""Totals without names (pure)."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from learning.launches.answers import Answer

# Totals of fewer people tell of single ones: they are left out.
SMALLEST_GROUP = 5
BANDS = ((0, 20), (20, 40), (40, 60), (60, 80), (80, 101))


@dataclass(frozen=True)
class Band:
    """Results from ``first`` up to ``last`` of 100, both included, and how many people have them."""

    first: int
    last: int
    count: int


def bands(results: Sequence[Decimal]) -> list[Band]:
    """The distribution of results (0–1) in fifths; empty for fewer than SMALLEST_GROUP."""
    if len(results) < SMALLEST_GROUP:
        return []
    points = [int(result * 100) for result in results]
    return [Band(first, min(end - 1, 100), sum(first <= one < end for one in points)) for first, end in BANDS]


@dataclass(frozen=True)
class Question:
    """One question of a version. ``asked``: how many people answered it; ``right`` of those that can be judged."""

    text: str
    asked: int
    judged: int
    right: int

    @property
    def percent(self) -> int | None:
        """Whole percent; None while fewer than SMALLEST_GROUP can be judged."""
        return self.right * 100 // self.judged if self.judged >= SMALLEST_GROUP else None


@dataclass
class QuestionTally:
    """Counts question by question; each person is counted with one attempt."""

    _texts: dict[str, str] = field(default_factory=dict)
    _asked: Counter[str] = field(default_factory=Counter)
    _judged: Counter[str] = field(default_factory=Counter)
    _right: Counter[str] = field(default_factory=Counter)

    def add(self, answers: Iterable[Answer]) -> None:
        for answer in answers:
            self._texts.setdefault(answer.key, answer.question)
            self._asked[answer.key] += 1
            if answer.is_right is not None:
                self._judged[answer.key] += 1
                self._right[answer.key] += answer.is_right

    def questions(self) -> list[Question]:
        """In the order in which they first came; those that too few people answered are left out."""
        return [
            Question(text, self._asked[key], self._judged[key], self._right[key])
            for key, text in self._texts.items()
            if self._asked[key] >= SMALLEST_GROUP
        ]
