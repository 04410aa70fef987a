"""The blocks of a lesson as HTML for one face.

What holds the same words for every reader is kept in the cache by its content, so that a page that was read once
costs no rendering. Blocks that choose a file, a picture or a term are drawn afresh: their words live elsewhere.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.core.cache import cache
from django.template.loader import render_to_string
from django.urls import get_script_prefix
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from courses.lessons.queries import load_together, shapes_of
from courses.lessons.rules import (
    RECORDING_KINDS,
    BlockShape,
    Screen,
    first_screens,
    heading_levels,
    plan_screens,
)
from people.preferences.enums import Face
from people.preferences.rules import Reading

_VERSION = 2
_KEPT_SECONDS = 60 * 60 * 24
_CHOOSERS = ("image", "download", "term", "video")


@dataclass(frozen=True)
class Part:
    """One block in a flowing face. ``html`` is None for a block that records: the page draws it with its form.

    ``number`` is the screen that the block begins on, so that a change of face finds the place again.
    """

    number: int
    kind: str
    id: str
    level: int
    html: SafeString | None
    value: Any = None

    @property
    def template(self) -> str:
        """Draws a block that records."""
        return f"courses/blocks/{self.kind}.html"


class Body:
    """The text of a lesson, planned once for a request."""

    def __init__(self, body: Any, *, reading: Reading, show_gaps: bool = False) -> None:
        self._body = body
        self.reading = reading
        self._show_gaps = show_gaps
        self._shapes: list[BlockShape] = shapes_of(body)
        self._levels = heading_levels(self._shapes)
        self.screens: tuple[Screen, ...] = plan_screens(self._shapes)

    def holds(self, kind: str) -> bool:
        return any(shape.kind == kind for shape in self._shapes)

    @property
    def is_shared(self) -> bool:
        """Is all of it the same for everybody, and said by the lesson itself?"""
        return all(self._is_kept(index) for index in range(len(self._shapes)))

    def parts(self) -> list[Part]:
        """Every block in order, as HTML."""
        numbers = first_screens(self.screens)
        keys = {i: self._key(i, numbers[i]) for i in range(len(self._shapes)) if self._is_kept(i)}
        kept = cache.get_many(keys.values()) if keys else {}
        fresh = [i for i in range(len(self._shapes)) if keys.get(i) not in kept]
        load_together(self._body[i].value for i in fresh)
        made = {i: self._html(i, numbers[i]) for i in fresh if self._shapes[i].kind not in RECORDING_KINDS}
        if new := {keys[i]: str(html) for i, html in made.items() if i in keys}:
            cache.set_many(new, _KEPT_SECONDS)
        html = {i: mark_safe(kept[key]) for i, key in keys.items() if key in kept} | made
        return [self._part(i, numbers[i], html.get(i)) for i in range(len(self._shapes))]

    def screen_part(self, screen: Screen) -> Part | None:
        """What stands on one screen of the large face; None on the last one."""
        if screen.block is None:
            return None
        load_together([self._body[screen.block].value])
        is_own = self._shapes[screen.block].kind in RECORDING_KINDS
        html = None if is_own else self._html(screen.block, screen.number, step=screen.step)
        return self._part(screen.block, screen.number, html)

    def _part(self, index: int, number: int, html: SafeString | None) -> Part:
        shape = self._shapes[index]
        value = self._body[index].value if html is None else None
        return Part(number, shape.kind, shape.id, self._level(index), html, value)

    def _level(self, index: int) -> int:
        """On a screen of its own a block's heading is the first below the lesson's title."""
        return 2 if self.reading.face == Face.LARGE else self._levels[index]

    def _html(self, index: int, number: int, step: int | None = None) -> SafeString:
        child = self._body[index]
        context = {
            "value": child.value,
            "block_id": self._shapes[index].id,
            "number": number,
            "level": self._level(index),
            "reading": self.reading,
            "show_gaps": self._show_gaps,
        }
        if step is not None:
            context |= {
                "step": child.value["steps"][step - 1],
                "step_number": step,
            }
            return mark_safe(render_to_string("courses/blocks/one_step.html", context))
        return mark_safe(render_to_string(f"courses/blocks/{child.block_type}.html", context))

    def _is_kept(self, index: int) -> bool:
        """In a preview nothing is kept, nor where the words of the block live elsewhere."""
        kind = self._shapes[index].kind
        if self._show_gaps or kind in (*_CHOOSERS, *RECORDING_KINDS):
            return False
        raw = json.dumps(self._raw(index))
        return "linktype=" not in raw and not _has_image(self._raw(index))

    def _raw(self, index: int) -> Any:
        return self._body.raw_data[index]["value"]

    def _key(self, index: int, number: int) -> str:
        reading, shape = self.reading, self._shapes[index]
        facts: Sequence[object] = (
            _VERSION,
            shape.id,
            shape.kind,
            number,
            self._level(index),
            reading.face,
            reading.ruby_grade if reading.face == Face.RUBY else 0,
            get_language(),
            get_script_prefix(),
            self._raw(index),
        )
        return "lessons:block:" + sha256(json.dumps(facts).encode()).hexdigest()


def _has_image(raw: Any) -> bool:
    return any(_images(raw))


def _images(raw: Any) -> Iterator[Any]:
    if isinstance(raw, dict):
        yield raw.get("image")
        for value in raw.values():
            yield from _images(value)
    elif isinstance(raw, list):
        for value in raw:
            yield from _images(value)
