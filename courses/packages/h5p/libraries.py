"""Libraries: their names, and what library.json says of them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from courses.packages.h5p.files import PackageFile, tree_hash

MACHINE_NAME = re.compile(r"[A-Za-z0-9_\-.]{1,255}")
VERSION_NUMBER = re.compile(r"[0-9]{1,5}")


@dataclass(frozen=True, slots=True, order=True)
class LibraryName:
    """A library and its minor version: what others ask for. One patch of it is in use at a time."""

    machine_name: str
    major: int
    minor: int

    def __str__(self) -> str:
        """``H5P.Example 1.2``, as content.json names it."""
        return f"{self.machine_name} {self.major}.{self.minor}"

    @property
    def folder(self) -> str:
        """``H5P.Example-1.2``."""
        return f"{self.machine_name}-{self.major}.{self.minor}"

    @classmethod
    def parse(cls, text: object) -> "LibraryName | None":
        """From ``H5P.Example 1.2``; None for anything else."""
        if not isinstance(text, str) or len(text) > 300:
            return None
        name, _, version = text.partition(" ")
        major, dot, minor = version.partition(".")
        numbers = VERSION_NUMBER.fullmatch(major) and VERSION_NUMBER.fullmatch(minor)
        return cls(name, int(major), int(minor)) if dot and numbers and MACHINE_NAME.fullmatch(name) else None


def version_number(value: object) -> int | None:
    """A version number as found in real files: 1 or "1"; None for anything else."""
    if isinstance(value, bool) or not isinstance(value, int | str):
        return None
    return int(value) if VERSION_NUMBER.fullmatch(str(value)) else None


@dataclass(frozen=True, slots=True)
class Library:
    """One library as read from its folder, or as installed. Sizes in bytes, hashes in hex.

    ``semantics`` is the parsed semantics.json (a list of fields), empty where there is none. ``scripts`` and
    ``styles`` are paths in its folder in the order in which they are to be loaded.
    """

    name: LibraryName
    patch: int
    title: str = ""
    runnable: bool = False
    core_api: tuple[int, int] | None = None
    scripts: tuple[str, ...] = ()
    styles: tuple[str, ...] = ()
    preloaded: tuple[LibraryName, ...] = ()
    dynamic: tuple[LibraryName, ...] = ()
    editor: tuple[LibraryName, ...] = ()
    drops_styles_of: tuple[str, ...] = ()
    fullscreen: bool = False
    is_addon: bool = False
    author: str = ""
    license: str = ""
    description: str = ""
    folder: str = ""
    semantics: Sequence[Mapping[str, Any]] = ()
    files: tuple[PackageFile, ...] = ()
    raw: Mapping[str, Any] = field(default_factory=dict, compare=False)

    @property
    def version(self) -> str:
        return f"{self.name.major}.{self.name.minor}.{self.patch}"

    @property
    def size(self) -> int:
        return sum(file.size for file in self.files)

    @property
    def tree_sha256(self) -> str:
        return tree_hash(self.files)


class LibraryIndex(Protocol):
    """Where libraries are looked up: those installed, those of a package, or several after each other."""

    def find(self, name: LibraryName) -> Library | None: ...


class Libraries:
    """An index in memory. With ``then``, what is not found here is looked up there."""

    def __init__(self, libraries: Sequence[Library] = (), then: LibraryIndex | None = None) -> None:
        self._by_name = {library.name: library for library in libraries}
        self._then = then

    def find(self, name: LibraryName) -> Library | None:
        found = self._by_name.get(name)
        return found if found is not None or self._then is None else self._then.find(name)


NO_LIBRARIES = Libraries()
