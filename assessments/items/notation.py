"""Options and key as an author types them, one a line.

Choices: the right ones begin with ``*``. Things to order: in the right order. Matching: ``left = right``; a line
``= right`` is a right side that nothing matches. Short text: the accepted answers. A backslash makes ``*`` and ``=``
mean themselves; full-width ``＊`` and ``＝`` do as well as the half-width ones.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from assessments.items.enums import ItemKind

_STAR = re.compile(r"[*＊]\s*")
_EQUALS = re.compile(r"(?<!\\)[=＝]")
_ESCAPED = re.compile(r"\\([*＊=＝])")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True)
class Content:
    """``options`` and ``key`` in the shapes of ``ItemVersion``."""

    options: Any
    key: Any


def read(kind: str, text: str, previous: Any = None) -> Content:
    """What the lines say. ``previous`` are the options of the version before: a text that stays keeps its id."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    match kind:
        case ItemKind.SHORT_TEXT:
            return Content([], lines)
        case ItemKind.MATCHING:
            return _read_matching(lines, previous if isinstance(previous, Mapping) else {})
        case ItemKind.ORDERING:
            return _read_order([_plain(line) for line in lines], _listed(previous))
    marked = [_STAR.match(line) for line in lines]
    texts = [_plain(line[star.end() :] if star else line) for line, star in zip(lines, marked, strict=True)]
    options = _with_ids(texts, _listed(previous))
    return Content(options, [option["id"] for option, star in zip(options, marked, strict=True) if star])


def write(kind: str, options: Any, key: Any) -> str:
    """The lines that ``read`` turns into these options and this key."""
    return "\n".join(_lines(kind, options, key))


def _lines(kind: str, options: Any, key: Any) -> Iterator[str]:
    match kind:
        case ItemKind.SHORT_TEXT:
            yield from key
        case ItemKind.MATCHING:
            yield from _matching_lines(options, key)
        case ItemKind.ORDERING:
            texts = {option["id"]: option["text"] for option in options}
            yield from (_escaped(texts[id_]) for id_ in key)
        case _:
            yield from (("* " if o["id"] in key else "") + _escaped(o["text"]) for o in options)


def _matching_lines(options: Any, key: Any) -> Iterator[str]:
    rights = {option["id"]: option["text"] for option in options["right"]}
    for option in options["left"]:
        yield f"{_escaped(option['text'])} = {_escaped(rights[key[option['id']]])}"
    yield from (f"= {_escaped(text)}" for id_, text in rights.items() if id_ not in key.values())


def _read_order(texts: list[str], previous: list[dict[str, str]]) -> Content:
    """The list keeps the place that things had before, so that an unchanged question stays unchanged."""
    options = _with_ids(texts, previous)
    ids = {option["text"]: option["id"] for option in options}
    places = {option["id"]: place for place, option in enumerate(previous)}
    options.sort(key=lambda option: places.get(option["id"], len(places)))
    return Content(options, [ids[text] for text in texts])


def _read_matching(lines: list[str], previous: Mapping[str, Any]) -> Content:
    pairs = [_pair(line) for line in lines]
    left = _with_ids([first for first, _second in pairs if first], _listed(previous.get("left")))
    old_right = _listed(previous.get("right"))
    right = _with_ids(dict.fromkeys(second for _first, second in pairs if second), old_right)
    places = {option["id"]: place for place, option in enumerate(old_right)}
    right.sort(key=lambda option: places.get(option["id"], len(places)))
    ids = {option["text"]: option["id"] for option in right}
    chosen = [second for first, second in pairs if first]
    key = {option["id"]: ids[second] for option, second in zip(left, chosen, strict=True) if second}
    return Content({"left": left, "right": right}, key)


def _pair(line: str) -> tuple[str, str]:
    left, *rest = _EQUALS.split(line, maxsplit=1)
    return _plain(left), _plain(rest[0]) if rest else ""


def _with_ids(texts: Iterable[str], previous: list[dict[str, str]]) -> list[dict[str, str]]:
    known = {option["text"]: option["id"] for option in reversed(previous)}
    fresh = _fresh_ids({option["id"] for option in previous})
    return [{"id": known.pop(text, "") or next(fresh), "text": text} for text in texts]


def _fresh_ids(taken: set[str]) -> Iterator[str]:
    yield from (letter for letter in _LETTERS if letter not in taken)
    number = 1
    while True:
        if f"o{number}" not in taken:
            yield f"o{number}"
        number += 1


def _listed(options: Any) -> list[dict[str, str]]:
    return list(options) if isinstance(options, list) else []


def _plain(text: str) -> str:
    return _ESCAPED.sub(r"\1", text.strip())


def _escaped(text: str) -> str:
    return re.sub(r"([=＝])|\A([*＊])", lambda found: f"\\{found[0]}", text)
