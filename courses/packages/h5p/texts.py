"""The texts of a content, for a form in which typos are mended and wording is made easier."""

from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from courses.packages.h5p.libraries import Library, LibraryIndex, LibraryName
from courses.packages.h5p.problems import H5PError
from courses.packages.h5p.references import pointer_part
from courses.packages.h5p.semantics import Field, Fields, fields_of, is_html, single_field


class UnknownText(H5PError, KeyError):
    """There is no text field at this path in this content."""


@dataclass(frozen=True, slots=True)
class TextField:
    """One text that may be edited.

    ``path`` is a JSON pointer into the params; ``labels`` the labels around the field and its own, from the outside in
    (parts of a list have their number, from 1); ``is_html`` says whether ``value`` is marked up (with ``tags``) or plain
    but escaped; ``max_length`` counts characters, None = free; ``pattern`` and ``modifiers`` are the field's ``regexp``
    as it stands there; ``is_common`` marks labels of buttons and the like, which are the same in every content of a language;
    ``default`` is what a new content has there.
    """

    path: str
    labels: tuple[str, ...]
    value: str
    is_html: bool
    tags: tuple[str, ...]
    max_length: int | None
    is_common: bool
    library: LibraryName
    is_optional: bool = False
    description: str = ""
    default: str = ""
    pattern: str = ""
    modifiers: str = ""

    @property
    def label(self) -> str:
        """All labels in one line."""
        return " › ".join(self.labels)


@dataclass(frozen=True, slots=True)
class _Place:
    path: str
    labels: tuple[str, ...]
    library: LibraryName
    is_common: bool = False

    def at(self, key: str | int, label: str = "", common: bool = False) -> "_Place":
        labels = (*self.labels, label) if label else self.labels
        path = f"{self.path}/{pointer_part(str(key))}"
        return _Place(path, labels, self.library, self.is_common or common)


def text_fields(params: Mapping[str, Any], main: Library, index: LibraryIndex) -> tuple[TextField, ...]:
    """Every text of a filtered content, in the order of its semantics, sub-contents included."""
    return tuple(_in_group(params, main.semantics, _Place("", (), main.name), index))


def _in_group(value: Any, fields: Fields, place: _Place, index: LibraryIndex) -> Iterator[TextField]:
    for field in fields:
        name = str(field.get("name"))
        if isinstance(value, Mapping) and name in value:
            label = str(field.get("label") or name)
            yield from _in_field(
                value[name], field, place.at(name, label, field.get("common") is True), index
            )


def _in_field(value: Any, field: Field, place: _Place, index: LibraryIndex) -> Iterator[TextField]:
    kind = field.get("type")
    if kind == "text" and isinstance(value, str):
        yield _text(value, field, place)
    elif kind == "group" and (only := single_field(field)) is not None:
        yield from _in_field(value, only, place, index)
    elif kind == "group":
        yield from _in_group(value, fields_of(field), place, index)
    elif kind == "list" and isinstance(value, list) and isinstance(field.get("field"), dict):
        for number, item in enumerate(value):
            yield from _in_field(item, field["field"], place.at(number, str(number + 1)), index)
    elif kind == "library" and isinstance(value, Mapping):
        yield from _in_library(value, place, index)


def _in_library(value: Mapping[str, Any], place: _Place, index: LibraryIndex) -> Iterator[TextField]:
    name = LibraryName.parse(value.get("library"))
    library = index.find(name) if name is not None else None
    if library is not None:
        inside = _Place(f"{place.path}/params", place.labels, library.name, place.is_common)
        yield from _in_group(value.get("params"), library.semantics, inside, index)


def _text(value: str, field: Field, place: _Place) -> TextField:
    most, tags, regexp = field.get("maxLength"), field.get("tags"), field.get("regexp")
    wanted = regexp if isinstance(regexp, Mapping) else {}
    return TextField(
        path=place.path,
        labels=place.labels,
        value=value,
        is_html=is_html(field),
        tags=tuple(str(tag) for tag in tags) if isinstance(tags, list) else (),
        max_length=most if isinstance(most, int) and not isinstance(most, bool) and most > 0 else None,
        is_common=place.is_common,
        library=place.library,
        is_optional=field.get("optional") is True,
        description=str(field.get("description") or ""),
        default=str(field.get("default") or ""),
        pattern=str(wanted.get("pattern") or ""),
        modifiers=str(wanted.get("modifiers") or ""),
    )


def replace_texts(
    params: Mapping[str, Any], texts: Mapping[str, str], main: Library, index: LibraryIndex
) -> dict[str, Any]:
    """A copy of the params with other texts at these paths, to be filtered again before it is kept.

    Raises ``UnknownText`` for a path that is no text field of this content.
    """
    known = {field.path for field in text_fields(params, main, index)}
    changed: dict[str, Any] = deepcopy(dict(params))
    for path, text in texts.items():
        if path not in known:
            raise UnknownText(path)
        *way, last = (part.replace("~1", "/").replace("~0", "~") for part in path.split("/")[1:])
        place: Any = changed
        for part in way:
            place = place[int(part)] if isinstance(place, list) else place[part]
        place[int(last) if isinstance(place, list) else last] = text
    return changed
