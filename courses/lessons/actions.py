"""What follows from publishing a lesson."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from courses.catalog.enums import ActivityKind, MoveOn
from courses.catalog.models import Activity
from courses.catalog.outline import count_required
from courses.lessons.rules import RECORDING_KINDS, block_activity_uuid
from courses.readability import ruby


@dataclass(frozen=True)
class Playing:
    """A block that plays a package: its activity, and the ``courses.Package`` that the author chose."""

    activity: Activity
    package: Any


@transaction.atomic
def materialise_blocks(page: Any) -> list[Playing]:
    """A child activity for every block of the lesson that records; those that play a package.

    A block that an author took out keeps its row, because records may lean on it: it is only no longer offered.
    Running it again changes nothing.
    """
    activity: Activity = page.activity
    blocks = [block for block in getattr(page, "body", ()) if block.block_type in RECORDING_KINDS]
    playing, uuids = [], []
    for block in blocks:
        uuid = block_activity_uuid(activity.uuid, str(block.id))
        uuids.append(uuid)
        child, _created = Activity.objects.update_or_create(uuid=uuid, defaults=_facts(activity, block))
        if block.block_type == "package" and block.value["package"] is not None:
            playing.append(Playing(child, block.value["package"]))
    activity.children.exclude(uuid__in=uuids).update(is_offered=False)
    if activity.course is not None:
        count_required(activity.course)
    return playing


def _facts(lesson: Activity, block: Any) -> Mapping[str, Any]:
    """``order`` is the lesson's: what is sorted by it keeps a block beside its lesson."""
    title = block.value["title"]
    return {
        "course_id": lesson.course_id,
        "parent": lesson,
        "title": ruby.strip(title)[:255],
        "title_ruby": title[:400],
        "is_offered": lesson.is_offered,
        "page_path": lesson.page_path,
        "order": lesson.order,
        **(_exercise(block.value) if block.block_type == "package" else _DECLARATION),
    }


_DECLARATION = {"kind": ActivityKind.PRACTICE, "move_on": MoveOn.COMPLETED, "is_required": False}


def _exercise(value: Any) -> Mapping[str, Any]:
    return {
        "kind": ActivityKind.PACKAGE,
        "move_on": MoveOn(value["move_on"] or MoveOn.COMPLETED),
        "is_required": bool(value["is_required"]) and value["package"] is not None,
    }
