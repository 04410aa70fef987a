"""Texts as a person types them, and as they are kept in content.json."""

import html
import re
from enum import StrEnum

from courses.packages.h5p import patterns, richtext
from courses.packages.h5p.texts import TextField

_TAG = re.compile(r"</?([a-zA-Z][a-zA-Z0-9]*)")
# Those that every text with marks may have, whatever its field lists; divisions and the like are told nobody.
UNTOLD = frozenset({"div", "span", "rp"})


class TextFault(StrEnum):
    """What is wrong with a text for its field."""

    EMPTY = "empty"
    TOO_LONG = "too-long"
    TAGS = "tags"  # marks that the field does not take
    PATTERN = "pattern"
    COSTLY = "costly"  # more marks than can be cleaned in bounded time


def typed(field: TextField) -> str:
    """The text of a field as a form shows it: plain texts without their escapes."""
    return field.value if field.is_html else html.unescape(field.value)


def kept(field: TextField, text: str) -> str:
    """A typed text as content.json holds it; the filter has the last word on its marks."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text if field.is_html else richtext.escape_plain(text.replace("&", "&amp;"))


def told_tags(field: TextField) -> list[str]:
    """The marks that a person may write in the field, by name; empty for a plain text."""
    return sorted(richtext.allowed_tags(field.tags) - UNTOLD) if field.is_html else []


def foreign_tags(field: TextField, text: str) -> list[str]:
    """Marks in a typed text that the filter would take away, by name."""
    if not field.is_html:
        return []
    return sorted({name.lower() for name in _TAG.findall(text)} - richtext.allowed_tags(field.tags))


def text_faults(field: TextField, text: str) -> tuple[TextFault, ...]:
    """What keeps a typed text out of its field; the empty text is right where the field is optional."""
    if not text.strip():
        return () if field.is_optional else (TextFault.EMPTY,)
    found = []
    if field.max_length is not None and len(text) > field.max_length:
        found.append(TextFault.TOO_LONG)
    if foreign_tags(field, text):
        found.append(TextFault.TAGS)
    if field.is_html and richtext.cost(text) > richtext.MOST_COST // 4:
        found.append(TextFault.COSTLY)
    if patterns.fits(text, field.pattern, field.modifiers) is False:
        found.append(TextFault.PATTERN)
    return tuple(found)
