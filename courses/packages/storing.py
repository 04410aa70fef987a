"""From the core's files to blobs, and from rows back to the core's libraries."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from courses.blobs.actions import BlobWriter
from courses.packages.enums import LibraryStatus
from courses.packages.h5p import library_json
from courses.packages.h5p.files import PackageFile
from courses.packages.h5p.libraries import Library as CoreLibrary
from courses.packages.h5p.libraries import LibraryName
from courses.packages.h5p.problems import Problems
from courses.packages.models import Library


class BlobSink:
    """Keeps the files of a package as blobs: those of ``content/``, or those of its libraries.

    A blob that no row comes to need is taken away by the sweep, so that a package which turns out bad, or a worker
    that is killed, leaves nothing for good.
    """

    def __init__(self, *, content: bool, at: datetime) -> None:
        self.content, self.at = content, at

    def begin(self, path: str) -> "_BlobFile | None":
        if path.startswith("content/") != self.content or "/" not in path:
            return None
        return _BlobFile(BlobWriter(at=self.at))


class WholeBlobSink:
    """Keeps every file of a package as a blob: those of SCORM and cmi5."""

    def __init__(self, *, at: datetime) -> None:
        self.at = at

    def begin(self, path: str) -> "_BlobFile":
        return _BlobFile(BlobWriter(at=self.at))


class _BlobFile:
    def __init__(self, writer: BlobWriter) -> None:
        self._writer = writer.__enter__()

    def write(self, piece: bytes) -> object:
        return self._writer.write(piece)

    def finish(self, file: PackageFile) -> None:
        self._writer.__exit__(None, None, None)

    def abandon(self) -> None:
        self._writer.__exit__(RuntimeError, None, None)


class InstalledLibraries:
    """The core's view of what is installed (``LibraryIndex``): the active patch of each minor version.

    All are read at once, without their files; ``rows`` gives the row behind a library of the core.
    """

    def __init__(self) -> None:
        self.rows: Mapping[LibraryName, Library] = {
            name_of(row): row for row in Library.objects.filter(status=LibraryStatus.ACTIVE)
        }
        self._read: dict[LibraryName, CoreLibrary] = {}

    def find(self, name: LibraryName) -> CoreLibrary | None:
        if name not in self._read and name in self.rows:
            self._read[name] = as_core(self.rows[name])
        return self._read.get(name)


def name_of(row: Library) -> LibraryName:
    return LibraryName(row.machine_name, row.major, row.minor)


def as_core(row: Library) -> CoreLibrary:
    """The library as the core knows it; its library.json was found good when it was installed."""
    name = name_of(row)
    read = library_json.read_library(name.folder, row.meta, Problems())
    if read is None:
        raise ValueError(f"{row}: stored library.json is not readable any more")
    return replace(read, semantics=row.semantics)
