"""What the templates of a lesson ask beside its texts."""

from dataclasses import dataclass
from typing import Any

from django import template
from django.utils.safestring import SafeString

from courses.catalog import queries
from courses.catalog.queries import ContentsEntry
from courses.lessons.rules import easy_points
from courses.lessons.words import WORDS_LIMIT, written_words
from courses.readability import shown
from people.preferences.enums import Face

register = template.Library()


@dataclass(frozen=True)
class Points:
    """A checklist in one face: what stands before it, and its points."""

    intro: SafeString
    items: list[SafeString]


@register.simple_tag
def checklist_points(value: Any, reading: Any) -> Points:
    """In やさしい日本語 the list of the easy text lends its points their words, where it has as many of them."""
    items = [str(item) for item in value["items"]]
    easy = value["easy"]
    if easy and reading and reading.face == Face.EASY:
        intro, points = easy_points(shown.expanded(easy), len(items))
        html = [shown.rich_html(point, reading) for point in points]
        return Points(
            shown.rich_html(intro, reading), html or [shown.text_html(item, reading) for item in items]
        )
    return Points(SafeString(""), [shown.text_html(item, reading) for item in items])


@register.filter
def filled_to(row: Any, header: Any) -> list[str]:
    """The cells of a row with empty ones at its end, so that it is as long as the header."""
    cells = [str(cell) for cell in row]
    return cells + [""] * (len(header) - len(cells))


@register.filter
def with_exercises(contents: Any) -> list[ContentsEntry]:
    """The list of contents with the exercises that a completion needs, each after its lesson."""
    return queries.with_exercises(contents or ())


@register.simple_tag(takes_context=True)
def words_of_reader(context: dict[str, Any], activity: Any, block_id: str) -> str:
    """``{% words_of_reader activity block_id as saved %}``: what this reader saved in a block before."""
    request = context.get("request")
    if request is None or getattr(request, "is_preview", False):
        return ""
    return written_words(request, activity.uuid, block_id)


@register.simple_tag
def words_limit() -> int:
    """``{% words_limit as limit %}``: how many characters a reader may write into a block."""
    return WORDS_LIMIT
