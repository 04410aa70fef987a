"""Which files may be where, and whether their first bytes agree with their names.

Extensions as in h5p-php-library (H5PCore, white-lists). A name alone proves nothing, so the signature must be of the
same family (picture, sound or film, font, office document): a photograph called .png that is a JPEG is common and
harmless, a page or a script called .png is not. Formats without a signature must at least hold no NUL.
"""

from collections.abc import Mapping

import filetype

CONTENT_EXTENSIONS = frozenset(
    [
        "json",
        "png",
        "jpg",
        "jpeg",
        "gif",
        "bmp",
        "tif",
        "tiff",
        "eot",
        "ttf",
        "woff",
        "woff2",
        "otf",
        "webm",
        "mp4",
        "ogg",
        "mp3",
        "m4a",
        "wav",
        "txt",
        "pdf",
        "rtf",
        "doc",
        "docx",
        "xls",
        "xlsx",
        "ppt",
        "pptx",
        "odt",
        "ods",
        "odp",
        "csv",
        "diff",
        "patch",
        "swf",
        "md",
        "textile",
        "vtt",
        "webvtt",
        "gltf",
        "glb",
    ]
)
LIBRARY_EXTENSIONS = CONTENT_EXTENSIONS | {"js", "css", "svg", "xml"}
ARCHIVE_EXTENSIONS = frozenset(
    ["zip", "h5p", "jar", "rar", "7z", "gz", "bz2", "xz", "tar", "tgz", "zst", "lz4", "cab", "iso"]
)
# Never shown inside a page of ours: to be served as a download.
ATTACHMENTS = frozenset(
    [
        "pdf",
        "rtf",
        "doc",
        "docx",
        "xls",
        "xlsx",
        "ppt",
        "pptx",
        "odt",
        "ods",
        "odp",
        "swf",
        "csv",
        "diff",
        "patch",
        "md",
        "textile",
        "xml",
    ]
)

MEDIA_TYPES: Mapping[str, str] = {
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "gif": "image/gif",
    "bmp": "image/bmp",
    "tif": "image/tiff",
    "tiff": "image/tiff",
    "webm": "video/webm",
    "mp4": "video/mp4",
    "m4a": "audio/mp4",
    "ogg": "audio/ogg",
    "mp3": "audio/mpeg",
    "wav": "audio/wav",
    "ttf": "font/ttf",
    "otf": "font/otf",
    "woff": "font/woff",
    "woff2": "font/woff2",
    "eot": "application/vnd.ms-fontobject",
    "pdf": "application/pdf",
    "rtf": "application/rtf",
    "swf": "application/x-shockwave-flash",
    "doc": "application/msword",
    "xls": "application/vnd.ms-excel",
    "ppt": "application/vnd.ms-powerpoint",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "odp": "application/vnd.oasis.opendocument.presentation",
    "glb": "model/gltf-binary",
    "gltf": "model/gltf+json",
    "json": "application/json",
    "txt": "text/plain",
    "csv": "text/csv",
    "diff": "text/plain",
    "patch": "text/plain",
    "md": "text/plain",
    "textile": "text/plain",
    "vtt": "text/vtt",
    "webvtt": "text/vtt",
    "js": "text/javascript",
    "css": "text/css",
    "svg": "image/svg+xml",
    "xml": "application/xml",
}
TEXT = frozenset(
    [
        "json",
        "gltf",
        "txt",
        "csv",
        "diff",
        "patch",
        "md",
        "textile",
        "vtt",
        "webvtt",
        "js",
        "css",
        "svg",
        "xml",
    ]
)
WIDE_TEXT = frozenset(["txt", "csv", "md", "vtt", "webvtt"])
PICTURES = frozenset(["png", "jpg", "jpeg", "gif", "bmp", "tif", "tiff"])
SOUND_AND_FILM = frozenset(["webm", "mp4", "m4a", "ogg", "mp3", "wav"])
FONTS = frozenset(["ttf", "otf", "woff", "woff2"])
OPEN_OFFICE = frozenset(["docx", "xlsx", "pptx", "odt", "ods", "odp"])
OLE_OFFICE = frozenset(["doc", "xls", "ppt"])
SIGNATURES: Mapping[str, tuple[bytes, ...]] = {
    "glb": (b"glTF",),
    "pdf": (b"%PDF-",),
    "rtf": (b"{\\rtf",),
    "swf": (b"FWS", b"CWS", b"ZWS"),
}
PICTURE_MARKS = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a", b"BM", b"II*\0", b"MM\0*")
FONT_MARKS = (b"\0\1\0\0", b"OTTO", b"true", b"ttcf", b"wOFF", b"wOF2")
SOUND_MARKS = (b"ID3", b"OggS", b"RIFF", b"\x1a\x45\xdf\xa3")
HEAD = 8192


def media_type(extension: str) -> str:
    """The media type by which a file of this extension is to be served."""
    return MEDIA_TYPES.get(extension, "application/octet-stream")


def agrees(extension: str, head: bytes) -> bool:
    """Whether the first bytes (up to 8 KiB) can belong to a file of this extension. An empty file is text only."""
    if extension in TEXT:
        return b"\0" not in head or (extension in WIDE_TEXT and head.startswith((b"\xff\xfe", b"\xfe\xff")))
    if extension in SIGNATURES:
        return head.startswith(SIGNATURES[extension])
    if extension in PICTURES:
        return head.startswith(PICTURE_MARKS)
    if extension in FONTS:
        return head.startswith(FONT_MARKS)
    if extension in SOUND_AND_FILM:
        return _is_sound_or_film(head)
    if extension in OPEN_OFFICE:
        return head.startswith(b"PK\x03\x04")
    if extension in OLE_OFFICE:
        return head.startswith((b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04", b"{\\rtf"))
    return extension == "eot" and head[34:36] == b"LP"


def _is_sound_or_film(head: bytes) -> bool:
    if head.startswith(SOUND_MARKS) or head[4:8] == b"ftyp":
        return True
    # An MPEG audio frame; FF FE is the mark of UTF-16 text.
    if len(head) > 1 and head[0] == 0xFF and head[1] & 0xE0 == 0xE0 and head[1] != 0xFE:
        return True
    guess = filetype.guess(head)
    return guess is not None and guess.mime.startswith(("audio/", "video/"))


def looks_like_archive(head: bytes) -> bool:
    """Whether the first bytes are those of an archive, whatever the name says."""
    guess = filetype.guess(head)
    return head.startswith(b"PK\x03\x04") or (guess is not None and guess.extension in ARCHIVE_EXTENSIONS)
