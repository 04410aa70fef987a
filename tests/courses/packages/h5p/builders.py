"""Small packages, good ones and, byte by byte, bad ones."""

import io
import json
import struct
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from courses.packages import h5p

PNG = b"\x89PNG\r\n\x1a\n" + bytes(24)
TEXT_FIELD = {"name": "text", "type": "text", "label": "Text", "tags": ["strong", "a", "ul"]}
SEMANTICS: list[dict[str, Any]] = [
    TEXT_FIELD,
    {"name": "title", "type": "text", "label": "Title", "maxLength": 20},
    {"name": "points", "type": "number", "min": 0, "max": 10},
    {"name": "open", "type": "boolean"},
    {
        "name": "kind",
        "type": "select",
        "options": [{"value": "a", "label": "A"}, {"value": "b", "label": "B"}],
    },
    {
        "name": "items",
        "type": "list",
        "max": 3,
        "field": {"name": "item", "type": "group", "fields": [{"name": "word", "type": "text"}]},
    },
    {"name": "image", "type": "image"},
    {"name": "video", "type": "video"},
    {"name": "part", "type": "library", "options": ["H5P.Part 1.0"]},
    {
        "name": "labels",
        "type": "group",
        "common": True,
        "fields": [
            {"name": "check", "type": "text", "default": "Check"},
            {"name": "retry", "type": "text", "default": "Retry"},
        ],
    },
]


def as_json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()


def dependency(name: str) -> dict[str, Any]:
    machine_name, version = name.split(" ")
    major, minor = version.split(".")
    return {"machineName": machine_name, "majorVersion": int(major), "minorVersion": int(minor)}


def library_files(
    name: str, *needs: str, patch: int = 0, semantics: Any = SEMANTICS, **more: Any
) -> dict[str, bytes]:
    """The folder of a library, with one script, one style and a Japanese language file."""
    folder = name.replace(" ", "-")
    data = {
        "title": name,
        **dependency(name),
        "patchVersion": patch,
        "runnable": 1,
        "preloadedJs": [{"path": "js/main.js"}],
        "preloadedCss": [{"path": "main.css"}],
        "preloadedDependencies": [dependency(need) for need in needs],
        **more,
    }
    return {
        f"{folder}/library.json": as_json(data),
        f"{folder}/semantics.json": as_json(semantics),
        f"{folder}/js/main.js": b"H5P = H5P || {};",
        f"{folder}/main.css": b"p { color: black }",
        f"{folder}/language/ja.json": as_json({"semantics": []}),
    }


def manifest(main: str = "H5P.Main 1.0", *listed: str, **more: Any) -> dict[str, Any]:
    return {
        "title": "例",
        "language": "ja",
        "mainLibrary": main.split(" ")[0],
        "embedTypes": ["iframe"],
        "license": "CC BY",
        "preloadedDependencies": [dependency(name) for name in (listed or (main,))],
        **more,
    }


def package_files(content: Any = None, **manifest_more: Any) -> dict[str, bytes]:
    """A good package: a main library, one that it needs, and content with a picture."""
    return {
        "h5p.json": as_json(manifest(**manifest_more)),
        "content/content.json": as_json(
            {"text": "<p>本文</p>", "image": {"path": "images/a.png"}} if content is None else content
        ),
        "content/images/a.png": PNG,
        **library_files("H5P.Main 1.0", "H5P.Part 1.0"),
        **library_files("H5P.Part 1.0", semantics=[TEXT_FIELD]),
    }


def zipped(files: Mapping[str, bytes]) -> bytes:
    return h5p.write_package(files)


def read(data: bytes, **options: Any) -> h5p.Package:
    return h5p.read_package(io.BytesIO(data), **options)


def codes(problems: Any) -> set[str]:
    return {str(problem.code) for problem in problems}


@dataclass
class Entry:
    """One entry of a zip, each field free to lie. ``data`` is unpacked; ``packed`` overrides what is stored."""

    name: bytes
    data: bytes = b"x"
    method: int = 0
    flags: int = 0x800
    mode: int = 0o100644
    packed: bytes | None = None
    size: int | None = None
    crc: int | None = None
    local_name: bytes | None = None
    offset: int | None = None
    local_size: int | None = None

    @property
    def body(self) -> bytes:
        if self.packed is not None:
            return self.packed
        if self.method != 8:
            return self.data
        deflater = zlib.compressobj(9, zlib.DEFLATED, -15)
        return deflater.compress(self.data) + deflater.flush()


@dataclass
class RawZip:
    """A zip written byte by byte."""

    entries: list[Entry] = field(default_factory=list)
    prefix: bytes = b""
    shift: int = 0
    tail: bytes = b""
    count: int | None = None

    def bytes(self) -> bytes:
        out, directory = bytearray(self.prefix), bytearray()
        for entry in self.entries:
            offset, body = len(out) - len(self.prefix) + self.shift, entry.body
            size = len(entry.data) if entry.size is None else entry.size
            crc = zlib.crc32(entry.data) if entry.crc is None else entry.crc
            local = entry.name if entry.local_name is None else entry.local_name
            local_size = size if entry.local_size is None else entry.local_size
            out += struct.pack(
                "<4s5H3L2H",
                b"PK\3\4",
                20,
                entry.flags,
                entry.method,
                0,
                33,
                crc,
                len(body),
                local_size,
                len(local),
                0,
            )
            out += local + body
            directory += struct.pack(
                "<4s6H3L5H2L", b"PK\1\2", 0x314, 20, entry.flags, entry.method, 0, 33, crc, len(body), size,
                len(entry.name), 0, 0, 0, 0, entry.mode << 16, offset if entry.offset is None else entry.offset,
            )  # fmt: skip
            directory += entry.name
        count = len(self.entries) if self.count is None else self.count
        start = len(out) - len(self.prefix) + self.shift
        end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, count, count, len(directory), start, 0)
        return bytes(out + directory + end + self.tail)


def good_entries() -> list[Entry]:
    return [Entry(path.encode(), data, method=8) for path, data in sorted(package_files().items())]


def with_entry(**fields: Any) -> bytes:
    """A good package and one more entry."""
    return RawZip([*good_entries(), Entry(**fields)]).bytes()


def with_wide_fields(extra: bytes | None = None) -> bytes:
    """A good package whose last entry says that its sizes and offset stand in its extra field, as by default they do."""
    entries = good_entries()
    raw, last = RawZip(entries).bytes(), entries[-1]
    directory, end = raw.rfind(b"PK\1\2"), raw.rfind(b"PK\5\6")
    record, tail = bytearray(raw[directory:end]), bytearray(raw[end:])
    if extra is None:
        (offset,) = struct.unpack_from("<L", record, 42)
        extra = struct.pack("<2H2L2H3Q", 0x5455, 8, 0, 0, 1, 24, len(last.data), len(last.body), offset)
    record[20:28] = b"\xff" * 8
    record[42:46] = b"\xff" * 4
    record[30:32] = struct.pack("<H", len(extra))
    (size,) = struct.unpack_from("<L", tail, 12)
    tail[12:16] = struct.pack("<L", size + len(extra))
    return raw[:directory] + bytes(record) + extra + bytes(tail)


def with_changed(path: str, **fields: Any) -> bytes:
    """A good package of which one entry lies."""
    return RawZip(
        [replace(entry, **fields) if entry.name == path.encode() else entry for entry in good_entries()]
    ).bytes()


def python_zip(files: Mapping[str, bytes], compression: int) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", compression) as archive:
        for path, data in files.items():
            archive.writestr(path, data)
    return made.getvalue()
