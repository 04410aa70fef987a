"""`course.yaml` and the folder around it."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from courses.curriculum.errors import ErrorLog
from courses.curriculum.fields import Fields, read_fields
from courses.curriculum.lesson_files import LessonFile, read_lesson, read_source
from courses.curriculum.quiz_files import QuizFile, read_quiz
from courses.readability.ruby import strip

Track = Literal["職員", "教育", "シニア"]
Status = Literal["published", "draft"]
Scoring = Literal["scored", "practice"]
DeliveryCode = Literal["online", "venue", "class"]

_LESSON_KEYS = ("code", "title", "minutes")
_KEYS = (
    *("code", "track", "tier", "status", "title", "title_ruby", "title_en", "audience"),
    *("mandatory", "mandatory_basis", "minutes", "recertification", "delivery", "scoring", "pass_mark"),
    *("open_to_guests", "prerequisites", "objectives", "objectives_ruby", "lessons"),
    *("strategy", "strategy_context", "competencies", "level", "notes", "instructor_note"),
)


@dataclass(frozen=True, slots=True)
class Recertification:
    """`every` so many units; `fiscal_year` counts 年度, not months from completion."""

    unit: str
    every: int
    text: str


@dataclass(frozen=True, slots=True)
class Delivery:
    text: str
    codes: tuple[DeliveryCode, ...]


@dataclass(frozen=True, slots=True)
class CourseFile:
    """`minutes` is the sum of the lessons, `pass_mark` a percentage: None for courses without a score.

    `title_ruby` and `objectives_ruby` are marked text and equal the plain ones where nobody wrote furigana.
    """

    code: str
    track: Track
    tier: str
    title: str
    title_ruby: str
    title_en: str
    audience: str
    mandatory: bool
    mandatory_basis: str | None
    minutes: int
    recertification: Recertification | None
    delivery: Delivery
    scoring: Scoring
    pass_mark: int | None
    open_to_guests: bool
    prerequisites: tuple[str, ...]
    objectives: tuple[str, ...]
    objectives_ruby: tuple[str, ...]
    lessons: tuple[LessonFile, ...]
    strategy: tuple[str, ...]
    strategy_context: tuple[str, ...]
    competencies: tuple[str, ...]
    level: str
    notes: str | None
    instructor_note: str | None
    status: Status
    quiz: QuizFile | None


def read_course(folder: Path, log: ErrorLog) -> CourseFile | None:
    """The course, as far as it could be read; trust it only if nothing was logged."""
    path = folder / "course.yaml"
    source = read_source(path, log)
    fields = read_fields(source, path, log, _KEYS) if source else None
    if fields is None:
        return None
    code = fields.text("code")
    if code and code != folder.name:
        fields.error("code", f"コードはフォルダーの名前（{folder.name}）と同じにしてください")
    status = fields.choice("status", get_args(Status))
    scoring, pass_mark = _scoring(fields)
    competencies = fields.texts("competencies")
    lessons = _lessons(fields, folder, status == "published", log)
    title, objectives = fields.text("title"), fields.texts("objectives")
    return CourseFile(
        code=code,
        track=fields.choice("track", get_args(Track)),
        tier=fields.text("tier"),
        title=title,
        title_ruby=fields.ruby_of("title_ruby", title),
        title_en=fields.text("title_en"),
        audience=fields.text("audience"),
        mandatory=fields.boolean("mandatory"),
        mandatory_basis=fields.optional_text("mandatory_basis"),
        minutes=_minutes(fields, lessons),
        recertification=_recertification(fields),
        delivery=_delivery(fields),
        scoring=scoring,
        pass_mark=pass_mark,
        open_to_guests=fields.boolean("open_to_guests"),
        prerequisites=fields.texts("prerequisites"),
        objectives=objectives,
        objectives_ruby=_objectives_ruby(fields, objectives),
        lessons=lessons,
        strategy=fields.texts("strategy"),
        strategy_context=fields.texts("strategy_context"),
        competencies=competencies,
        level=fields.text("level"),
        notes=fields.optional_text("notes"),
        instructor_note=fields.optional_text("instructor_note"),
        status=status,
        quiz=_quiz(folder, code, lessons, competencies, status == "published" and scoring == "scored", log),
    )


def _scoring(fields: Fields) -> tuple[Scoring, int | None]:
    scoring = fields.choice("scoring", get_args(Scoring))
    pass_mark = fields.optional_integer("pass_mark", minimum=1)
    if scoring == "scored" and not fields.has("pass_mark"):
        fields.error("pass_mark", "scoring が scored の講座には pass_mark（合格点、％）が要ります")
    if scoring == "practice" and pass_mark is not None:
        fields.error("pass_mark", "scoring が practice の講座には pass_mark を書きません")
    if pass_mark is not None and pass_mark > 100:
        fields.error("pass_mark", "pass_mark は100以下です")
    return scoring, pass_mark


def _minutes(fields: Fields, lessons: tuple[LessonFile, ...]) -> int:
    minutes = fields.integer("minutes")
    total = sum(lesson.minutes for lesson in lessons)
    if minutes and lessons and total != minutes:
        fields.error("minutes", f"「minutes」が各課の合計（{total}）と違います")
    return minutes


def _recertification(fields: Fields) -> Recertification | None:
    entry = fields.mapping("recertification", ("unit", "every", "text"), required=False)
    if entry is None:
        return None
    return Recertification(entry.choice("unit", ("fiscal_year",)), entry.integer("every"), entry.text("text"))


def _delivery(fields: Fields) -> Delivery:
    entry = fields.mapping("delivery", ("text", "codes"))
    if entry is None:
        return Delivery("", ())
    return Delivery(entry.text("text"), entry.choices("codes", get_args(DeliveryCode)))


def _objectives_ruby(fields: Fields, objectives: tuple[str, ...]) -> tuple[str, ...]:
    marked = fields.texts("objectives_ruby", required=False)
    for text in marked:
        fields.check_ruby("objectives_ruby", text)
    if marked and tuple(map(strip, marked)) != objectives:
        fields.error("objectives_ruby", "ふりがなを除くと objectives と同じになるように書いてください")
    return marked or objectives


def _lessons(fields: Fields, folder: Path, published: bool, log: ErrorLog) -> tuple[LessonFile, ...]:
    lessons: list[LessonFile] = []
    for number, entry in enumerate(fields.mappings("lessons", _LESSON_KEYS), start=1):
        outline = _outline(entry)
        expected = f"{folder.name}-L{number}"
        if outline.code and outline.code != expected:
            entry.error("code", f"課のコードは順に付けます。ここは {expected} です")
        path = folder / f"L{number}.md"
        if published or path.exists():
            outline = read_lesson(path, outline, log)
        lessons.append(outline)
    _check_extra_files(folder, len(lessons), log)
    return tuple(lessons)


def _outline(entry: Fields) -> LessonFile:
    title = entry.text("title")
    return LessonFile(entry.text("code"), title, title, entry.integer("minutes"))


def _check_extra_files(folder: Path, count: int, log: ErrorLog) -> None:
    for path in sorted(folder.glob("*.md")):
        match = re.fullmatch(r"L([1-9]\d*)\.md", path.name)
        if path.name != "README.md" and (match is None or int(match[1]) > count):
            log.add(path, 1, "course.yaml の lessons にない課です")


def _quiz(
    folder: Path,
    code: str,
    lessons: tuple[LessonFile, ...],
    competencies: Collection[str],
    required: bool,
    log: ErrorLog,
) -> QuizFile | None:
    path = folder / "quiz.yaml"
    if not required and not path.exists():
        return None
    return read_quiz(path, code, [lesson.code for lesson in lessons], competencies, log)
