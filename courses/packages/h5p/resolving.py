"""Which libraries a content needs, and in which order they are loaded.

Real exports list the flat closure, hand-made files only the main library; so the list, the dependencies of each
library and the ``library`` strings in the content are all followed.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from courses.packages.h5p.codes import Code
from courses.packages.h5p.libraries import Library, LibraryIndex, LibraryName
from courses.packages.h5p.problems import Problems


class Kind(StrEnum):
    """How one library depends on another."""

    PRELOADED = "preloaded"
    DYNAMIC = "dynamic"
    EDITOR = "editor"


@dataclass(frozen=True, slots=True)
class Missing:
    """A library that is needed and nowhere to be found. ``needed_by`` is None for the package itself."""

    name: LibraryName
    kind: Kind
    needed_by: LibraryName | None = None


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two minor versions of one library cannot be loaded in one page; the first that was met stays."""

    wanted: LibraryName
    taken: LibraryName
    needed_by: LibraryName | None


@dataclass(frozen=True, slots=True)
class Resolution:
    """``ordered``: every library to load, dependencies before dependents."""

    ordered: tuple[Library, ...]
    missing: tuple[Missing, ...]
    conflicts: tuple[Conflict, ...]

    @property
    def is_complete(self) -> bool:
        """Whether the content can be played: only editor libraries may be missing."""
        return all(missing.kind == Kind.EDITOR for missing in self.missing)

    @property
    def names(self) -> tuple[LibraryName, ...]:
        return tuple(library.name for library in self.ordered)


def resolve(roots: Iterable[LibraryName], index: LibraryIndex) -> Resolution:
    """The closure of some libraries over their preloaded dependencies.

    Depth first; cycles are cut where they close; of two minor versions the first met wins; dynamic and editor
    dependencies are looked for but not loaded (what a content really uses stands among the roots).
    """
    return _Walk(index).run(tuple(roots))


Step = tuple[Library, Iterator[LibraryName]]


class _Walk:
    def __init__(self, index: LibraryIndex) -> None:
        self._index = index
        self._taken: dict[str, LibraryName] = {}
        self._ordered: list[Library] = []
        self._missing: dict[tuple[LibraryName, Kind], Missing] = {}
        self._conflicts: dict[tuple[LibraryName, LibraryName | None], Conflict] = {}

    def run(self, roots: tuple[LibraryName, ...]) -> Resolution:
        for root in roots:
            self._descend(root)
        return Resolution(
            tuple(self._ordered), tuple(self._missing.values()), tuple(self._conflicts.values())
        )

    def _descend(self, root: LibraryName) -> None:
        """With a stack of its own, so that a chain of any length cannot overflow Python's."""
        stack: list[Step] = []
        self._enter(root, None, stack)
        while stack:
            library, waiting = stack[-1]
            following = next(waiting, None)
            if following is None:
                self._ordered.append(library)
                stack.pop()
            else:
                self._enter(following, library.name, stack)

    def _enter(self, name: LibraryName, needed_by: LibraryName | None, stack: list[Step]) -> None:
        taken = self._taken.get(name.machine_name)
        if taken is not None:
            if taken != name:
                self._conflicts.setdefault((name, needed_by), Conflict(name, taken, needed_by))
            return
        library = self._index.find(name)
        if library is None:
            self._missing.setdefault((name, Kind.PRELOADED), Missing(name, Kind.PRELOADED, needed_by))
            return
        self._taken[name.machine_name] = name
        self._look_for_others(library)
        stack.append((library, iter(library.preloaded)))

    def _look_for_others(self, library: Library) -> None:
        for kind, names in ((Kind.DYNAMIC, library.dynamic), (Kind.EDITOR, library.editor)):
            for name in names:
                if self._index.find(name) is None:
                    self._missing.setdefault((name, kind), Missing(name, kind, library.name))


def libraries_in(value: Any) -> tuple[LibraryName, ...]:
    """Every ``"library": "H5P.X 1.2"`` in a content, each once, inner ones before those around them."""
    found: list[LibraryName] = []
    _collect(value, found)
    return tuple(dict.fromkeys(found))


def _collect(value: Any, found: list[LibraryName]) -> None:
    """Recursion is bounded by the depth that strict JSON allows."""
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for item in inside:
        if isinstance(item, dict | list):
            _collect(item, found)
    name = LibraryName.parse(value.get("library")) if isinstance(value, dict) else None
    if name is not None:
        found.append(name)


def note_resolution(resolution: Resolution, main: LibraryName, problems: Problems) -> None:
    """Missing libraries as errors (those of the editor as warnings), conflicts as warnings."""
    for missing in resolution.missing:
        if missing.kind == Kind.EDITOR:
            problems.add(Code.MISSING_EDITOR_DEPENDENCY, library=missing.name, needed_by=missing.needed_by)
        elif missing.name == main:
            problems.add(Code.MISSING_MAIN_LIBRARY, library=missing.name)
        elif missing.needed_by is None:
            problems.add(Code.MISSING_REQUIRED_LIBRARY, library=missing.name)
        else:
            problems.add(Code.MISSING_LIBRARY_DEPENDENCY, library=missing.name, needed_by=missing.needed_by)
    for conflict in resolution.conflicts:
        problems.add(
            Code.LIBRARY_VERSION_CONFLICT,
            library=conflict.wanted,
            taken=conflict.taken,
            needed_by=conflict.needed_by or "h5p.json",
        )
