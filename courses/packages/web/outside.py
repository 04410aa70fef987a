"""Addresses outside that the files of a package name. None of them is ever asked."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from courses.packages.h5p.references import HOSTS

MOST = 100
_LONGEST = 300
_ADDRESS = re.compile(
    rb"https?://[A-Za-z0-9][^\s\"'<>\\(){}|^`\x00-\x20\x7f-\xff]{2,%d}" % _LONGEST, re.IGNORECASE
)
# A browser asks for these by itself, without a click.
_LOADED = re.compile(
    rb"""(?:\b(?:src|data|poster|srcset)\s{0,5}=\s{0,5}["']?|url\(\s{0,5}["']?|@import\s{1,5}["']|<link\b[^>]{0,200}\bhref\s{0,5}=\s{0,5}["']?)\s{0,5}$""",
    re.IGNORECASE,
)
# Names of vocabularies, not addresses of things.
_NAMES_ONLY = frozenset(
    {
        "w3.org",
        "imsglobal.org",
        "imsproject.org",
        "adlnet.org",
        "adlnet.gov",
        "purl.org",
        "xml.org",
        "ieee.org",
    }
)


class OutsideAddresses:
    """Collects ``{url: kind}`` over all files of a package: ``file`` (loaded by itself), ``link``, or a known service."""

    def __init__(self) -> None:
        self.found: dict[str, str] = {}
        self.where: dict[str, str] = {}

    def reader(self, path: str) -> "_Reader":
        return _Reader(self, path)

    def loaded(self) -> list[tuple[str, str]]:
        """``(address, path of the first file that names it)`` of what a page shows a gap without."""
        return [(url, self.where[url]) for url, kind in self.found.items() if kind != "link"]

    def note(self, url: str, kind: str, path: str) -> None:
        if url not in self.found and len(self.found) >= MOST:
            return
        if self.found.get(url, "link") == "link":
            self.found[url] = kind
            self.where.setdefault(url, path)


class _Reader:
    """One file, piece by piece; the end of a piece is looked at again with the next, so that no address is cut."""

    def __init__(self, kept: OutsideAddresses, path: str) -> None:
        self._kept, self._path, self._tail = kept, path, b""

    def hear(self, piece: bytes) -> None:
        text = self._tail + piece
        keep = max(0, len(text) - 2 * _LONGEST)
        self._look(text, until=keep)
        self._tail = text[max(0, keep - _LONGEST) :]

    def end(self) -> None:
        self._look(self._tail, until=len(self._tail))

    def _look(self, text: bytes, *, until: int) -> None:
        for match in _ADDRESS.finditer(text):
            if match.start() < until:
                self._note(match[0], text[max(0, match.start() - 260) : match.start()])

    def _note(self, address: bytes, before: bytes) -> None:
        url = address.decode("ascii", "replace").rstrip(".,;:!?*")
        names = list(_names_above(url))
        if not names or not _NAMES_ONLY.isdisjoint(names):
            return
        service = next((HOSTS[name] for name in names if name in HOSTS), None)
        self._kept.note(url, service or ("file" if _LOADED.search(before) else "link"), self._path)


def _names_above(url: str) -> Iterator[str]:
    """``a.b.c`` gives itself, ``b.c`` and ``c``."""
    try:
        parts = (urlsplit(url).hostname or "").lower().split(".")
    except ValueError:
        return
    if len(parts) > 1:
        yield from (".".join(parts[at:]) for at in range(len(parts)))
