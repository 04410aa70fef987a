"""The files of a package of web pages, each read once, counted, looked at and handed on."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from courses.packages.h5p.archive import Archive, BadEntry, Entry
from courses.packages.h5p.codes import Code
from courses.packages.h5p.file_types import HEAD, OLE_OFFICE, OPEN_OFFICE, looks_like_archive
from courses.packages.h5p.files import PackageFile
from courses.packages.h5p.limits import DEFAULT_LIMITS, Limits
from courses.packages.h5p.names import extension
from courses.packages.h5p.problems import Refused
from courses.packages.h5p.sinks import FileWriter, NullSink, Sink
from courses.packages.web import kinds
from courses.packages.web.charsets import Listener
from courses.packages.web.outside import OutsideAddresses
from courses.packages.web.problems import WebCode, WebProblems

# Folders and files that file managers and version control leave behind. A single «_» is common in vendors' names.
_LEFTOVERS = frozenset({"__macosx", "thumbs.db", "desktop.ini", "ehthumbs.db"})


@dataclass(frozen=True, slots=True)
class WebFile:
    """One file that was read; ``charset`` is "" where it is no text."""

    path: str
    size: int
    sha256: str
    charset: str = ""


def is_leftover(path: str) -> bool:
    """Hidden files and what file managers leave: passed over silently."""
    return any(segment.startswith(".") or segment.casefold() in _LEFTOVERS for segment in path.split("/"))


def open_package(source: BinaryIO, *, limits: Limits = DEFAULT_LIMITS) -> "WebPackage":
    """Reads the directory of the archive. What is wrong with it stands in ``problems``; only the source's own errors
    are raised."""
    problems = WebProblems(limits.problems)
    try:
        archive = Archive(source, limits, problems.archive, skips=is_leftover)
    except Refused as refused:
        problems.archive.add(refused.problem.code, **refused.problem.details)
        return WebPackage(None, limits, problems)
    return WebPackage(archive, limits, problems)


class WebPackage:
    """An archive whose names are known: ``paths``. First take its manifest (``read``), then all files (``files``)."""

    def __init__(self, archive: Archive | None, limits: Limits, problems: WebProblems) -> None:
        self._archive, self._limits, self.problems = archive, limits, problems
        entries: Sequence[Entry] = archive.entries if archive is not None and not problems.is_bad else ()
        self._entries = {entry.path: entry for entry in entries}
        self.outside = OutsideAddresses()

    @property
    def paths(self) -> frozenset[str]:
        """Empty when the directory of the archive cannot be trusted."""
        return frozenset(self._entries)

    @property
    def unpacked_size(self) -> int:
        """In bytes, as the directory declares it; reading stops where a file turns out larger."""
        return sum(entry.size for entry in self._entries.values())

    def read(self, path: str, *, most_bytes: int | None = None) -> bytes | None:
        """All bytes of one file of metadata, bounded; None when they are too many or not what was declared."""
        most = self._limits.metadata_json_bytes if most_bytes is None else most_bytes
        entry = self._entries[path]
        if entry.size > most:
            self.problems.archive.add(Code.FILE_SIZE_TOO_LARGE, path, limit=most)
            return None
        try:
            return b"".join(self._pieces(entry))
        except BadEntry as error:
            self._note(entry, error)
            return None

    def files(self, sink: Sink | None = None) -> Iterator[WebFile]:
        """Reads every file and hands it to ``sink``; once anything is wrong, files are checked but not handed on.

        When ``problems.is_bad`` in the end, what the sink has got is only a part, to be thrown away. What is loaded from
        outside is among the warnings then.
        """
        kept = sink or NullSink()
        for entry in self._entries.values():
            if self._may_be_here(entry) and (file := self._pass_on(entry, kept)) is not None:
                yield file
        for url, place in self.outside.loaded():
            self.problems.warn(WebCode.OUTSIDE, place, url)

    def _may_be_here(self, entry: Entry) -> bool:
        kind = extension(entry.path)
        if kinds.is_archive(kind):
            self.problems.archive.add(Code.NESTED_ARCHIVE, entry.path)
            return False
        if kinds.is_refused(kind):
            self.problems.add(WebCode.PROGRAM, entry.path, kind)
            return False
        if not kinds.is_known(kind):
            self.problems.warn(WebCode.UNKNOWN_KIND, entry.path, kind)
        elif kind == "swf":
            self.problems.warn(WebCode.FLASH, entry.path)
        return True

    def _pass_on(self, entry: Entry, sink: Sink) -> WebFile | None:
        writer: FileWriter | None = None
        reading = _Reading(entry.path, self.outside)
        try:
            for number, piece in enumerate(self._headed(entry)):
                if number == 0:
                    self._look_at_head(entry, piece[:HEAD])
                    writer = None if self.problems.is_bad else sink.begin(entry.path)
                reading.hear(piece)
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
        file = reading.end(entry.size)
        if writer is not None:
            kind = kinds.served_as(extension(file.path), "utf-8")
            writer.finish(PackageFile(file.path, file.size, file.sha256, file.sha256, kind))
        return file

    def _look_at_head(self, entry: Entry, head: bytes) -> None:
        kind = extension(entry.path)
        if kinds.is_program(head):
            self.problems.add(WebCode.PROGRAM, entry.path, kind)
        elif kind not in OPEN_OFFICE | OLE_OFFICE and looks_like_archive(head):
            raise BadEntry(Code.NESTED_ARCHIVE)
        elif not kinds.agrees_with(kind, head):
            self.problems.warn(WebCode.LOOKS_DIFFERENT, entry.path, kind)

    def _pieces(self, entry: Entry) -> Iterator[bytes]:
        if self._archive is None:
            raise BadEntry(Code.UNABLE_TO_UNZIP)
        return self._archive.pieces(entry)

    def _headed(self, entry: Entry) -> Iterator[bytes]:
        """The pieces, the first long enough to be judged (or the whole file); at least one, maybe empty."""
        pieces = self._pieces(entry)
        head = b""
        for piece in pieces:
            head += piece
            if len(head) >= HEAD:
                break
        yield head
        yield from pieces

    def _note(self, entry: Entry, error: BadEntry) -> None:
        details = {"reason": f"@{error.reason}"} if error.reason else {}
        self.problems.archive.add(error.code, entry.path, **details)


class _Reading:
    """What is heard of one file while it passes."""

    def __init__(self, path: str, outside: OutsideAddresses) -> None:
        kind = extension(path)
        self._path, self._digest = path, hashlib.sha256()
        self._text = Listener() if kinds.is_text(kind) else None
        looks = kind in kinds.PAGES | kinds.SCRIPTS | {"css"}
        self._outside = outside.reader(path) if looks else None

    def hear(self, piece: bytes) -> None:
        self._digest.update(piece)
        if self._text is not None:
            self._text.hear(piece)
        if self._outside is not None:
            self._outside.hear(piece)

    def end(self, size: int) -> WebFile:
        if self._outside is not None:
            self._outside.end()
        charset = self._text.charset() if self._text is not None else ""
        return WebFile(self._path, size, self._digest.hexdigest(), charset)
