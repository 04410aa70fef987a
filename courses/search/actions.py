"""Keeping the text that the catalog search looks through."""

from collections.abc import Iterator
from typing import Any

from django.db import transaction
from wagtail.models import Page

from courses.catalog.enums import CourseStatus
from courses.catalog.models import Course
from courses.search.models import SearchEntry
from courses.search.rules import both_forms, fold

_NOT_TEXT = {"type", "id", "kind", "image", "document", "video", "captions", "move_on"}


@transaction.atomic
def index_course(*, course: Course) -> None:
    """Title, facts, objectives, lesson titles and the lessons' text of an offered course."""
    if course.status != CourseStatus.OFFERED:
        forget_course(course=course)
        return
    title = fold(f"{course.title} {course.code}")
    parts = [course.title_ruby, course.title_en, course.audience, course.tier, *course.objectives]
    parts += [lesson["title"] for lesson in course.lesson_titles]
    parts += course.strategy_nodes.values_list("title", flat=True)
    parts += _lesson_texts(course)
    lines = [title, *(form for part in parts for form in both_forms(part))]
    text = "\n".join(dict.fromkeys(filter(None, lines)))
    SearchEntry.objects.update_or_create(course=course, defaults={"title": title, "text": text})


def forget_course(*, course: Course) -> None:
    """A course that is not offered is not found. One that still has a live page is kept."""
    if course.status != CourseStatus.OFFERED:
        SearchEntry.objects.filter(course=course).delete()


def _lesson_texts(course: Course) -> Iterator[str]:
    """Every text of the live pages of the course's activities, whatever blocks they are made of."""
    activities = course.activities.filter(is_offered=True, parent=None).values_list("uuid", flat=True)
    for page in Page.objects.live().filter(translation_key__in=list(activities)).specific():
        body = getattr(page, "body", None)
        if body is not None:
            yield from _texts(body.get_prep_value())


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, child in value.items():
            if key not in _NOT_TEXT:
                yield from _texts(child)
    elif isinstance(value, list):
        for child in value:
            yield from _texts(child)
