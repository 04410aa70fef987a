"""What somebody wrote while learning."""

from uuid import UUID

from django.http import HttpRequest

from courses.lessons.rules import block_activity_uuid
from learning.enrollments.queries import owner_of
from learning.progress.models import FreeText


def declared_text(request: HttpRequest, activity: UUID, block_id: str) -> str:
    """What the reader wrote last in a block; empty before."""
    owner = owner_of(request)
    if owner is None:
        return ""
    texts = FreeText.objects.filter(
        owner.q("enrollment__"), activity__uuid=block_activity_uuid(activity, block_id)
    )
    return texts.order_by("-written_at", "-pk").values_list("text", flat=True).first() or ""
