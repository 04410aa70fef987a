"""What follows from publishing a lesson."""

from typing import Any

from django.db import transaction

from courses.catalog.enums import ActivityKind, MoveOn
from courses.catalog.models import Activity
from courses.lessons.rules import RECORDING_KINDS, block_activity_uuid
from courses.readability import ruby


@transaction.atomic
def materialise_blocks(page: Any) -> int:
    """A child activity for every block of the lesson that records; how many there are.

    A block that an author took out keeps its row, because records may lean on it: it is only no longer offered.
    Running it again changes nothing.
    """
    activity: Activity = page.activity
    blocks = [block for block in getattr(page, "body", ()) if block.block_type in RECORDING_KINDS]
    uuids = []
    for order, block in enumerate(blocks):
        uuid = block_activity_uuid(activity.uuid, str(block.id))
        uuids.append(uuid)
        Activity.objects.update_or_create(
            uuid=uuid,
            defaults={
                "course_id": activity.course_id,
                "parent": activity,
                "kind": ActivityKind.PRACTICE,
                "title": ruby.strip(block.value["title"])[:255],
                "title_ruby": block.value["title"][:400],
                "move_on": MoveOn.COMPLETED,
                "is_required": False,
                "is_offered": activity.is_offered,
                "page_path": activity.page_path,
                "order": order,
            },
        )
    activity.children.exclude(uuid__in=uuids).update(is_offered=False)
    return len(uuids)
