"""Form validators for marked text: an author hears in words what is wrong with a ``{漢字|かんじ}``."""

import re
from html import unescape
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from courses.readability import ruby

_TAG = re.compile(r"<[^>]*>")
_SHOWN = 3

MESSAGES: dict[str, Any] = {
    "empty_reading": _("“%(excerpt)s”: the reading after | is empty. Write it in kana, as in {漢字|かんじ}."),
    "reading_not_kana": _("“%(excerpt)s”: the reading after | may hold only hiragana or katakana."),
    "base_without_kanji": _("“%(excerpt)s”: there is no kanji before |. Readings stand above kanji only."),
    "stray_brace": _(
        "“%(excerpt)s”: a brace has no partner. Write readings as {漢字|かんじ}, and a plain brace as \\{."
    ),
}


def validate_marked_text(text: str) -> None:
    _raise_problems([text])


def validate_marked_html(html: str) -> None:
    """Each run of text between two tags on its own: bold type or a link inside a mark would break the mark."""
    _raise_problems([unescape(part) for part in _TAG.split(str(html))])


def _raise_problems(texts: list[str]) -> None:
    problems = [problem for text in texts for problem in ruby.find_errors(text)]
    if problems:
        raise ValidationError(
            [
                ValidationError(
                    MESSAGES[problem.code], code=problem.code, params={"excerpt": problem.excerpt}
                )
                for problem in problems[:_SHOWN]
            ]
        )
