"""From the blocks of a lesson file to the raw data of the lesson's StreamField.

Block ids are the same in every install and stay when other kinds of blocks are added: ``uuid5`` of the lesson and of
the block's kind and its number among its kind. A block that records leans on its id.
"""

import re
import uuid
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from courses.curriculum.blocks import (
    Block,
    CalloutBlock,
    ChecklistBlock,
    DeclarationBlock,
    StepsBlock,
    TableBlock,
    TextBlock,
)

Raw = dict[str, Any]

_BREAK = re.compile(r"<br\s*/?>\n?")
_AFTER_BLOCK = re.compile(r"(</(?:p|ul|ol|li|h3)>|<(?:ul|ol|li)>)\s+")
_INLINE = re.compile(r"<(/?)(strong|em)>")
_EDITOR_TAGS = {"strong": "b", "em": "i"}


def lesson_stream(lesson: uuid.UUID, blocks: Iterable[Block]) -> list[Raw]:
    counts: Counter[str] = Counter()
    stream = []
    for block in blocks:
        kind = _kind(block)
        counts[kind] += 1
        block_id = uuid.uuid5(lesson, f"{kind}-{counts[kind]}")
        stream.append({"type": kind, "id": str(block_id), "value": _value(block, block_id)})
    return stream


def _kind(block: Block) -> str:
    return type(block).__name__.removesuffix("Block").lower()


def _value(block: Block, block_id: uuid.UUID) -> Raw:
    easy = {"easy": editor_html(block.easy_html)}
    match block:
        case TextBlock():
            return {"heading": block.heading, "body": editor_html(block.html), **easy}
        case CalloutBlock():
            return {"kind": block.kind, "title": block.title, "body": editor_html(block.html), **easy}
        case StepsBlock():
            steps = [
                {"title": step.title, "body": editor_html(step.html), "easy": "", "image": None}
                for step in block.steps
            ]
            return {"title": block.title, "steps": item_list(block_id, "step", steps), **easy}
        case TableBlock():
            rows = [
                item_list(block_id, f"row-{number}", row) for number, row in enumerate(block.rows, start=1)
            ]
            header = item_list(block_id, "header", block.header)
            return {
                "caption": block.caption,
                "header": header,
                "rows": item_list(block_id, "row", rows),
                **easy,
            }
        case ChecklistBlock():
            return {"title": block.title, "items": item_list(block_id, "item", block.items), **easy}
        case DeclarationBlock():
            return {"title": block.title, "prompt": block.prompt, **easy}


def editor_html(html: str) -> str:
    """The same text as Wagtail's editor writes it: it stumbles over ``<br>``, and ``<strong>`` would look changed."""
    html = _BREAK.sub("<br/>", html)
    html = _INLINE.sub(lambda match: f"<{match[1]}{_EDITOR_TAGS[match[2]]}>", html)
    return _AFTER_BLOCK.sub(r"\1", html)


def item_list(block_id: uuid.UUID, name: str, values: Sequence[Any]) -> list[Raw]:
    """What a ListBlock keeps: each value with an id of its own."""
    return [
        {"type": "item", "id": str(uuid.uuid5(block_id, f"{name}-{number}")), "value": value}
        for number, value in enumerate(values, start=1)
    ]


def plain_stream(page: uuid.UUID, kind: str, values: Sequence[Any]) -> list[Raw]:
    """A StreamField with one kind of block: objectives, planned lessons."""
    return [
        {"type": kind, "id": str(uuid.uuid5(page, f"{kind}-{number}")), "value": value}
        for number, value in enumerate(values, start=1)
    ]
