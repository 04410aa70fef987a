"""Addresses outside the package that a content points to."""

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

OUTSIDE = re.compile(r"(?:https?:)?//[^\s\"'<>\\)]{1,2000}", re.IGNORECASE)
LOADS = re.compile(
    r"""\b(?:src|data|poster)\s{0,5}=\s{0,5}["']?((?:https?:)?//[^\s"'<>]{1,2000})""", re.IGNORECASE
)
# Content types that show something from elsewhere whatever their texts say.
EMBEDS = frozenset({"H5P.IFrameEmbed", "H5P.TwitterUserFeed", "H5P.AppearIn", "H5P.GoogleForm", "H5P.Link"})
HOSTS: Mapping[str, str] = {
    "youtube.com": "youtube",
    "youtu.be": "youtube",
    "youtube-nocookie.com": "youtube",
    "vimeo.com": "vimeo",
    "panopto.com": "panopto",
    "panopto.eu": "panopto",
    "echo360.org": "echo360",
    "echo360.net": "echo360",
}


@dataclass(frozen=True, slots=True)
class Reference:
    """``kind``: youtube, vimeo, panopto, echo360, file (a medium elsewhere), embed or link (only followed on a click).

    ``where`` is a JSON pointer into content.json.
    """

    url: str
    kind: str
    where: str

    @property
    def is_needed(self) -> bool:
        """Whether the content shows a gap without it."""
        return self.kind != "link"


def external_references(content: Any) -> tuple[Reference, ...]:
    """All outside addresses in a content's values, each once."""
    found = dict.fromkeys(_in_value(content, "", ""))
    first: dict[tuple[str, str], Reference] = {}
    for reference in found:
        first.setdefault((reference.url, reference.kind), reference)
    return tuple(first.values())


def _in_value(value: Any, where: str, library: str) -> Iterator[Reference]:
    if isinstance(value, dict):
        inside = str(value.get("library", "")).split(" ")[0] or library
        for key, item in value.items():
            # Licences and sources are texts for people.
            if key not in {"copyright", "metadata"}:
                yield from _in_value(item, f"{where}/{pointer_part(key)}", inside)
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from _in_value(item, f"{where}/{number}", library)
    elif isinstance(value, str) and "//" in value:
        yield from _in_text(value, where, library)


def pointer_part(key: str) -> str:
    """A key as it stands in a JSON pointer (RFC 6901)."""
    return key.replace("~", "~0").replace("/", "~1")


def _in_text(text: str, where: str, library: str) -> Iterator[Reference]:
    plain = html.unescape(text)
    if OUTSIDE.fullmatch(plain.strip()):
        is_path = where.endswith("/path")
        yield Reference(plain.strip(), _kind(plain.strip(), library, "file" if is_path else "link"), where)
        return
    loaded = {match.group(1) for match in LOADS.finditer(plain)}
    for url in dict.fromkeys(OUTSIDE.findall(plain)):
        yield Reference(url, _kind(url, "", "file") if url in loaded else "link", where)


def _kind(url: str, library: str, otherwise: str) -> str:
    if library in EMBEDS:
        return "link" if library == "H5P.Link" else "embed"
    try:
        host = (urlsplit(url).hostname or "").lower()
    except ValueError:
        return otherwise
    parts = host.split(".")
    return next((HOSTS[end] for at in range(len(parts)) if (end := ".".join(parts[at:])) in HOSTS), otherwise)
