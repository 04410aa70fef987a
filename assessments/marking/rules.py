"""What counts as an answer, and what an answer is worth.

An answer has the shape of the key: a list of ids (single, true/false, multiple), a list of ids in order with ""
for a place not yet filled (ordering), ``{left id: right id}`` (matching), a text (short text). None = not answered.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

from assessments.items.enums import ItemKind
from assessments.marking.enums import AnswerFault

Answer: TypeAlias = list[str] | dict[str, str] | str | None

TEXT_LIMIT = 2_000
_NOTHING, _ALL = Decimal(0), Decimal(1)
_MARK_STEP = Decimal("0.0001")
_SCALED_STEP = Decimal("0.00001")

_DASH_AFTER_KANA = re.compile(r"(?<=[ぁ-ゖァ-ヺー])[-‐‑‒–—―−~〜]+")
# コンピューター = コンピュータ, but コピー is not コピ: the mark is dropped after three characters or more.
_LAST_LONG_MARK = re.compile(r"(?<=[ァ-ヺー]{3})ー+(?![ァ-ヺー])")
_SEPARATORS = re.compile(r"[\s・·‧•∙]+")


class AnswerError(ValueError):
    """The answer cannot be taken; ``fault`` says why."""

    def __init__(self, fault: AnswerFault) -> None:
        super().__init__(fault.value)
        self.fault = fault


@dataclass(frozen=True)
class Score:
    """``raw`` of ``max`` points, ``scaled`` 0…1. ``success`` is None where nothing decides about passing."""

    raw: Decimal
    max: Decimal
    scaled: Decimal | None
    success: bool | None


def fold_text(text: str) -> str:
    """The text as it is compared: width, case, spaces, 中黒 and the writing of 長音 do not count."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    folded = _DASH_AFTER_KANA.sub("ー", _SEPARATORS.sub("", folded))
    return _LAST_LONG_MARK.sub("", folded)


def mark(kind: str, key: object, answer: object) -> Decimal:
    """0…1, in steps of a ten-thousandth. Part marks exist for matching only. Never raises."""
    match kind:
        case ItemKind.SINGLE | ItemKind.TRUE_FALSE | ItemKind.MULTIPLE:
            return _whole(_ids(key) is not None and bool(_ids(key)) and _ids(key) == _ids(answer))
        case ItemKind.ORDERING:
            return _whole(isinstance(key, list) and bool(key) and answer == key)
        case ItemKind.MATCHING:
            return _right_pairs(key, answer)
        case ItemKind.SHORT_TEXT:
            return _whole(_is_accepted(key, answer))
    return _NOTHING


def score(marks: Sequence[Decimal], pass_mark: int | None) -> Score:
    """The marks of all questions together; ``pass_mark`` in whole percent (80 % of 5 are 4)."""
    raw, most = sum(marks, _NOTHING), Decimal(len(marks))
    if not most:
        return Score(raw, most, None, None)
    success = None if pass_mark is None else raw * 100 >= most * pass_mark
    return Score(raw, most, (raw / most).quantize(_SCALED_STEP), success)


def points(scaled: Decimal) -> int:
    """Out of 100, rounded down: nobody reads a passing figure and has not passed."""
    return int(scaled * 100)


