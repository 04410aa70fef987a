"""How a lesson is cut into screens and addressed, free of pages and databases."""

import re
import unicodedata
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

RECORDING_KINDS = ("declaration", "package")
"""Kinds of blocks that leave a record of their own."""

_HYPHENS = str.maketrans(dict.fromkeys("‐‑‒–—―−ー－﹣ｰ", "-"))
_STEP_DIGITS = 4
_LIST = re.compile(r"<(ul|ol)[^>]*>(?P<items>.*?)</\1>", re.DOTALL)
_ITEM = re.compile(r"<li[^>]*>(.*?)</li>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class BlockShape:
    """What planning needs to know of a block: ``steps`` is the number of steps of a steps block, else 0."""

    id: str
    kind: str
    steps: int = 0
    has_heading: bool = False


@dataclass(frozen=True, slots=True)
class Screen:
    """What is shown at once in the large face. ``number`` counts from 1.

    ``block`` is the block's place in the body, None on the last screen, where the lesson is finished.
    ``step`` counts the steps of a steps block from 1, None where the whole block is the screen.
    """

    number: int
    block: int | None
    block_id: str = ""
    step: int | None = None
    steps: int = 0

    @property
    def is_finish(self) -> bool:
        return self.block is None


def plan_screens(blocks: Iterable[BlockShape]) -> tuple[Screen, ...]:
    """A screen for every block, one for each step of a steps block, and one at the end to finish on."""
    screens: list[Screen] = []
    for index, block in enumerate(blocks):
        steps: Sequence[int | None] = range(1, block.steps + 1) if block.steps else (None,)
        for step in steps:
            screens.append(Screen(len(screens) + 1, index, block.id, step, block.steps))
    return (*screens, Screen(len(screens) + 1, None))


def step_number(text: str | int | None) -> int:
    """The step that somebody asked for in an address; 0 for what is none."""
    digits = str(text or "")
    return int(digits) if digits.isdecimal() and len(digits) <= _STEP_DIGITS else 0


def screen_at(screens: Sequence[Screen], wanted: str | int | None) -> Screen:
    """The wanted screen; what is no number gives the first, what lies beyond the end gives the last."""
    return screens[min(max(step_number(wanted), 1), len(screens)) - 1]


def first_screens(screens: Iterable[Screen]) -> dict[int, int]:
    """Block place to the number of its first screen: the anchors of the flowing faces."""
    numbers: dict[int, int] = {}
    for screen in screens:
        if screen.block is not None:
            numbers.setdefault(screen.block, screen.number)
    return numbers


def heading_levels(blocks: Iterable[BlockShape]) -> tuple[int, ...]:
    """The level of each block's heading: text headings are the lesson's sections (2); what follows one is below it.

    No level is left out, so that a lesson without sections starts its blocks at 2.
    """
    levels: list[int] = []
    below = 2
    for block in blocks:
        if block.kind == "text" and block.has_heading:
            levels.append(2)
            below = 3
        else:
            levels.append(below)
    return tuple(levels)


def block_activity_uuid(activity: uuid.UUID, block_id: str) -> uuid.UUID:
    """The identity of a block that records: the same in every install and every translation."""
    return uuid.uuid5(activity, block_id)


def first_screen(screens: Iterable[Screen], block_id: str) -> int:
    """The screen that the block begins on; 1 where there is none such."""
    return next((screen.number for screen in screens if screen.block_id == block_id), 1)


def screen_of_block(activity: uuid.UUID, blocks: Sequence[BlockShape], wanted: str) -> int:
    """The first screen of the block whose own activity is ``wanted``; 0 where the lesson has none such."""
    screens = plan_screens(blocks)
    found = (screen.number for screen in screens if not screen.is_finish)
    return next(
        (n for n in found if str(block_activity_uuid(activity, screens[n - 1].block_id)) == wanted), 0
    )


def normal_code(text: str) -> str:
    """A short code as somebody may have typed it from a sheet of paper: full width, small letters, any dash."""
    plain = unicodedata.normalize("NFKC", text).translate(_HYPHENS)
    return "".join(char for char in plain if char.isprintable() and char != " ").strip("-/").upper()


def minutes_left(minutes: int, number: int, total: int) -> int:
    """An honest guess of what is still to read: at least a minute as long as anything is left."""
    if total <= 1 or number >= total:
        return 0
    return max(1, round(minutes * (total - number) / total))


def easy_points(html: str, count: int) -> tuple[str, list[str]]:
    """The text around the one list of ``count`` points in an easy text, and these points; no points where it has none."""
    lists = list(_LIST.finditer(html))
    if len(lists) != 1:
        return html, []
    items = [item.strip() for item in _ITEM.findall(lists[0]["items"])]
    if len(items) != count:
        return html, []
    return html[: lists[0].start()] + html[lists[0].end() :], items
