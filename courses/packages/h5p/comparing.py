"""The libraries of a package beside those that are installed."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from courses.packages.h5p.libraries import Library, LibraryIndex


class Change(StrEnum):
    """What installing one library would do."""

    NEW = "new"
    NEWER = "newer"  # a newer patch
    SAME = "same"  # the same version and the same bytes
    OLDER = "older"  # an older patch: never installed over a newer one
    OTHER_BYTES = "other-bytes"  # the same version, but not the same: refused


@dataclass(frozen=True, slots=True)
class LibraryChange:
    """``installed`` is None for a new library. ``changed_files``: paths that were added, changed or removed."""

    library: Library
    installed: Library | None
    change: Change
    changed_files: tuple[str, ...] = ()


def compare_libraries(libraries: Iterable[Library], installed: LibraryIndex) -> tuple[LibraryChange, ...]:
    """What each library of a package is, seen from here. Hashes are of the bytes as they came in the package."""
    return tuple(_compare(library, installed.find(library.name)) for library in libraries)


def _compare(library: Library, installed: Library | None) -> LibraryChange:
    if installed is None:
        return LibraryChange(library, None, Change.NEW)
    ours = {file.path: file.source_sha256 for file in installed.files}
    theirs = {file.path: file.source_sha256 for file in library.files}
    changed = tuple(
        sorted(path for path in ours.keys() | theirs.keys() if ours.get(path) != theirs.get(path))
    )
    if library.patch != installed.patch:
        newer = library.patch > installed.patch
        return LibraryChange(library, installed, Change.NEWER if newer else Change.OLDER, changed)
    return LibraryChange(library, installed, Change.OTHER_BYTES if changed else Change.SAME, changed)