def needed(total: int, pass_mark: int) -> int:
    """How many whole questions pass: 4 of 5 for 80 percent."""
    return -(-total * pass_mark // 100)


def normalise_answer(kind: str, options: object, raw: object) -> Answer:
    """The answer in the shape that is kept; raises ``AnswerError`` for anything that cannot be one."""
    if raw is None or raw == "" or raw == [] or raw == {}:
        return None
    match kind:
        case ItemKind.SINGLE | ItemKind.TRUE_FALSE:
            return _chosen(_choice_ids(options), raw, most=1)
        case ItemKind.MULTIPLE:
            return _chosen(_choice_ids(options), raw)
        case ItemKind.ORDERING:
            return _ordered(_choice_ids(options), raw)
        case ItemKind.MATCHING:
            return _matched(options, raw)
        case ItemKind.SHORT_TEXT:
            return _text(raw)
    raise AnswerError(AnswerFault.WRONG_TYPE)


def is_answered(kind: str, options: object, answer: object) -> bool:
    """Whether nothing is left to fill in."""
    match kind:
        case ItemKind.ORDERING:
            return isinstance(answer, list) and sorted(map(str, answer)) == sorted(_choice_ids(options))
        case ItemKind.MATCHING:
            return isinstance(answer, dict) and set(answer) == set(_side_ids(options, "left"))
    return bool(answer)


def _whole(is_right: bool) -> Decimal:
    return _ALL if is_right else _NOTHING


def _ids(value: object) -> frozenset[str] | None:
    if not isinstance(value, list) or not all(isinstance(entry, str) for entry in value):
        return None
    return frozenset(value)


def _right_pairs(key: object, answer: object) -> Decimal:
    if not isinstance(key, dict) or not key or not isinstance(answer, dict):
        return _NOTHING
    right = sum(1 for left, match_ in key.items() if left in answer and answer[left] == match_)
    return (Decimal(right) / Decimal(len(key))).quantize(_MARK_STEP)


def _is_accepted(key: object, answer: object) -> bool:
    if not isinstance(key, list) or not isinstance(answer, str) or not fold_text(answer):
        return False
    return fold_text(answer) in {fold_text(word) for word in key if isinstance(word, str)}


def _choice_ids(options: object) -> list[str]:
    entries = options if isinstance(options, list) else []
    return [str(entry["id"]) for entry in entries if isinstance(entry, Mapping) and "id" in entry]


def _side_ids(options: object, side: str) -> list[str]:
    return _choice_ids(options.get(side)) if isinstance(options, Mapping) else []


def _strings(raw: object) -> list[str]:
    values = [raw] if isinstance(raw, str) else raw
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        raise AnswerError(AnswerFault.WRONG_TYPE)
    return values


def _chosen(ids: list[str], raw: object, most: int | None = None) -> Answer:
    chosen = {value for value in _strings(raw) if value}
    if not chosen <= set(ids):
        raise AnswerError(AnswerFault.UNKNOWN_CHOICE)
    if most is not None and len(chosen) > most:
        raise AnswerError(AnswerFault.TOO_MANY)
    return [id_ for id_ in ids if id_ in chosen] or None


def _ordered(ids: list[str], raw: object) -> Answer:
    if isinstance(raw, list):
        raw = ["" if value is None else value for value in raw]
    order = _strings(raw)
    placed = [value for value in order if value]
    if not set(placed) <= set(ids):
        raise AnswerError(AnswerFault.UNKNOWN_CHOICE)
    if len(set(placed)) < len(placed) or len(order) > len(ids):
        raise AnswerError(AnswerFault.SAME_PLACE)
    return [*order, *[""] * (len(ids) - len(order))] if placed else None


def _matched(options: object, raw: object) -> Answer:
    if not isinstance(raw, dict):
        raise AnswerError(AnswerFault.WRONG_TYPE)
    pairs = {left: right for left, right in raw.items() if right not in ("", None)}
    if not all(isinstance(part, str) for pair in pairs.items() for part in pair):
        raise AnswerError(AnswerFault.WRONG_TYPE)
    lefts = _side_ids(options, "left")
    if not set(pairs) <= set(lefts) or not set(pairs.values()) <= set(_side_ids(options, "right")):
        raise AnswerError(AnswerFault.UNKNOWN_CHOICE)
    return {left: pairs[left] for left in lefts if left in pairs} or None


def _text(raw: object) -> Answer:
    if not isinstance(raw, str):
        raise AnswerError(AnswerFault.WRONG_TYPE)
    if len(raw) > TEXT_LIMIT:
        raise AnswerError(AnswerFault.TOO_LONG)
    if any(char == "\N{REPLACEMENT CHARACTER}" or unicodedata.category(char) == "Cs" for char in raw):
        raise AnswerError(AnswerFault.BROKEN_TEXT)
    # No database keeps a NUL in a text, and no other control character can be part of an answer.
    kept = "".join(" " if unicodedata.category(char) == "Cc" else char for char in raw)
    return kept.strip() or None
