"""The curriculum as files: a folder a course with `course.yaml`, `L1.md` …, and `quiz.yaml`.

Everything that other modules need of these files is imported from here.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import fields, is_dataclass, replace
from pathlib import Path

from courses.curriculum.blocks import (
    Block,
    CalloutBlock,
    ChecklistBlock,
    DeclarationBlock,
    Step,
    StepsBlock,
    TableBlock,
    TextBlock,
)
from courses.curriculum.course_files import CourseFile, Delivery, Recertification, read_course
from courses.curriculum.errors import CurriculumError, CurriculumErrors, ErrorLog
from courses.curriculum.lesson_files import LessonFile
from courses.curriculum.quiz_files import ItemFile, OptionFile, QuizFile

__all__ = [
    "Block",
    "CalloutBlock",
    "ChecklistBlock",
    "CourseFile",
    "CurriculumError",
    "CurriculumErrors",
    "DeclarationBlock",
    "Delivery",
    "ItemFile",
    "LessonFile",
    "OptionFile",
    "QuizFile",
    "Recertification",
    "Step",
    "StepsBlock",
    "TableBlock",
    "TextBlock",
    "content_hash",
    "load_all",
    "load_course",
]


def load_course(folder: Path) -> CourseFile:
    """Raises `CurriculumErrors` with everything that is wrong in the folder."""
    log = ErrorLog()
    course = read_course(folder, log)
    log.raise_if_any()
    if course is None:  # pragma: no cover - read_course logs why there is no course
        raise CurriculumErrors([])
    return course


def load_all(root: Path) -> list[CourseFile]:
    """The courses below `root` by code; raises `CurriculumErrors` with what is wrong in all of them."""
    log = ErrorLog()
    if not root.is_dir():
        log.add(root, 1, "フォルダーがありません")
        log.raise_if_any()
    found = [read_course(folder, log) for folder in sorted(root.iterdir()) if _is_course_folder(folder)]
    courses = [course for course in found if course is not None]
    codes = {course.code for course in courses}
    for course in courses:
        for code in course.prerequisites:
            if code not in codes:
                log.add(root / course.code / "course.yaml", 1, f"前提の講座 {code} がありません")
    log.raise_if_any()
    return courses


def _is_course_folder(path: Path) -> bool:
    return path.is_dir() and not path.name.startswith((".", "_"))


def content_hash(content: CourseFile | LessonFile | QuizFile) -> str:
    """SHA-256 (hex) of what the file says, whatever its layout.

    That of a course covers `course.yaml` alone, so that a changed lesson or quiz changes one hash only.
    Empty values do not count: a field that a later version adds changes no hash where it is not used.
    """
    if isinstance(content, CourseFile):
        outlines = tuple(
            replace(lesson, blocks=(), title_ruby="", title_easy="") for lesson in content.lessons
        )
        content = replace(content, lessons=outlines, quiz=None)
    canonical = json.dumps(_canonical(content), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def _canonical(value: object) -> object:
    if is_dataclass(value):
        items = {field.name: _canonical(getattr(value, field.name)) for field in fields(value)}
        return {"type": type(value).__name__, **{key: item for key, item in items.items() if item}}
    if isinstance(value, (tuple, list)):
        return [_canonical(item) for item in value]
    return value
