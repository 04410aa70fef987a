"""What a lesson page shows beside its own text, in a number of queries that does not grow."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, prefetch_related_objects
from wagtail.images import get_image_model
from wagtail.rich_text import RichText

from courses.catalog.enums import ActivityKind
from courses.catalog.models import Activity
from courses.catalog.queries import ContentsEntry, contents_of
from courses.lessons.rules import BlockShape, normal_code
from courses.readability.shown import expand_together

__all__ = ["contents_of", "lesson_by_code", "load_together", "place_of", "shapes_of"]

IMAGE_SPECS = ("max-960x960",)


@dataclass(frozen=True)
class Place:
    """Where a lesson stands in its course; ``position`` counts from 1 and is 0 for what is not offered."""

    position: int
    total: int
    previous: ContentsEntry | None
    next: ContentsEntry | None


def place_of(activity: Activity, contents: tuple[ContentsEntry, ...]) -> Place:
    ids = [entry.id for entry in contents]
    if activity.pk not in ids:
        return Place(0, len(ids), None, None)
    i = ids.index(activity.pk)
    return Place(
        i + 1, len(ids), contents[i - 1] if i else None, contents[i + 1] if i + 1 < len(ids) else None
    )


def lesson_by_code(typed: str) -> Activity | None:
    """The offered lesson whose short code somebody typed or scanned."""
    code = normal_code(typed)
    if not code:
        return None
    lessons = Activity.objects.filter(kind=ActivityKind.LESSON, is_offered=True, code__iexact=code)
    return lessons.select_related("course").order_by("pk").first()


def shapes_of(body: Iterable[Any]) -> list[BlockShape]:
    """What ``rules.plan_screens`` needs to know of a StreamField value."""
    return [
        BlockShape(
            id=str(child.id or ""),
            kind=child.block_type,
            steps=len(child.value["steps"]) if child.block_type == "steps" else 0,
            has_heading=child.block_type == "text" and bool(child.value["heading"]),
        )
        for child in body
    ]


def load_together(values: Iterable[Any]) -> None:
    """Renditions of all images and links of all texts in these block values: one query each."""
    leaves = list(_leaves(values))
    images = [leaf for leaf in leaves if isinstance(leaf, get_image_model())]
    if images:
        renditions = get_image_model().get_rendition_model().objects.filter(filter_spec__in=IMAGE_SPECS)
        prefetch_related_objects(images, Prefetch("renditions", renditions, to_attr="prefetched_renditions"))
    expand_together([leaf for leaf in leaves if isinstance(leaf, RichText)])


def _leaves(values: Iterable[Any]) -> Iterator[Any]:
    for value in values:
        if isinstance(value, dict):
            yield from _leaves(value.values())
        elif isinstance(value, (str, RichText)) or not hasattr(value, "__iter__"):
            yield value
        else:
            yield from _leaves(value)
