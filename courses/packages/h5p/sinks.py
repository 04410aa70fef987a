"""Where the files of a package go while it is read.

A sink sees each file once, in pieces, and learns its hash at the end: a content-addressed store writes to a
temporary place and renames. Whether the package as a whole is good is known only after the last file; until then a
sink keeps what it got apart.
"""

import shutil
from pathlib import Path
from typing import BinaryIO, Protocol

from courses.packages.h5p.files import PackageFile
from courses.packages.h5p.names import is_safe


class FileWriter(Protocol):
    """Takes the bytes of one file. Either ``finish`` or ``abandon`` is called once, and nothing after it."""

    def write(self, piece: bytes) -> object: ...

    def finish(self, file: PackageFile) -> None: ...

    def abandon(self) -> None: ...


class Sink(Protocol):
    """Opens a writer for a file, or answers None for one whose bytes are not wanted (it is checked all the same)."""

    def begin(self, path: str) -> FileWriter | None: ...


class NullSink:
    """Keeps nothing: for looking at a package."""

    def begin(self, path: str) -> FileWriter | None:
        return None


class DirectorySink:
    """Writes below a folder that must not exist yet or be empty; a file appears under its name when it is whole."""

    def __init__(self, root: Path) -> None:
        root.mkdir(parents=True, exist_ok=True)
        if any(root.iterdir()):
            raise FileExistsError(root)
        self.root = root.resolve()

    def begin(self, path: str) -> FileWriter:
        if not is_safe(path):
            raise ValueError(path)
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        return _PlainFile(target)

    def remove(self) -> None:
        """Take everything away again, for a package that turned out bad."""
        shutil.rmtree(self.root, ignore_errors=True)


class _PlainFile:
    def __init__(self, target: Path) -> None:
        self._target = target
        self._part = target.with_name(f"{target.name[:100]}.part")
        self._file: BinaryIO = self._part.open("xb")

    def write(self, piece: bytes) -> object:
        return self._file.write(piece)

    def finish(self, file: PackageFile) -> None:
        self._file.close()
        self._part.rename(self._target)

    def abandon(self) -> None:
        self._file.close()
        self._part.unlink(missing_ok=True)
