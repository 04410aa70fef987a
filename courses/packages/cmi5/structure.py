"""A course structure as values: a course of blocks and assignable units (AUs), to JSON and back."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

AU_NAME = "cmi5.xml"
Texts = Mapping[str, str]
"""Language tag → text; the tag is ``und`` where the file tells none."""
_ABSOLUTE = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)


def is_absolute(url: str) -> bool:
    """Whether an address names its own host; any other one is a file of the package."""
    return _ABSOLUTE.match(url) is not None or url.startswith("//")


@dataclass(frozen=True)
class Au:
    """One unit that is launched (13.1.4). ``mastery_score`` 0…1 as it was written, "" where there is none.

    ``path``: the file of the package that ``url`` names, as the package spells it; "" for an AU elsewhere.
    """

    id: str
    title: Texts
    url: str
    description: Texts = field(default_factory=dict)
    path: str = ""
    launch_method: str = "AnyWindow"
    move_on: str = "NotApplicable"
    mastery_score: str = ""
    launch_parameters: str | None = None
    entitlement_key: str | None = None
    activity_type: str = ""
    objectives: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        return {"au": {**self.__dict__, "objectives": list(self.objectives)}}


@dataclass(frozen=True)
class Block:
    """A group of AUs and blocks (13.1.2)."""

    id: str
    title: Texts
    children: "tuple[Au | Block, ...]"
    description: Texts = field(default_factory=dict)
    objectives: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        return {"block": _group(self)}


@dataclass(frozen=True)
class Course:
    """The whole (13.1.1). ``objectives``: id → title."""

    id: str
    title: Texts
    children: tuple[Au | Block, ...]
    description: Texts = field(default_factory=dict)
    objectives: Mapping[str, Texts] = field(default_factory=dict)

    @property
    def aus(self) -> tuple[Au, ...]:
        """All AUs in the order of the file."""
        return tuple(_aus(self.children))

    @property
    def blocks(self) -> "tuple[Block, ...]":
        """All blocks, outer ones before those in them."""
        return tuple(_blocks(self.children))

    def as_json(self) -> dict[str, Any]:
        return {**_group(self), "objectives": {key: dict(told) for key, told in self.objectives.items()}}

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> "Course":
        """What ``as_json`` gave."""
        return cls(**{**value, "children": _children(value["children"])})


def _group(one: Block | Course) -> dict[str, Any]:
    told: dict[str, Any] = {**one.__dict__, "children": [child.as_json() for child in one.children]}
    return {**told, "objectives": list(one.objectives)}


def _children(value: list[dict[str, Any]]) -> tuple[Au | Block, ...]:
    return tuple(_child(one) for one in value)


def _child(value: dict[str, Any]) -> Au | Block:
    if "au" in value:
        told = value["au"]
        return Au(**{**told, "objectives": tuple(told["objectives"])})
    told = value["block"]
    return Block(**{**told, "objectives": tuple(told["objectives"]), "children": _children(told["children"])})


def _aus(children: tuple[Au | Block, ...]) -> Iterator[Au]:
    for child in children:
        if isinstance(child, Au):
            yield child
        else:
            yield from _aus(child.children)


def _blocks(children: tuple[Au | Block, ...]) -> Iterator[Block]:
    for child in children:
        if isinstance(child, Block):
            yield child
            yield from _blocks(child.children)
