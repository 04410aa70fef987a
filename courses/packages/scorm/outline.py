"""The shapes that a manifest becomes."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any


class ManifestError(ValueError):
    """The manifest cannot be used. ``code`` names why; ``detail`` is what was found."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code}: {detail}" if detail else code)
        self.code, self.detail = code, detail


@dataclass(frozen=True, slots=True)
class Warned:
    """Something that was read over or is not supported; the package can be taken all the same."""

    code: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Sco:
    """What an item launches. ``path`` is the file in the package, ``query`` what follows it, with ``?`` or ``#``.

    ``mastery_score`` 0–100 (1.2); ``min_normalized`` −1…1 and ``completion_threshold`` 0–1 (2004).
    ``tracks``: a SCO that talks to the platform; an asset only shows.
    """

    path: str
    query: str = ""
    tracks: bool = True
    mastery_score: float | None = None
    min_normalized: float | None = None
    completion_threshold: float | None = None
    max_time_allowed: str = ""
    time_limit_action: str = ""
    launch_data: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the outline; ``sco`` is None for a heading. ``prerequisites`` are identifiers, all of them needed."""

    identifier: str
    title: str
    sco: Sco | None = None
    children: tuple["Item", ...] = ()
    prerequisites: tuple[str, ...] = ()
    visible: bool = True

    def walk(self) -> Iterator["Item"]:
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, slots=True)
class Manifest:
    """One organization of a package. ``version``: ``1.2`` or ``2004``; ``edition`` as the file says it.

    ``root`` is the folder that the paths are relative to ("" or "folder/"). ``choice`` and ``flow``: whether a learner
    may pick from the menu and go on with a button.
    """

    version: str
    edition: str
    identifier: str
    title: str
    items: tuple[Item, ...]
    root: str = ""
    choice: bool = True
    flow: bool = True
    warnings: tuple[Warned, ...] = ()

    def walk(self) -> Iterator[Item]:
        for item in self.items:
            yield from item.walk()

    @property
    def scos(self) -> tuple[Item, ...]:
        """The items that launch something, in the order of the outline."""
        return tuple(item for item in self.walk() if item.sco is not None)

    def as_json(self) -> dict[str, Any]:
        """For the row of the version; ``from_json`` is not needed: a version reads its file again when in doubt."""
        return {
            "version": self.version,
            "edition": self.edition,
            "identifier": self.identifier,
            "title": self.title,
            "root": self.root,
            "choice": self.choice,
            "flow": self.flow,
            "items": [_item_json(item) for item in self.items],
        }


def _item_json(item: Item) -> dict[str, Any]:
    sco = item.sco
    launched = None if sco is None else {name: getattr(sco, name) for name in Sco.__slots__}
    return {
        "identifier": item.identifier,
        "title": item.title,
        "sco": launched,
        "prerequisites": list(item.prerequisites),
        "visible": item.visible,
        "children": [_item_json(child) for child in item.children],
    }
