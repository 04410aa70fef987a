"""Marked text as the face of a reader shows it."""

import re
from collections.abc import Callable
from functools import partial
from html import escape, unescape

from django.utils.safestring import SafeString, mark_safe
from wagtail.rich_text import RichText, expand_db_html

from courses.readability import ruby
from courses.readability.kanji import needs_ruby
from courses.readability.readings import annotate, annotate_html
from courses.readability.rules import SENIOR_GRADE
from people.preferences.enums import Face
from people.preferences.rules import Reading

_TAG = re.compile(r"(<[^>]*>)")
# Without this a screen reader reads a word and then its reading once more.
_RT, _RT_SILENT = "<rt>", '<rt aria-hidden="true">'


def text_html(text: str, reading: Reading | None) -> SafeString:
    """HTML of a plain marked text: a title, a caption, a cell."""
    reading = reading or Reading()
    show = _shows(reading)
    marked = annotate(text) if _fills_gaps(reading) else text
    return _safe(ruby.to_html(marked, show=show))


def rich_html(value: RichText | str, reading: Reading | None) -> SafeString:
    """HTML of a rich text with its links resolved."""
    reading = reading or Reading()
    html = expanded(value)
    if _fills_gaps(reading):
        html = annotate_html(html)
    return _safe(ruby.render_html_fragment(html, _shows(reading)))


def marked_text(text: str, reading: Reading | None) -> str:
    """Marked text with only the readings that the face shows: what a printed sheet takes."""
    reading = reading or Reading()
    show = _shows(reading)
    marked = annotate(text) if _fills_gaps(reading) else text
    return ruby.join(
        segment if segment.reading and show(segment.base) else ruby.Segment(segment.base)
        for segment in ruby.parse(marked)
    )


def marked_html(value: RichText | str, reading: Reading | None) -> str:
    """The same for the text between the tags of a rich text."""
    parts = _TAG.split(expanded(value))
    parts[::2] = [escape(marked_text(unescape(part), reading), quote=False) for part in parts[::2]]
    return "".join(parts)


def expanded(value: RichText | str) -> str:
    """Rich text with links to pages and files as addresses; ``expand_together`` may have done it before."""
    if isinstance(value, RichText):
        return str(getattr(value, "expanded", None) or expand_db_html(value.source))
    return str(expand_db_html(str(value)))


def expand_together(values: list[RichText]) -> None:
    """Resolves the links of many texts at once: the number of queries is that of one text."""
    linked = [value for value in values if "linktype=" in value.source]
    if not linked:
        return
    separator = "<!--next-->"
    parts = expand_db_html(separator.join(value.source for value in linked)).split(separator)
    for value, html in zip(linked, parts, strict=True):
        value.expanded = html


def _fills_gaps(reading: Reading) -> bool:
    """Where the author gave no reading, the dictionary does: only in the faces that are there for it."""
    return reading.face in (Face.RUBY, Face.EASY)


def _shows(reading: Reading) -> Callable[[str], bool]:
    match reading.face:
        case Face.STANDARD:
            return _never
        case Face.EASY:
            return partial(needs_ruby, grade=0)
        case Face.LARGE:
            # Elders know the kanji of the first school years; who wants all readings has a face for it.
            return partial(needs_ruby, grade=reading.ruby_grade or SENIOR_GRADE)
        case _:
            return partial(needs_ruby, grade=reading.ruby_grade)


def _never(_base: str) -> bool:
    return False


def _safe(html: str) -> SafeString:
    return mark_safe(html.replace(_RT, _RT_SILENT))
