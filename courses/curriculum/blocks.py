"""The blocks of a lesson as its file gives them.

Fields named `html` or `easy_html` hold safe HTML of p, ul, ol, li, strong, em, a, h3 and br only. All other
texts are plain. Both carry furigana as `{漢字|かんじ}` (see `courses.readability.ruby`). "" means none.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

CalloutKind = Literal["tip", "caution", "example", "term"]


@dataclass(frozen=True, slots=True)
class TextBlock:
    heading: str
    html: str
    easy_html: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    title: str
    html: str


@dataclass(frozen=True, slots=True)
class StepsBlock:
    title: str
    steps: tuple[Step, ...]
    easy_html: str = ""


@dataclass(frozen=True, slots=True)
class CalloutBlock:
    kind: CalloutKind
    title: str
    html: str
    easy_html: str = ""


@dataclass(frozen=True, slots=True)
class TableBlock:
    """Every row has as many cells as `header`."""

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    easy_html: str = ""


@dataclass(frozen=True, slots=True)
class ChecklistBlock:
    title: str
    items: tuple[str, ...]
    easy_html: str = ""


@dataclass(frozen=True, slots=True)
class DeclarationBlock:
    """行動宣言: the learner answers `prompt` in free text. A line break in it starts a new paragraph."""

    title: str
    prompt: str
    easy_html: str = ""


Block = TextBlock | StepsBlock | CalloutBlock | TableBlock | ChecklistBlock | DeclarationBlock
