"""The rows that course files name by code, and what is wrong with those names."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from courses.catalog.models import Course
from courses.competencies.models import Competency
from courses.curriculum.files import CourseFile, CurriculumError, CurriculumErrors
from courses.strategy.models import StrategyNode

Rows = dict[str, dict[str, Any]]

_NAMES = {"strategy_nodes": "戦略の項目", "competencies": "スキルの枠組みの項目"}


def referred_rows() -> Rows:
    """Code → row. Of several versions the current plan's node and the newest framework's item count."""
    nodes = StrategyNode.objects.order_by("plan__is_current", "plan_id", "pk")
    items = Competency.objects.order_by("framework_id", "pk")
    return {
        "strategy_nodes": {node.code: node for node in nodes},
        "competencies": {item.code: item for item in items},
        "prerequisites": {course.code: course for course in Course.objects.all()},
    }


def check_references(files: Iterable[CourseFile], rows: Mapping[str, Mapping[str, Any]], root: Path) -> None:
    """Raises ``CurriculumErrors`` for every code that no plan or framework has."""
    errors = []
    for file in files:
        named = {
            "strategy_nodes": (*file.strategy, *file.strategy_context),
            "competencies": file.competencies,
        }
        for relation, codes in named.items():
            for code in codes:
                if code not in rows[relation]:
                    message = f"{_NAMES[relation]} {code} がありません"
                    errors.append(CurriculumError(root / file.code / "course.yaml", 1, message))
    if errors:
        raise CurriculumErrors(errors)


def in_reading_order(files: Iterable[CourseFile]) -> list[CourseFile]:
    """Staff, schools, seniors; within a track by code, but never before what it builds on."""
    tracks = ("職員", "教育", "シニア")
    waiting = sorted(files, key=lambda file: (tracks.index(file.track), file.code))
    ordered: list[CourseFile] = []
    while waiting:
        done = {file.code for file in ordered}
        following = next((file for file in waiting if done.issuperset(file.prerequisites)), waiting[0])
        waiting.remove(following)
        ordered.append(following)
    return ordered
