"""Which files a package of web pages may hold, and under which type each is served."""

from collections.abc import Mapping

from courses.packages.h5p.file_types import ARCHIVE_EXTENSIONS, MEDIA_TYPES, agrees

# Run by an operating system or by a server: no use to a learner's browser, and a danger to whoever opens them.
_PROGRAMS = (
    "exe dll com scr msi msp bat cmd ps1 psm1 vbs vbe wsf wsh hta cpl lnk reg sh bash command app dmg pkg deb rpm apk "
    "ipa jar class so dylib sys drv ocx php php3 php4 php5 phtml phar asp aspx ashx asmx asax cer jsp jspx jspf cgi pl pm "
    "py pyc rb cfm cfml do war ear xll xlam docm dotm xlsm xltm pptm potm ppsm"
)
REFUSED = frozenset(_PROGRAMS.split())
PAGES = frozenset({"html", "htm", "xhtml", "xht"})
SCRIPTS = frozenset({"js", "mjs", "cjs"})
_MORE: Mapping[str, str] = {
    "html": "text/html",
    "htm": "text/html",
    "xhtml": "application/xhtml+xml",
    "xht": "application/xhtml+xml",
    "mjs": "text/javascript",
    "cjs": "text/javascript",
    "map": "application/json",
    "webmanifest": "application/manifest+json",
    "wasm": "application/wasm",
    "ico": "image/x-icon",
    "cur": "image/x-icon",
    "webp": "image/webp",
    "avif": "image/avif",
    "apng": "image/apng",
    "m4v": "video/mp4",
    "mov": "video/quicktime",
    "ogv": "video/ogg",
    "oga": "audio/ogg",
    "opus": "audio/ogg",
    "aac": "audio/aac",
    "flac": "audio/flac",
    "weba": "audio/webm",
    "srt": "text/plain",
    "xsd": "application/xml",
    "xsl": "application/xml",
    "xslt": "application/xml",
    "dtd": "application/xml-dtd",
    "m3u8": "application/vnd.apple.mpegurl",
    "ts": "video/mp2t",
    "mpd": "application/dash+xml",
    "ttc": "font/collection",
    "properties": "text/plain",
    "ini": "text/plain",
    "log": "text/plain",
    "lang": "text/plain",
    "story": "application/octet-stream",
    "dat": "application/octet-stream",
    "bin": "application/octet-stream",
    "data": "application/octet-stream",
}
TYPES: Mapping[str, str] = {**MEDIA_TYPES, **_MORE}
_TEXTS = (
    "text/",
    "application/json",
    "application/xml",
    "application/manifest",
    "application/xhtml",
    "image/svg",
)
# Fetched by scripts or shown by the browser; everything else is for the learner's own programs.
_OPEN = ("text/", "image/", "audio/", "video/", "font/", "model/")
_ALSO_OPEN = frozenset(
    {
        "application/json",
        "application/manifest+json",
        "application/pdf",
        "application/wasm",
        "application/xml",
        "application/xml-dtd",
        "application/xhtml+xml",
        "application/vnd.ms-fontobject",
        "application/vnd.apple.mpegurl",
        "application/dash+xml",
        "application/octet-stream",
    }
)


def is_refused(extension: str) -> bool:
    return extension in REFUSED


def is_archive(extension: str) -> bool:
    return extension in ARCHIVE_EXTENSIONS


def is_known(extension: str) -> bool:
    return extension in TYPES


def is_text(extension: str) -> bool:
    """Whether the type is one that needs the name of a character set."""
    return TYPES.get(extension, "").startswith(_TEXTS)


def served_as(extension: str, charset: str) -> str:
    """The Content-Type; a kind that is not known is bytes to the browser."""
    kind = TYPES.get(extension, "application/octet-stream")
    return f"{kind}; charset={charset}" if is_text(extension) else kind


def is_shown(extension: str) -> bool:
    """Whether the browser may open it in the page; else it is a download."""
    kind = TYPES.get(extension)
    return kind is not None and (kind.startswith(_OPEN) or kind in _ALSO_OPEN)


def is_program(head: bytes) -> bool:
    """Whether the first bytes are those of something that an operating system runs, whatever the name says."""
    if head.startswith((b"\x7fELF", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe", b"\xce\xfa\xed\xfe")):
        return True
    return head.startswith(b"MZ") and b"\0" in head


def agrees_with(extension: str, head: bytes) -> bool:
    """Whether the first bytes fit the name, where the core knows the kind; no danger here, but a picture may not show."""
    if extension not in MEDIA_TYPES or is_text(extension) or not head:
        return True
    return agrees(extension, head) or head[8:12] == b"WEBP"
