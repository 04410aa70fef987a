"""The files of a package, each read once, counted, checked and handed on."""

import hashlib
from collections.abc import Iterator

from courses.packages.h5p import strict_json
from courses.packages.h5p.archive import Archive, BadEntry, Entry
from courses.packages.h5p.codes import Code
from courses.packages.h5p.file_types import (
    ARCHIVE_EXTENSIONS,
    CONTENT_EXTENSIONS,
    HEAD,
    LIBRARY_EXTENSIONS,
    OLE_OFFICE,
    OPEN_OFFICE,
    agrees,
    looks_like_archive,
    media_type,
)
from courses.packages.h5p.files import PackageFile
from courses.packages.h5p.limits import Limits
from courses.packages.h5p.names import extension
from courses.packages.h5p.problems import Problems
from courses.packages.h5p.sinks import FileWriter, Sink
from courses.packages.h5p.svg import clean_svg

CONTENT = "content/"


class FileReader:
    """Reads entries of an archive. Once anything is wrong, files are still checked but no longer handed on."""

    def __init__(self, archive: Archive, limits: Limits, sink: Sink, problems: Problems) -> None:
        self._archive, self._limits, self._sink, self._problems = archive, limits, sink, problems
        self._metadata = 0

    def read_json(self, entry: Entry, *, most_bytes: int, code: Code) -> tuple[object, PackageFile] | None:
        """The value of a JSON file and its facts; the bytes that were parsed are those that are handed on.

        None when it cannot be read: then a problem with ``code`` has been noted.
        """
        if entry.size > most_bytes:
            self._problems.add(code, entry.path, reason="@json-too-large")
            return None
        data = self._whole(entry)
        if data is None:
            return None
        try:
            value = strict_json.loads(data, most_bytes=most_bytes, limits=self._limits)
        except strict_json.BadJSON as error:
            self._problems.add(code, entry.path, reason=f"@{error.reason}")
            return None
        return value, self._hand_on(entry, data, data)

    def charge_metadata(self, size: int) -> bool:
        """Whether so many bytes of parsed JSON may still be kept in memory."""
        self._metadata += size
        return self._metadata <= self._limits.metadata_total_bytes

    def read_file(self, entry: Entry) -> PackageFile | None:
        """Check a file's type and bytes and hand it on; None when something is wrong with it."""
        kind = extension(entry.path)
        if not self._may_be_here(entry, kind):
            return None
        return self._read_svg(entry) if kind == "svg" else self._pass_on(entry, kind)

    def _may_be_here(self, entry: Entry, kind: str) -> bool:
        allowed = CONTENT_EXTENSIONS if entry.path.startswith(CONTENT) else LIBRARY_EXTENSIONS
        if kind in ARCHIVE_EXTENSIONS:
            self._problems.add(Code.NESTED_ARCHIVE, entry.path)
        elif kind not in allowed:
            self._problems.add(Code.NOT_IN_WHITELIST, entry.path, type=kind)
        else:
            return True
        return False

    def _whole(self, entry: Entry) -> bytes | None:
        """All bytes of a file whose size has been found small enough."""
        try:
            return b"".join(self._archive.pieces(entry))
        except BadEntry as error:
            self._note(entry, error)
            return None

    def _note(self, entry: Entry, error: BadEntry) -> None:
        details = {"reason": f"@{error.reason}"} if error.reason else {}
        self._problems.add(error.code, entry.path, **details)

    def _read_svg(self, entry: Entry) -> PackageFile | None:
        if entry.size > self._limits.svg_bytes:
            self._problems.add(Code.FILE_SIZE_TOO_LARGE, entry.path, limit=self._limits.svg_bytes)
            return None
        data = self._whole(entry)
        clean = clean_svg(data) if data is not None else None
        if data is not None and clean is None:
            self._problems.add(Code.UNSAFE_SVG, entry.path)
        return None if data is None or clean is None else self._hand_on(entry, data, clean)

    def _begin(self, entry: Entry) -> FileWriter | None:
        return None if self._problems.errors else self._sink.begin(entry.path)

    def _hand_on(self, entry: Entry, source: bytes, data: bytes) -> PackageFile:
        file = PackageFile(
            path=entry.path.split("/", 1)[-1],
            size=len(data),
            sha256=hashlib.sha256(data).hexdigest(),
            source_sha256=hashlib.sha256(source).hexdigest(),
            media_type=media_type(extension(entry.path)),
        )
        if (writer := self._begin(entry)) is not None:
            try:
                writer.write(data)
            except BaseException:
                writer.abandon()
                raise
            writer.finish(file)
        return file

    def _pass_on(self, entry: Entry, kind: str) -> PackageFile | None:
        writer: FileWriter | None = None
        digest, begun = hashlib.sha256(), False
        try:
            for piece in self._headed(entry):
                if not begun:
                    self._check_head(kind, piece[:HEAD])
                    writer, begun = self._begin(entry), True
                digest.update(piece)
                if writer is not None:
                    writer.write(piece)
        except BadEntry as error:
            self._note(entry, error)
            if writer is not None:
                writer.abandon()
            return None
        except BaseException:
            if writer is not None:
                writer.abandon()
            raise
        sha = digest.hexdigest()
        file = PackageFile(entry.path.split("/", 1)[-1], entry.size, sha, sha, media_type(kind))
        if writer is not None:
            writer.finish(file)
        return file

    def _headed(self, entry: Entry) -> Iterator[bytes]:
        """The pieces, the first of them long enough to be judged (or the whole file); at least one, maybe empty."""
        pieces = self._archive.pieces(entry)
        head = b""
        for piece in pieces:
            head += piece
            if len(head) >= HEAD:
                break
        yield head
        yield from pieces

    def _check_head(self, kind: str, head: bytes) -> None:
        if not agrees(kind, head):
            raise BadEntry(Code.WRONG_FILE_TYPE)
        if kind not in OPEN_OFFICE | OLE_OFFICE and looks_like_archive(head):
            raise BadEntry(Code.NESTED_ARCHIVE)
