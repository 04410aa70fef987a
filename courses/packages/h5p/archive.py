"""A zip archive of a stranger: which of its entries are taken, and their bytes, piece by piece."""

import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import BinaryIO

from courses.packages.h5p.codes import Code
from courses.packages.h5p.directory import (
    DEFLATED,
    DESCRIPTOR,
    LOCAL,
    LOCAL_MARK,
    STORED,
    UTF8,
    Record,
    read_at,
    read_records,
    refused,
)
from courses.packages.h5p.limits import Limits
from courses.packages.h5p.names import fault_of, folded, is_skipped
from courses.packages.h5p.problems import H5PError, Problems, shown

PIECE = 64 * 1024


class BadEntry(H5PError):
    """An entry's bytes are not what the directory promised. ``code`` and ``reason`` as in the catalogue."""

    def __init__(self, code: Code, reason: str = "") -> None:
        super().__init__(f"{code} {reason}".strip())
        self.code, self.reason = code, reason


@dataclass(frozen=True, slots=True)
class Entry:
    """One file of the archive: its safe path, its declared size, and where its packed bytes begin."""

    path: str
    size: int
    packed_size: int
    crc: int
    deflated: bool
    start: int


class Archive:
    """The files of one archive. ``problems`` holds what is wrong with its directory."""

    def __init__(
        self,
        source: BinaryIO,
        limits: Limits,
        problems: Problems,
        *,
        skips: Callable[[str], bool] = is_skipped,
    ) -> None:
        """Reads the directory only; entries that ``skips`` answers True for are passed over, though their names are
        judged like all others. Raises ``Refused`` when there is none; other faults go to ``problems``.
        """
        self._source, self._limits, self._skips = source, limits, skips
        records, self._end = read_records(source, limits)
        named = [
            (record, name) for record in records if (name := _name(record, limits, problems)) is not None
        ]
        check_clashes(
            [name for record, name in named if not record.is_folder],
            [name for record, name in named if record.is_folder],
            problems,
        )
        self.entries: tuple[Entry, ...] = tuple(self._entries(named, problems)) if not problems.errors else ()
        self.total = sum(entry.size for entry in self.entries)
        if self.total > limits.total_bytes:
            problems.add(Code.TOTAL_SIZE_TOO_LARGE, limit=limits.total_bytes)

    def _entries(self, named: Sequence[tuple[Record, str]], problems: Problems) -> Iterator[Entry]:
        taken: list[tuple[int, int, str]] = []
        for record, name in named:
            start = self._start(record, name, problems)
            if start is None:
                continue
            taken.append((record.offset, start + record.packed_size, name))
            if not record.is_folder and not self._skips(name):
                yield Entry(
                    name, record.size, record.packed_size, record.crc, record.method == DEFLATED, start
                )
        _check_overlaps(sorted(taken), self._end, problems)

    def _start(self, record: Record, name: str, problems: Problems) -> int | None:
        """Where the data begins, after the header in front of it has been compared with the directory."""
        header = read_at(self._source, record.offset, LOCAL.size)
        mark, _, flags, method, _, _, crc, packed, size, name_length, extra_length = LOCAL.unpack(header)
        raw_name = self._source.read(name_length)
        same = mark == LOCAL_MARK and raw_name == record.raw_name and method == record.method
        same = same and not (flags ^ record.flags) & ~(UTF8 | 6)
        full = {0xFFFFFFFF, 0} if flags & DESCRIPTOR else {0xFFFFFFFF}
        numbers = ((crc, record.crc), (packed, record.packed_size), (size, record.size))
        if not same or any(here != there and here not in full for here, there in numbers):
            problems.add(Code.LYING_ENTRY, name, reason="@entry-header")
            return None
        return record.offset + LOCAL.size + int(name_length) + int(extra_length)

    def pieces(self, entry: Entry) -> Iterator[bytes]:
        """The unpacked bytes, at most 64 KiB at a time, never more than declared.

        Raises ``BadEntry`` as soon as they differ from the declared size, at the end when the checksum differs.
        """
        produced, crc = 0, 0
        for piece in self._unpacked(entry):
            produced += len(piece)
            if produced > entry.size:
                raise BadEntry(Code.LYING_ENTRY, "entry-size")
            crc = zlib.crc32(piece, crc)
            yield piece
        if produced != entry.size:
            raise BadEntry(Code.LYING_ENTRY, "entry-size")
        if crc != entry.crc:
            raise BadEntry(Code.DAMAGED_ENTRY)

    def _packed(self, entry: Entry) -> Iterator[bytes]:
        at, end = entry.start, entry.start + entry.packed_size
        while at < end:
            self._source.seek(at)
            piece = self._source.read(min(PIECE, end - at))
            if not piece:
                raise BadEntry(Code.DAMAGED_ENTRY)
            at += len(piece)
            yield piece

    def _unpacked(self, entry: Entry) -> Iterator[bytes]:
        if not entry.deflated:
            yield from self._packed(entry)
            return
        inflater = zlib.decompressobj(-zlib.MAX_WBITS)
        try:
            for packed in self._packed(entry):
                waiting = packed
                while waiting and not inflater.eof:
                    if piece := inflater.decompress(waiting, PIECE):
                        yield piece
                    waiting = inflater.unconsumed_tail
            while not inflater.eof and (piece := inflater.decompress(b"", PIECE)):
                yield piece
        except zlib.error as error:
            raise BadEntry(Code.DAMAGED_ENTRY) from error
        if not inflater.eof or inflater.unused_data:
            raise BadEntry(Code.DAMAGED_ENTRY)


