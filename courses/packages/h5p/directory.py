"""The central directory of a zip file, read from its bytes (PKWARE APPNOTE 6.3.9, sections 4.3 and 4.4).

Python's own reader is lenient where a platform must not be: it takes data in front of the archive, cuts names at a
NUL, decodes unmarked names as cp437, builds every entry before the first can be refused, and before 3.11.8 lets
entries share bytes.
"""

import os
import stat
import struct
from dataclasses import dataclass
from typing import BinaryIO

from courses.packages.h5p.codes import Code
from courses.packages.h5p.limits import Limits
from courses.packages.h5p.problems import Problem, Refused

END = struct.Struct("<4s4H2LH")
END64_LOCATOR = struct.Struct("<4sLQL")
END64 = struct.Struct("<4sQ2H2L4Q")
CENTRAL = struct.Struct("<4s6H3L5H2L")
LOCAL = struct.Struct("<4s5H3L2H")
END_MARK, END64_LOCATOR_MARK, END64_MARK = b"PK\x05\x06", b"PK\x06\x07", b"PK\x06\x06"
CENTRAL_MARK, LOCAL_MARK = b"PK\x01\x02", b"PK\x03\x04"
STORED, DEFLATED = 0, 8
ENCRYPTED, DESCRIPTOR, STRONG, UTF8, MASKED = 0x0001, 0x0008, 0x0040, 0x0800, 0x2000
FULL16, FULL32 = 0xFFFF, 0xFFFFFFFF
LONGEST_COMMENT = 0xFFFF
FARTHEST = 1 << 48  # what any file system can seek to
# What a name, its extra field and a comment may add to an entry of the directory on average.
BYTES_PER_ENTRY = CENTRAL.size + 1024


@dataclass(frozen=True, slots=True)
class Record:
    """One line of the directory, unjudged. ``mode`` is a Unix mode, 0 where none was written."""

    raw_name: bytes
    flags: int
    method: int
    crc: int
    packed_size: int
    size: int
    offset: int
    mode: int

    @property
    def is_folder(self) -> bool:
        return self.raw_name.endswith(b"/")

    @property
    def is_encrypted(self) -> bool:
        return bool(self.flags & (ENCRYPTED | STRONG | MASKED))

    @property
    def is_regular(self) -> bool:
        """Whether the mode says nothing, or what the name says."""
        return stat.S_IFMT(self.mode) in {0, stat.S_IFDIR if self.is_folder else stat.S_IFREG}


@dataclass(frozen=True, slots=True)
class Extent:
    """Where the directory stands."""

    count: int
    offset: int
    size: int


def refused(code: Code, **details: object) -> Refused:
    return Refused(Problem(code, "", {name: str(value) for name, value in details.items()}))


def file_size(source: BinaryIO, limits: Limits) -> int:
    """The size of the file, bounded."""
    size = source.seek(0, os.SEEK_END)
    if size > limits.package_bytes:
        raise refused(Code.TOTAL_SIZE_TOO_LARGE, limit=limits.package_bytes)
    return size


def read_at(source: BinaryIO, offset: int, length: int) -> bytes:
    """Exactly ``length`` bytes. Raises ``Refused`` at the end of the file."""
    if offset > FARTHEST:
        raise refused(Code.UNABLE_TO_UNZIP)
    source.seek(offset)
    data = source.read(length)
    if len(data) != length:
        raise refused(Code.UNABLE_TO_UNZIP)
    return data


def read_records(source: BinaryIO, limits: Limits) -> tuple[list[Record], int]:
    """All records in their order, and the offset of the directory itself.

    Raises ``Refused`` when the file is no plain zip archive or too large.
    """
    extent = _extent(source, file_size(source, limits))
    if extent.count > limits.files:
        raise refused(Code.TOO_MANY_FILES, limit=limits.files)
    if extent.size > extent.count * BYTES_PER_ENTRY + LONGEST_COMMENT:
        raise refused(Code.UNABLE_TO_UNZIP)
    data = read_at(source, extent.offset, extent.size)
    records, at = [], 0
    for _ in range(extent.count):
        record, at = _record(data, at)
        records.append(record)
    if at != len(data):
        raise refused(Code.UNABLE_TO_UNZIP)
    return records, extent.offset


