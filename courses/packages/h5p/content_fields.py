"""Fields that stand outside the semantics of a content type: metadata, copyright, properties of media files."""

from typing import Any

from courses.packages.h5p.semantics import Fields

LICENSES = [
    {"value": value}
    for value in (
        "U", "CC BY", "CC BY-SA", "CC BY-ND", "CC BY-NC", "CC BY-NC-SA", "CC BY-NC-ND", "CC0 1.0", "CC PDM",
        "GNU GPL", "PD", "ODC PDDL", "C",
    )
]  # fmt: skip


def _text(name: str) -> dict[str, Any]:
    return {"name": name, "type": "text", "optional": True}


def _group(name: str, *fields: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "type": "group", "fields": list(fields)}


def _whole(name: str) -> dict[str, Any]:
    return {"name": name, "type": "number", "decimals": 0}


METADATA: Fields = [
    *map(_text, ("title", "a11yTitle", "source", "licenseVersion", "licenseExtras", "authorComments")),
    *map(_text, ("contentType", "defaultLanguage", "extraTitle")),
    {"name": "license", "type": "select", "options": LICENSES},
    _whole("yearFrom"),
    _whole("yearTo"),
    {"name": "authors", "type": "list", "field": _group("author", _text("name"), _text("role"))},
    {
        "name": "changes",
        "type": "list",
        "field": _group("change", _text("date"), _text("author"), _text("log")),
    },
]
# Older contents hold free values of licences here, so the licence stays a text.
COPYRIGHT: Fields = [*map(_text, ("title", "author", "year", "source", "license", "version", "comment"))]
QUALITY: Fields = [_text("level"), _text("label")]

FILE: Fields = (
    _text("mime"),
    {"name": "copyright", "type": "group", "fields": COPYRIGHT},
    # "qualityName" is where Interactive Video keeps the label of a film's quality.
    {"name": "metadata", "type": "group", "fields": [*METADATA, _text("qualityName")]},
)
IMAGE: Fields = (
    *FILE,
    _whole("width"),
    _whole("height"),
    {"name": "originalImage", "type": "image", "optional": True},
)
AUDIO: Fields = FILE
VIDEO: Fields = (
    *FILE,
    _whole("width"),
    _whole("height"),
    _text("codecs"),
    _whole("bitrate"),
    {"name": "quality", "type": "group", "fields": QUALITY},
)