def _name(record: Record, limits: Limits, problems: Problems) -> str | None:
    """The path of a record that is taken so far; a folder keeps no trailing slash."""
    raw = record.raw_name
    if len(raw) > limits.path_bytes:
        problems.add(Code.PATH_TOO_LONG, shown(raw[:400].decode("utf-8", "replace")), limit=limits.path_bytes)
        return None
    try:
        # Many tools write UTF-8 without saying so; anything else would be a guess (cp437, cp932 …).
        name = raw.decode("utf-8").removesuffix("/")
    except UnicodeDecodeError:
        problems.add(Code.NAME_ENCODING, raw.decode("ascii", "backslashreplace"))
        return None
    if (fault := fault_of(name)) is not None:
        problems.add(Code.UNSAFE_PATH, name, reason=f"@{fault}")
    elif name.count("/") >= limits.path_depth:
        problems.add(Code.PATH_TOO_DEEP, name, limit=limits.path_depth)
    elif _is_usable(record, name, limits, problems):
        return name
    return None


def _is_usable(record: Record, name: str, limits: Limits, problems: Problems) -> bool:
    if not record.is_regular:
        problems.add(Code.NOT_A_REGULAR_FILE, name)
    elif record.is_encrypted:
        problems.add(Code.ENCRYPTED_ENTRY, name)
    elif record.method not in {STORED, DEFLATED}:
        problems.add(Code.UNSUPPORTED_COMPRESSION, name, method=record.method)
    elif record.is_folder and record.size:
        problems.add(Code.LYING_ENTRY, name, reason="@entry-folder")
    elif record.method == STORED and record.size != record.packed_size:
        problems.add(Code.LYING_ENTRY, name, reason="@entry-size")
    elif record.size > limits.file_bytes:
        problems.add(Code.FILE_SIZE_TOO_LARGE, name, limit=limits.file_bytes)
    elif record.size > limits.ratio_free_bytes and record.size > limits.ratio * max(record.packed_size, 1):
        problems.add(Code.COMPRESSION_RATIO, name, limit=limits.ratio)
    else:
        return True
    return False


def check_clashes(files: Sequence[str], folders: Sequence[str], problems: Problems) -> None:
    """Names that some file system would take for one, and a file that is also a folder."""
    kept: dict[str, str] = {}
    places: dict[str, str] = {}
    for name in files:
        if (key := folded(name)) in kept:
            problems.add(Code.DUPLICATE_ENTRY, name)
        kept.setdefault(key, name)
    for folder in dict.fromkeys([*folders, *(above for name in files for above in _folders_above(name))]):
        other = places.setdefault(folded(folder), folder)
        if other != folder:
            problems.add(Code.PATH_CLASH, folder, other=other)
    for key in kept.keys() & places.keys():
        problems.add(Code.PATH_CLASH, kept[key], other=f"{places[key]}/")


def _folders_above(name: str) -> Iterator[str]:
    parts = name.split("/")
    return ("/".join(parts[:depth]) for depth in range(1, len(parts)))


def _check_overlaps(taken: Sequence[tuple[int, int, str]], end_of_files: int, problems: Problems) -> None:
    """``taken``: sorted (first byte, byte after the last, name). Nothing may share bytes or stand in front."""
    if taken and taken[0][0] != 0:
        raise refused(Code.PREFIX_DATA)
    if taken and taken[-1][1] > end_of_files:
        problems.add(Code.LYING_ENTRY, taken[-1][2], reason="@entry-place")
    for (_, end, name), (begin, _, other) in pairwise(taken):
        if begin < end:
            problems.add(Code.OVERLAPPING_ENTRIES, name, other=other)
