"""content.json as its content types define it: what they do not know is left out, what they know is made safe.

Follows H5PContentValidator of h5p-php-library (``filterParameters``), with its gaps closed: paths cannot leave the
package, addresses must be http(s), and cleaning twice gives the same. Patterns (``regexp``) of semantics are not run:
they are a stranger's and may take exponential time, and the text is escaped whatever they say.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from courses.packages.h5p import content_fields, richtext
from courses.packages.h5p.libraries import Library, LibraryIndex, LibraryName
from courses.packages.h5p.names import is_safe
from courses.packages.h5p.numbers import number_of, whole_number
from courses.packages.h5p.references import pointer_part
from courses.packages.h5p.semantics import (
    Field,
    Fields,
    allowed_libraries,
    fields_of,
    is_html,
    option_values,
    single_field,
)

UUID = re.compile(r"\{?[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\}?")
# How the editor names a file that was copied from another content (relativePathRegExp of the reference).
OTHER_CONTENT = re.compile(r"(?:\.\./){1,2}(?:content/)?(?:[0-9]{1,20}|editor)/(.+)", re.DOTALL)
MOST_DROPPED = 200
LONGEST_PATH = 2000
GONE: Any = object()


@dataclass(frozen=True, slots=True)
class Dropped:
    """``where`` is a JSON pointer into content.json, ``reason`` a code of the catalogue (``drop-…``)."""

    where: str
    reason: str


@dataclass(frozen=True, slots=True)
class Filtered:
    """``libraries``: those the content really uses, inner ones first, the main library last. ``files``: paths in content/."""

    params: dict[str, Any]
    libraries: tuple[LibraryName, ...]
    files: tuple[str, ...]
    dropped: tuple[Dropped, ...]


def filter_content(params: Mapping[str, Any], main: Library, index: LibraryIndex) -> Filtered:
    """The params of a content, filtered by the semantics of its main library and of those inside it.

    Sub-contents whose library is not in ``index`` are left out. Filtering the answer again changes nothing. The depth
    of ``params`` must be bounded (strict JSON does that).
    """
    run = _Filter(index)
    kept = run.group(dict(params), main.semantics, "")
    run.libraries[main.name] = None
    return Filtered(kept, tuple(run.libraries), tuple(run.files), tuple(run.dropped))


class _Filter:
    """One run. Each method answers the kept value or ``GONE``."""

    def __init__(self, index: LibraryIndex) -> None:
        self._index, self._cost = index, 0
        self.libraries: dict[LibraryName, None] = {}
        self.files: dict[str, None] = {}
        self.dropped: list[Dropped] = []
        self._by_type: Mapping[str, Callable[[Any, Field, str], Any]] = {
            "text": self._text,
            "number": self._number,
            "boolean": self._boolean,
            "select": self._select,
            "list": self._list,
            "group": self._group,
            "library": self._library,
            "image": self._media(content_fields.IMAGE),
            "file": self._media(content_fields.FILE),
            "audio": self._media_list(content_fields.AUDIO),
            "video": self._media_list(content_fields.VIDEO),
        }

    def drop(self, where: str, reason: str) -> Any:
        if len(self.dropped) < MOST_DROPPED:
            self.dropped.append(Dropped(where or "/", reason))
        return GONE

    def value(self, value: Any, field: Field, where: str) -> Any:
        if value is None:
            return GONE
        check = self._by_type.get(str(field.get("type")))
        return check(value, field, where) if check else self.drop(where, "drop-unknown")

    def group(self, value: Mapping[str, Any], fields: Fields, where: str) -> dict[str, Any]:
        """The known keys of an object, in the order in which they came."""
        known = {str(field.get("name")): field for field in fields}
        kept = {}
        for key, item in value.items():
            place = f"{where}/{pointer_part(key)}"
            field = known.get(key)
            clean = self.value(item, field, place) if field is not None else self.drop(place, "drop-unknown")
            if clean is not GONE:
                kept[key] = clean
        return kept

    def _group(self, value: Any, field: Field, where: str) -> Any:
        only = single_field(field)
        if only is not None:
            return self.value(value, only, where)
        if not isinstance(value, dict):
            return self.drop(where, "drop-type")
        kept = self.group({k: v for k, v in value.items() if k != "subContentId"}, fields_of(field), where)
        return kept | self._sub_content_id(value, where) if field.get("isSubContent") else kept

    def _text(self, value: Any, field: Field, where: str) -> Any:
        if not isinstance(value, str):
            return self.drop(where, "drop-type")
        most = whole_number(field.get("maxLength"))
        if is_html(field):
            if most is not None and len(value) > most:
                self.drop(where, "drop-text")  # told, but not cut: a cut would tear the marks
            return self._html(value, field, where)
        escaped = richtext.escape_plain(value)
        shortened = richtext.shorten_plain(value, most) if most is not None else escaped
        if shortened != escaped:
            self.drop(where, "drop-text")
        return shortened

    def _html(self, value: str, field: Field, where: str) -> str:
        cost = richtext.cost(value)
        if self._cost + cost <= richtext.MOST_COST:
            clean = richtext.clean_html(value, field["tags"], field.get("font"))
            # Cleaning closes what was left open: the second cleaning must not find the budget spent.
            cost = max(cost, richtext.cost(clean))
        if self._cost + cost > richtext.MOST_COST:
            self.drop(where, "drop-html")
            return richtext.as_text(value)
        self._cost += cost
        if value.count("<") > clean.count("<"):
            self.drop(where, "drop-html")
        return clean

    def _number(self, value: Any, field: Field, where: str) -> Any:
        number = number_of(value)
        if number is None:
            return self.drop(where, "drop-type")
        low, high = number_of(field.get("min")), number_of(field.get("max"))
        clamped = number if low is None else max(number, low)
        clamped = clamped if high is None else min(clamped, high)
        if clamped != number:
            self.drop(where, "drop-number")
        decimals = whole_number(field.get("decimals"))
        if decimals is not None and isinstance(clamped, float) and decimals <= 15:
            clamped = round(clamped, decimals) if decimals else round(clamped)
        return clamped

    def _boolean(self, value: Any, _field: Field, where: str) -> Any:
        return value if isinstance(value, bool) else self.drop(where, "drop-type")

    def _select(self, value: Any, field: Field, where: str) -> Any:
        options = option_values(field)
        if field.get("multiple") and isinstance(value, list):
            kept = [self._choice(item, options, f"{where}/{at}") for at, item in enumerate(value)]
            return [choice for choice in kept if choice is not GONE]
        if isinstance(value, list):
            value = value[0] if value else None
        chosen = self._choice(value, options, where)
        # As in the reference: what must be chosen falls back to the first option.
        return options[0] if chosen is GONE and options and not field.get("optional") else chosen

    def _choice(self, value: Any, options: list[str] | None, where: str) -> Any:
        if isinstance(value, dict | list) or value is None:
            return self.drop(where, "drop-type")
        text = str(value).lower() if isinstance(value, bool) else str(value)
        if options is not None:
            return value if text in options else self.drop(where, "drop-option")
        return richtext.escape_plain(value) if isinstance(value, str) else value

    def _list(self, value: Any, field: Field, where: str) -> Any:
        item_field = field.get("field")
        if not isinstance(value, list) or not isinstance(item_field, dict):
            return self.drop(where, "drop-type")
        most = whole_number(field.get("max"))
        if most is not None and len(value) > most:
            self.drop(where, "drop-list")
            value = value[:most]
        items = (self.value(item, item_field, f"{where}/{number}") for number, item in enumerate(value))
        return [item for item in items if item is not GONE] or GONE

    def _library(self, value: Any, field: Field, where: str) -> Any:
        name = LibraryName.parse(value.get("library")) if isinstance(value, dict) else None
        if name is None:
            # An empty object is how the editor writes "nothing chosen".
            return GONE if value in ({}, "") else self.drop(where, "drop-type")
        allowed = allowed_libraries(field)
        if allowed is not None and name not in allowed:
            return self.drop(where, "drop-library")
        library = self._index.find(name)
        if library is None:
            return self.drop(where, "drop-library-missing")
        params = value.get("params")
        kept: dict[str, Any] = {
            "library": str(name),
            "params": self.group(
                params if isinstance(params, dict) else {}, library.semantics, f"{where}/params"
            ),
        }
        metadata = value.get("metadata")
        if isinstance(metadata, dict):
            kept["metadata"] = self.group(metadata, content_fields.METADATA, f"{where}/metadata")
        self.libraries.setdefault(name, None)
        return kept | self._sub_content_id(value, where)

    def _sub_content_id(self, value: Mapping[str, Any], where: str) -> dict[str, str]:
        given = value.get("subContentId")
        if given is None:
            return {}
        if isinstance(given, str) and UUID.fullmatch(given):
            return {"subContentId": given}
        self.drop(f"{where}/subContentId", "drop-id")
        return {}

    def _media(self, fields: Fields) -> Callable[[Any, Field, str], Any]:
        """A check of one file object with these properties beside its path."""

        def check(value: Any, field: Field, where: str) -> Any:
            if not isinstance(value, dict):
                return self.drop(where, "drop-type")
            path = self._path(value.get("path"), where)
            if path is GONE:
                return GONE
            # The editor leaves properties that no player reads (externalId …): they go without a word.
            known = {str(entry["name"]) for entry in fields}
            kept = self.group({k: v for k, v in value.items() if k in known}, fields, where)
            return {"path": path, **kept, **_extra(value, field, known)}

        return check

    def _media_list(self, fields: Fields) -> Callable[[Any, Field, str], Any]:
        """The same file in several forms."""
        single = self._media(fields)

        def check(value: Any, field: Field, where: str) -> Any:
            if not isinstance(value, list):
                return self.drop(where, "drop-type")
            files = (single(item, field, f"{where}/{number}") for number, item in enumerate(value))
            return [file for file in files if file is not GONE] or GONE

        return check

    def _path(self, value: Any, where: str) -> Any:
        """A path inside content/ or an http(s) address."""
        if not isinstance(value, str) or not value or len(value) > LONGEST_PATH:
            return self.drop(where, "drop-path")
        path = value
        while path.endswith("#tmp"):  # the editor's mark of a file that is not saved yet
            path = path.removesuffix("#tmp")
        if (copied := OTHER_CONTENT.fullmatch(path)) is not None:
            path = copied.group(1)
        if any(mark in path for mark in '<>"`') or any(ord(char) < 32 for char in path):
            return self.drop(where, "drop-path")
        if path.startswith(("https://", "http://")):
            return path
        if not is_safe(path):
            return self.drop(where, "drop-path")
        self.files.setdefault(path, None)
        return path


def _extra(value: Mapping[str, Any], field: Field, known: set[str]) -> dict[str, Any]:
    """Further simple properties of a file that its field names (``extraAttributes``)."""
    named = field.get("extraAttributes")
    wanted = (
        {key for key in named if isinstance(key, str)} - known - {"path"}
        if isinstance(named, list)
        else set()
    )
    kept = {key: value[key] for key in sorted(wanted) if isinstance(value.get(key), str | bool | int | float)}
    return {key: richtext.escape_plain(item) if isinstance(item, str) else item for key, item in kept.items()}
