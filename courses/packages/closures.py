"""What a page with a package loads: its libraries, as one script and one style instead of dozens of files."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import NamedTuple

from django.conf import settings

from courses.blobs.models import path_of
from courses.packages import h5p
from courses.packages.enums import LibraryStatus
from courses.packages.models import Library, LibraryFile, PackageVersion
from courses.packages.rules import closure_key, joined_scripts, joined_styles
from courses.packages.storing import as_core


class Pinned(NamedTuple):
    """A library of a version: the row and the core's view of it."""

    row: Library
    core: h5p.Library


@dataclass(frozen=True)
class Closure:
    """All libraries of a version in their order of loading. ``scripts`` and ``styles`` are names of joined files."""

    pinned: tuple[Pinned, ...]
    scripts: str
    styles: str

    @property
    def libraries(self) -> tuple[h5p.Library, ...]:
        return tuple(one.core for one in self.pinned)


def is_blocked(version: PackageVersion) -> bool:
    """Whether a library that the version is pinned to must not run."""
    return version.libraries.filter(library__status=LibraryStatus.BLOCKED).exists()


def closure_path(name: str) -> Path:
    return Path(settings.PACKAGE_ROOT) / "closures" / name


def closure_of(version: PackageVersion) -> Closure:
    """Two queries when the joined files are there already. Raises OSError when they cannot be written."""
    rows = [pin.library for pin in version.libraries.select_related("library").order_by("weight").all()]
    pinned = tuple(Pinned(row, as_core(row)) for row in rows)
    key = closure_key(row.tree_sha for row in rows)
    closure = Closure(pinned, f"{key}.js", f"{key}.css")
    if not (closure_path(closure.scripts).exists() and closure_path(closure.styles).exists()):
        _write(closure)
    return closure


def _write(closure: Closure) -> None:
    libraries = closure.libraries
    trees = {one.core.name: one.row for one in closure.pinned}
    scripts = [(trees[library.name], path) for library, path in h5p.ordered_scripts(libraries)]
    styles = [(trees[library.name], path) for library, path in h5p.ordered_styles(libraries)]
    data = _bytes_of([*scripts, *styles])
    joined = joined_scripts([(f"{row}/{path}", data[row.pk, path]) for row, path in scripts])
    _keep(closure.scripts, joined)
    named = [(f"../libraries/{row.tree_sha}/{path}", data[row.pk, path]) for row, path in styles]
    _keep(closure.styles, joined_styles(named))


def _bytes_of(wanted: Sequence[tuple[Library, str]]) -> dict[tuple[int, str], bytes]:
    """By (library, path); a file that library.json names and the folder does not hold was refused at the import."""
    files = LibraryFile.objects.filter(library__in={row for row, _path in wanted})
    blobs = {(file.library_id, file.path): file.blob_id for file in files.only("library", "path", "blob")}
    return {(row.pk, path): path_of(blobs[row.pk, path]).read_bytes() for row, path in wanted}


def _keep(name: str, data: bytes) -> None:
    target = closure_path(name)
    target.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=target.parent, delete=False) as file:
        file.write(data)
    made = Path(file.name)
    made.chmod(0o644)
    made.replace(target)
