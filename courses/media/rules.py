"""Is a file what its name says? Looks at the content, because a name can be anything. Plain Python."""

import zipfile
from collections.abc import Mapping
from typing import BinaryIO

_HEAD = 4096
_SIGNATURES: Mapping[str, tuple[tuple[int, bytes], ...]] = {
    "pdf": ((0, b"%PDF-"),),
    "mp4": ((4, b"ftyp"),),
    "webm": ((0, b"\x1a\x45\xdf\xa3"),),
}
# Office files are ZIP archives with a folder of their own.
_OFFICE_FOLDERS = {"docx": "word/", "xlsx": "xl/", "pptx": "ppt/"}
_TEXTS = {"csv", "txt", "vtt"}
_ENCODINGS = ("utf-8-sig", "cp932", "utf-16")
_BINARY_STARTS = (
    b"MZ",
    b"\x7fELF",
    b"PK\x03\x04",
    b"%PDF-",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\xd0\xcf\x11\xe0",
)


def is_what_it_says(file: BinaryIO, extension: str) -> bool:
    """``extension`` without dot. A kind that is not known here is taken at its word. Leaves the file at its start."""
    extension = extension.lower()
    file.seek(0)
    head = file.read(_HEAD)
    file.seek(0)
    try:
        if extension in _SIGNATURES:
            return any(head[start : start + len(sign)] == sign for start, sign in _SIGNATURES[extension])
        if extension in _OFFICE_FOLDERS:
            return _is_office(file, _OFFICE_FOLDERS[extension])
        return extension not in _TEXTS or _is_text(head, extension)
    finally:
        file.seek(0)


def _is_office(file: BinaryIO, folder: str) -> bool:
    try:
        with zipfile.ZipFile(file) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError):
        return False
    return "[Content_Types].xml" in names and any(name.startswith(folder) for name in names)


def _is_text(head: bytes, extension: str) -> bool:
    if head.startswith(_BINARY_STARTS):
        return False
    text = _decoded(head)
    if text is None or "\x00" in text:
        return False
    return extension != "vtt" or text.startswith("WEBVTT")


def _decoded(head: bytes) -> str | None:
    """The head of a text, whose last character may be cut in two."""
    for encoding in _ENCODINGS:
        if encoding == "utf-16" and not head.startswith((b"\xff\xfe", b"\xfe\xff")):
            continue
        for cut in range(4):
            try:
                return head[: len(head) - cut].decode(encoding)
            except UnicodeDecodeError:
                continue
    return None
