"""How a text is folded so that a search finds it whatever keyboard wrote it. Plain Python."""

import re
import unicodedata
from enum import StrEnum

from courses.readability.ruby import parse, plain_text, strip

MAX_WORDS = 10
MAX_LENGTH = 200
_MARKUP = re.compile(r"<[/!?a-zA-Z]")
# Dashes of all keyboards between kana and between letters; the long vowel mark must stay one.
_DASHES = re.compile(r"[‐‑‒–—―−－]")


def fold(text: str) -> str:
    """What an author wrote, without readings and tags: ``ｽﾏﾎ`` and ``スマホ`` are one, so are ``ＡＩ`` and ``ai``."""
    return _even(strip(_untagged(text)))


def both_forms(text: str) -> tuple[str, ...]:
    """As it is written and, where it carries readings, as it is read: who types さぎ finds 詐欺."""
    if "{" not in text:
        return (fold(text),)
    read = "".join(segment.reading or segment.base for segment in parse(_untagged(text)))
    return (fold(text), _even(read))


def words_of(query: str) -> list[str]:
    """The words of a query, all of which must be found; overlong queries are cut. Signs in it are only signs."""
    return list(dict.fromkeys(_even(query[:MAX_LENGTH]).split()))[:MAX_WORDS]


def _untagged(text: str) -> str:
    return plain_text(text) if _MARKUP.search(text) else text


def _even(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).lower().replace("\x00", "")
    return " ".join(_DASHES.sub("-", folded).split())


class MinutesBucket(StrEnum):
    """How long a course takes, in steps that people plan with. Values name the longest course of each."""

    HALF_HOUR = "30"
    HOUR = "60"
    TWO_HOURS = "120"
    LONGER = "longer"


def bucket_of(minutes: int) -> MinutesBucket:
    limits = ((30, MinutesBucket.HALF_HOUR), (60, MinutesBucket.HOUR), (120, MinutesBucket.TWO_HOURS))
    return next((bucket for limit, bucket in limits if minutes <= limit), MinutesBucket.LONGER)
