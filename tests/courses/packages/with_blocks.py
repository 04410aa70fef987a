"""Lessons with packages in blocks, written and published as an author would."""

from dataclasses import dataclass
from typing import Any

from courses.catalog.models import Activity
from courses.lessons.pages import LessonPage
from courses.packages.models import Package
from courses.packages.pages import PackagePage
from tests.courses.lesson_cases import make_course, make_lesson

FIRST = "11111111-0000-4000-8000-000000000001"
SECOND = "11111111-0000-4000-8000-000000000002"


@dataclass
class Exercise:
    """What ``playing`` needs of a page that plays a package."""

    activity: Activity


def package_block(block: str, package: Package, **facts: Any) -> dict[str, Any]:
    """Raw data of one block; titled 練習1, 練習2 after the last digit of its id."""
    value = {
        "title": f"{{練習|れんしゅう}}{block[-1]}",
        "package": package.pk,
        "introduction": "{答|こた}えを{選|えら}びます。",
        "easy": "",
        "is_required": False,
        "move_on": "Completed",
    }
    return {"type": "package", "id": block, "value": {**value, **facts}}


def put_blocks(lesson: LessonPage, blocks: list[dict[str, Any]]) -> None:
    lesson.body = lesson.body.stream_block.to_python(blocks)


def publish(lesson: LessonPage) -> None:
    lesson.save_revision().publish()
    lesson.refresh_from_db()


def course_of_exercises(code: str) -> LessonPage:
    """On the site of a journey: a course open to all with one lesson, and two exercises that its completion needs."""
    played = {name: PackagePage.objects.get(code=name).package for name in ("E201-P1", "L203-P1")}
    blocks = [
        package_block(FIRST, played["E201-P1"], is_required=True),
        package_block(SECOND, played["L203-P1"], is_required=True),
    ]
    return make_lesson(make_course(code=code, open_to_guests=True), blocks, title="二つの練習")
