"""What follows from the facts of a course. Plain Python."""

from collections.abc import Iterable, Mapping
from typing import Any

from courses.catalog.enums import ActivityKind, MoveOn, Scoring

LessonTitle = dict[str, Any]

CATALOG_PATH = "courses/"  # the list of courses, below the site root


def move_on_for(kind: str, *, chosen: str = "", scoring: str, pass_mark: int | None) -> MoveOn:
    """When an activity is done. What an author chose counts; else a quiz must be passed only where it is scored."""
    if chosen:
        return MoveOn(chosen)
    if kind == ActivityKind.QUIZ and scoring == Scoring.SCORED and pass_mark is not None:
        return MoveOn.PASSED
    return MoveOn.COMPLETED


def lesson_titles(written: Iterable[LessonTitle], planned: Iterable[LessonTitle]) -> list[LessonTitle]:
    """Lessons that can be opened, then those that are only planned (``planned: True``); a code comes once."""
    titles = [{**lesson, "planned": False} for lesson in written]
    codes = {lesson["code"] for lesson in titles}
    return titles + [{**lesson, "planned": True} for lesson in planned if lesson["code"] not in codes]


def planned_only(titles: Iterable[Mapping[str, Any]]) -> list[LessonTitle]:
    return [dict(lesson) for lesson in titles if lesson.get("planned")]
