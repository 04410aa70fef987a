"""What a page should say according to its file, and what it says; both in one shape, so that they can be compared."""

import json
import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from courses.catalog.enums import MoveOn, Track
from courses.curriculum.files import CourseFile, LessonFile
from courses.curriculum.stream import lesson_stream, plain_stream

Snapshot = dict[str, Any]

_TRACKS = {"職員": Track.STAFF, "教育": Track.EDUCATION, "シニア": Track.SENIOR}
# Names of many-to-many fields; a snapshot holds the codes.
RELATIONS = ("prerequisites", "strategy_nodes", "competencies")
STREAMS = ("objectives", "planned_lessons", "body")


def course_snapshot(file: CourseFile, identity: uuid.UUID) -> Snapshot:
    planned = [
        {"code": lesson.code, "title": lesson.title, "minutes": lesson.minutes}
        for lesson in file.lessons
        if not lesson.blocks
    ]
    return {
        "live": file.status == "published",
        "title": file.title,
        "title_ruby": _if_marked(file.title_ruby, file.title),
        "title_en": file.title_en,
        "code": file.code,
        "track": _TRACKS[file.track].value,
        "tier": file.tier,
        "audience": file.audience,
        "level": file.level,
        "minutes": file.minutes,
        "is_mandatory": file.mandatory,
        "mandatory_basis": file.mandatory_basis or "",
        "recertify_every": file.recertification.every if file.recertification else None,
        "scoring": file.scoring,
        "pass_mark": file.pass_mark,
        "delivery": list(file.delivery.codes),
        "delivery_note": file.delivery.text,
        "open_to_guests": file.open_to_guests,
        "objectives": plain_stream(identity, "objective", file.objectives_ruby),
        "planned_lessons": plain_stream(identity, "lesson", planned),
        "instructor_note": "\n\n".join(filter(None, (file.instructor_note, file.notes))),
        "prerequisites": sorted(set(file.prerequisites)),
        "strategy_nodes": sorted({*file.strategy, *file.strategy_context}),
        "competencies": sorted(set(file.competencies)),
    }


def lesson_snapshot(file: LessonFile, identity: uuid.UUID, *, live: bool) -> Snapshot:
    return {
        "live": live,
        "title": file.title,
        "title_ruby": _if_marked(file.title_ruby, file.title),
        "title_easy": file.title_easy,
        "code": file.code,
        "minutes": file.minutes,
        "is_required": True,
        "move_on": MoveOn.COMPLETED.value,
        "body": lesson_stream(identity, file.blocks),
    }


def _if_marked(marked: str, plain: str) -> str:
    return marked if marked != plain else ""


def page_snapshot(page: Any, names: Iterable[str]) -> Snapshot:
    """The same names as they stand on a page."""
    return {name: _shown(page, name) for name in names}


def _shown(page: Any, name: str) -> Any:
    value = getattr(page, name)
    if name in RELATIONS:
        return sorted(row.code for row in value.all())
    if name in STREAMS:
        return value.get_prep_value()
    return value


def put(page: Any, snapshot: Mapping[str, Any], rows: Mapping[str, Mapping[str, Any]]) -> None:
    """Writes a snapshot on a page that is not saved yet. ``rows``: for each relation, code → row."""
    for name, value in snapshot.items():
        if name in RELATIONS:
            setattr(page, name, [rows[name][code] for code in value])
        elif name in STREAMS:
            setattr(page, name, json.dumps(value))
        elif name != "live":
            setattr(page, name, value)