def _extent(source: BinaryIO, size: int) -> Extent:
    tail = read_at(source, max(0, size - LONGEST_COMMENT - END.size), min(size, LONGEST_COMMENT + END.size))
    place = _end_record(tail)
    end = size - len(tail) + place
    _, disk, first_disk, here, count, length, offset, _ = END.unpack_from(tail, place)
    if FULL16 in (disk, first_disk, here, count) or FULL32 in (length, offset):
        return _extent64(source, end)
    if disk or first_disk or here != count:
        raise refused(Code.UNABLE_TO_UNZIP)
    return _checked(Extent(count, offset, length), end)


def _end_record(tail: bytes) -> int:
    """The last end record whose comment reaches exactly to the end of the file."""
    place = tail.rfind(END_MARK)
    while place >= 0:
        if place + END.size <= len(tail) and place + END.size + END.unpack_from(tail, place)[7] == len(tail):
            return place
        place = tail.rfind(END_MARK, 0, place)
    raise refused(Code.PREFIX_DATA if END_MARK in tail else Code.UNABLE_TO_UNZIP)


def _extent64(source: BinaryIO, end: int) -> Extent:
    if end < END64_LOCATOR.size + END64.size:
        raise refused(Code.UNABLE_TO_UNZIP)
    mark, disk, place, disks = END64_LOCATOR.unpack(
        read_at(source, end - END64_LOCATOR.size, END64_LOCATOR.size)
    )
    if mark != END64_LOCATOR_MARK or disk or disks > 1 or place + END64.size > end:
        raise refused(Code.UNABLE_TO_UNZIP)
    mark, _, _, _, disk, first_disk, here, count, length, offset = END64.unpack(
        read_at(source, place, END64.size)
    )
    if mark != END64_MARK or disk or first_disk or here != count:
        raise refused(Code.UNABLE_TO_UNZIP)
    return _checked(Extent(count, offset, length), place)


def _checked(extent: Extent, end: int) -> Extent:
    """Data in front of an archive moves everything in it: then the directory does not end where it should."""
    if extent.offset + extent.size != end:
        raise refused(Code.PREFIX_DATA)
    return extent


def _record(data: bytes, at: int) -> tuple[Record, int]:
    if at + CENTRAL.size > len(data):
        raise refused(Code.UNABLE_TO_UNZIP)
    fields = CENTRAL.unpack_from(data, at)
    mark, _, _, flags, method, _, _, crc, packed, size, name_length, extra_length, comment_length = fields[
        :13
    ]
    mode, offset = fields[15] >> 16, fields[16]
    name_end = at + CENTRAL.size + name_length
    after = name_end + extra_length + comment_length
    if mark != CENTRAL_MARK or after > len(data):
        raise refused(Code.UNABLE_TO_UNZIP)
    if FULL32 in (size, packed, offset):
        extra = data[name_end : name_end + extra_length]
        size, packed, offset = _wide(extra, size, packed, offset)
    name = data[at + CENTRAL.size : name_end]
    return Record(name, flags, method, crc, packed, size, offset, mode), after


def _wide(extra: bytes, size: int, packed: int, offset: int) -> tuple[int, int, int]:
    """Sizes beyond 32 bits from the zip64 extra field (APPNOTE 4.5.3)."""
    at, values = 0, [size, packed, offset]
    while at + 4 <= len(extra):
        kind, length = struct.unpack_from("<2H", extra, at)
        if at + 4 + length > len(extra):
            break
        if kind == 1:
            wide = iter(struct.unpack_from(f"<{length // 8}Q", extra, at + 4))
            values = [next(wide, value) if value == FULL32 else value for value in values]
            break
        at += 4 + length
    return values[0], values[1], values[2]
