"""Texts as the reader's face shows them.

``{{ page.title_ruby|reading_text:reading }}``, ``{{ value.body|reading_html:reading }}``,
``{{ title|reading_plain }}`` (attributes, page titles), ``{% pick_easy value.body value.easy as text %}``,
``{{ title|reading_text:reading|phrased }}`` (headings: lines end between phrases).
"""

from typing import Any

from django import template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from courses.readability import ruby, shown
from courses.readability.phrases import phrased_html
from people.preferences.enums import Face

register = template.Library()


@register.filter
def reading_text(value: object, reading: Any = None) -> SafeString:
    return shown.text_html(str(value or ""), reading)


@register.filter
def reading_html(value: Any, reading: Any = None) -> SafeString:
    return shown.rich_html(value or "", reading)


@register.filter
def phrased(value: str) -> SafeString:
    """One line of words (text or HTML of ``reading_text``) that breaks only between phrases."""
    return mark_safe(phrased_html(str(conditional_escape(value))))


@register.filter
def reading_plain(value: object) -> str:
    return ruby.strip(str(value or ""))


@register.simple_tag(takes_context=True)
def pick_easy(context: dict[str, Any], body: Any, easy: Any) -> Any:
    """The author's easy text for readers of やさしい日本語, where there is one; else the text as it stands."""
    reading = context.get("reading")
    return easy if easy and reading and reading.face == Face.EASY else body
