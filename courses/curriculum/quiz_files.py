"""`quiz.yaml`: the items of a course's test or of its ふり返り."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from courses.curriculum.errors import ErrorLog
from courses.curriculum.fields import Fields, read_fields
from courses.curriculum.lesson_files import read_source

ItemKind = Literal["single", "multiple", "true_false", "ordering", "matching", "short_text"]

_KINDS: tuple[ItemKind, ...] = get_args(ItemKind)
_QUIZ_KEYS = ("code", "title", "title_ruby", "items")
_ITEM_KEYS = (
    "code",
    "kind",
    "lesson",
    "competency",
    "stem",
    "options",
    "matches",
    "answer",
    "explanation",
)


@dataclass(frozen=True, slots=True)
class OptionFile:
    """`id` is one small letter; it is what answers name. `text` is marked text."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class ItemFile:
    """`stem` and `explanation` are marked text.

    `answer` holds option ids: the right one (single, true_false), all the right ones in the order of the
    options (multiple), all in the right order (ordering); for short_text it holds the accepted words, without
    furigana. A matching item has `pairs` (option id, match id) instead, one for each option; `matches` may
    hold more than are needed.
    """

    code: str
    kind: ItemKind
    lesson: str
    competency: str
    stem: str
    explanation: str
    options: tuple[OptionFile, ...] = ()
    matches: tuple[OptionFile, ...] = ()
    answer: tuple[str, ...] = ()
    pairs: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class QuizFile:
    code: str
    title: str
    title_ruby: str
    items: tuple[ItemFile, ...]


def read_quiz(
    path: Path, course: str, lessons: Collection[str], competencies: Collection[str], log: ErrorLog
) -> QuizFile | None:
    """The quiz of the course with code `course`; its items may point at these lessons and competencies."""
    source = read_source(path, log)
    fields = read_fields(source, path, log, _QUIZ_KEYS) if source else None
    if fields is None:
        return None
    code, title = fields.text("code"), fields.text("title")
    if code and code != f"{course}-Q":
        fields.error("code", f"小テストのコードは {course}-Q です")
    items = []
    for entry in fields.mappings("items", _ITEM_KEYS):
        items.append(_item(entry, lessons, competencies))
        if not re.fullmatch(rf"{re.escape(course)}-Q\d+", items[-1].code):
            entry.error("code", f"問題のコードは {course}-Q1 のように書いてください")
        elif [item.code for item in items].count(items[-1].code) > 1:
            entry.error("code", f"問題のコード {items[-1].code} が重なっています")
    if fields.has("items") and not items:
        fields.error("items", "問題が一つもありません")
    return QuizFile(code, title, fields.ruby_of("title_ruby", title), tuple(items))


def _item(entry: Fields, lessons: Collection[str], competencies: Collection[str]) -> ItemFile:
    kind = entry.choice("kind", _KINDS)
    options = _options(entry, "options") if kind != "short_text" else ()
    matches = _options(entry, "matches") if kind == "matching" else ()
    for key in ("options",) * (kind == "short_text") + ("matches",) * (kind != "matching"):
        if entry.has(key):
            entry.error(key, f"{kind} の問題に「{key}」は使いません")
    return ItemFile(
        code=entry.text("code"),
        kind=kind,
        lesson=_reference(entry, "lesson", lessons, "この講座の課"),
        competency=_reference(entry, "competency", competencies, "course.yaml の competencies"),
        stem=entry.ruby_text("stem"),
        explanation=entry.ruby_text("explanation"),
        options=options,
        matches=matches,
        answer=_answer(entry, kind, options) if kind != "matching" else (),
        pairs=_pairs(entry, options, matches) if kind == "matching" else (),
    )


def _reference(entry: Fields, key: str, known: Collection[str], where: str) -> str:
    value = entry.text(key)
    if value and value not in known:
        entry.error(key, f"「{value}」は{where}にありません")
    return value


def _options(entry: Fields, key: str) -> tuple[OptionFile, ...]:
    fields = entry.mapping(key)
    if fields is None:
        return ()
    options = tuple(OptionFile(id_, fields.ruby_text(id_)) for id_ in fields.keys())  # noqa: SIM118
    if any(not re.fullmatch("[a-z]", option.id) for option in options):
        fields.error("", f"「{key}」の記号は a から z の小文字一つにしてください")
    if len(options) < 2:
        fields.error("", f"「{key}」には二つ以上書いてください")
    if len({option.text for option in options}) < len(options):
        fields.error("", f"「{key}」に同じ文が二度あります")
    return options


def _answer(entry: Fields, kind: ItemKind, options: tuple[OptionFile, ...]) -> tuple[str, ...]:
    answer = entry.one_or_more("answer")
    if kind == "short_text":
        _check_words(entry, answer)
        return answer
    ids = [option.id for option in options]
    if unknown := [id_ for id_ in answer if id_ not in ids]:
        entry.error("answer", f"答えの「{'、'.join(unknown)}」は選択肢にありません")
    elif len(set(answer)) < len(answer):
        entry.error("answer", "答えに同じ記号が二度あります")
    elif kind in ("single", "true_false") and len(answer) != 1:
        entry.error("answer", f"{kind} の答えは一つです")
    elif kind == "ordering" and len(answer) != len(ids):
        entry.error("answer", "正しい順に、すべての選択肢の記号を書いてください")
    if kind == "true_false" and len(options) != 2:
        entry.error("options", "true_false の選択肢は二つです")
    return tuple(sorted(answer, key=ids.index)) if kind == "multiple" and not unknown else answer


def _check_words(entry: Fields, words: tuple[str, ...]) -> None:
    if not words or not all(words):
        entry.error("answer", "正解とする言葉を一つ以上書いてください")
    if any("{" in word for word in words):
        entry.error("answer", "正解の言葉に、ふりがなはつけません")


def _pairs(
    entry: Fields, options: tuple[OptionFile, ...], matches: tuple[OptionFile, ...]
) -> tuple[tuple[str, str], ...]:
    fields = entry.mapping("answer", [option.id for option in options])
    if fields is None:
        return ()
    ids = [match.id for match in matches]
    pairs = tuple((option.id, fields.text(option.id)) for option in options)
    for option, match in pairs:
        if match and match not in ids:
            fields.error(option, f"答えの「{match}」は matches にありません")
    return pairs
