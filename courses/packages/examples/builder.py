"""Builds the example packages from their source folders: the same bytes on every machine and at every time.

Used by tests and by the demo. ``python -m courses.packages.examples.builder FOLDER`` writes all files into FOLDER.
"""

import io
import json
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
LIBRARIES = HERE / "h5p" / "libraries"
H5P_PACKAGES = HERE / "h5p" / "packages"
SCORM_PACKAGES = HERE / "scorm"
# Script and style of the SCORM packages: laid into each of them as shared/.
SCORM_SHARED = SCORM_PACKAGES / "_shared"

# The oldest time that a zip file can hold: dates of a checkout must not show.
_TIME = (1980, 1, 1, 0, 0, 0)
_REGULAR_FILE = 0o100644 << 16


class UnknownExample(ValueError):
    """There is no example package of that name."""


def example_names() -> list[str]:
    """File names of all example packages, sorted: ``spot-the-scam.h5p``, …, ``….zip`` for SCORM."""
    h5p = [f"{folder.name}.h5p" for folder in _folders(H5P_PACKAGES)]
    scorm = [f"{folder.name}.zip" for folder in _folders(SCORM_PACKAGES)]
    return sorted(h5p + scorm)


def build(name: str, *, with_libraries: bool = True) -> bytes:
    """The bytes of one example package.

    ``with_libraries=False`` leaves the library folders out of an .h5p file: a file that holds content only.
    Raises UnknownExample when there is no such example.
    """
    if name not in example_names():
        raise UnknownExample(name)
    source = Path(name)
    if source.suffix == ".zip":
        return _zipped(_scorm_files(SCORM_PACKAGES / source.stem))
    return _zipped(_h5p_files(H5P_PACKAGES / source.stem, with_libraries=with_libraries))


def build_all(target: Path) -> list[Path]:
    """Write every example package into ``target`` (made when it is missing)."""
    target.mkdir(parents=True, exist_ok=True)
    written = []
    for name in example_names():
        path = target / name
        path.write_bytes(build(name))
        written.append(path)
    return written


def library_folders(package: Path) -> list[Path]:
    """Folders of the libraries that a package names in h5p.json, and of those that these need."""
    found: dict[str, Path] = {}
    waiting = _dependencies(package / "h5p.json")
    while waiting:
        name = waiting.pop()
        if name not in found:
            found[name] = LIBRARIES / name
            waiting += _dependencies(found[name] / "library.json")
    return [found[name] for name in sorted(found)]


def _folders(root: Path) -> list[Path]:
    return sorted(path for path in root.iterdir() if path.is_dir() and not path.name.startswith((".", "_")))


def _dependencies(file: Path) -> list[str]:
    data: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return [
        f"{each['machineName']}-{each['majorVersion']}.{each['minorVersion']}"
        for each in data.get("preloadedDependencies", [])
    ]


def _h5p_files(package: Path, *, with_libraries: bool) -> Iterator[tuple[str, bytes]]:
    yield from _tree(package)
    if with_libraries:
        for folder in library_folders(package):
            yield from _tree(folder, prefix=f"{folder.name}/")


def _scorm_files(package: Path) -> Iterator[tuple[str, bytes]]:
    yield from _tree(package)
    yield from _tree(SCORM_SHARED, prefix="shared/")


def _tree(folder: Path, prefix: str = "") -> Iterator[tuple[str, bytes]]:
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder)
        if path.is_file() and not any(part.startswith((".", "_")) for part in inside.parts):
            yield prefix + inside.as_posix(), path.read_bytes()


def _zipped(files: Iterator[tuple[str, bytes]]) -> bytes:
    """Stored, not deflated: how bytes are packed would depend on the machine's zlib, and the files are small."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name, data in sorted(files):
            entry = zipfile.ZipInfo(name, _TIME)
            entry.create_system = 3
            entry.external_attr = _REGULAR_FILE
            archive.writestr(entry, data)
    return buffer.getvalue()


if __name__ == "__main__":
    for built in build_all(Path(sys.argv[1])):
        sys.stdout.write(f"{built}\n")
