"""What a visit reads of a page and its course each time; the texts are read only when they have to be drawn anew."""

from typing import Any

from django.db.models import Exists, F, OuterRef
from django.db.models.functions import Length, Substr
from wagtail.models import PageViewRestriction

from courses.catalog.models import Course
from office.prepared.queries import columns

PAGE = (
    "id",
    "path",
    "depth",
    "slug",
    "title",
    "live",
    "url_path",
    "content_type_id",
    "alias_of_id",
    "page_ptr_id",
)
COURSE = columns(
    Course,
    *("id", "uuid", "code", "title", "title_ruby", "track", "minutes", "recertify_every", "pass_mark", "scoring"),
    *("open_to_guests", "self_enrollment", "status", "page_path", "published_at", "revision", "required_count"),
)  # fmt: skip


def restricted() -> Exists:
    """Did somebody close the page, or one above it, in the editor? The path of a page holds those of its ancestors."""
    above = PageViewRestriction.objects.filter(
        page__path=Substr(OuterRef("path"), 1, Length(F("page__path")))
    )
    return Exists(above)


def restrictions_of(page: Any) -> Any:
    """Wagtail's answer in one query instead of two, and in none where the query of the route has seen that there are none."""
    if getattr(page, "is_restricted", None) is False:
        return PageViewRestriction.objects.none()
    paths = [page.path[:end] for end in range(page.steplen, len(page.path) + 1, page.steplen)]
    return PageViewRestriction.objects.filter(page__path__in=paths)
