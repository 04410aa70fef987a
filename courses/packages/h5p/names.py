"""Which names files in a package may have."""

import unicodedata

# Unicode's explicit direction marks: a name that reads otherwise than it is stored.
BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
SKIPPED_STARTS = (".", "_")


def fault_of(path: str) -> str | None:
    """The reason (a code of the catalogue) why a path must not be used, or None. Takes no time beyond one pass.

    A trailing slash (a folder) is to be taken off before.
    """
    if any(unicodedata.category(char) in {"Cc", "Zl", "Zp", "Cs"} or char == "\ufeff" for char in path):
        return "path-control"
    if not BIDI.isdisjoint(path):
        return "path-bidi"
    if "\\" in path:
        return "path-backslash"
    if path.startswith("/"):
        return "path-absolute"
    if ":" in path:  # a drive, or a second stream of a file
        return "path-drive"
    return _fault_of_segments(path.split("/"))


def _fault_of_segments(segments: list[str]) -> str | None:
    if "" in segments:
        return "path-empty"
    if ".." in segments:
        return "path-parent"
    # Windows reads ".. " and "..." as "..".
    return "path-dots" if any(not segment.strip(" .") for segment in segments) else None


def is_safe(path: str) -> bool:
    """Whether a relative path stays where it belongs."""
    return bool(path) and fault_of(path) is None


def is_skipped(path: str) -> bool:
    """Hidden files and tool leftovers (``.DS_Store``, ``__MACOSX/``): the reference passes over them silently."""
    return any(segment.startswith(SKIPPED_STARTS) for segment in path.split("/"))


def folded(path: str) -> str:
    """What two names share that a file system, somewhere, takes for one."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).casefold())


def extension(path: str) -> str:
    """The lower-case extension without its dot, "" if there is none."""
    name = path.rsplit("/", 1)[-1]
    return name.rsplit(".", 1)[-1].lower() if "." in name else ""
