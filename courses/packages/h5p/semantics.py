"""semantics.json: the fields of a content type."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from courses.packages.h5p.codes import Code
from courses.packages.h5p.libraries import LibraryName
from courses.packages.h5p.problems import Problems

Field = Mapping[str, Any]
Fields = Sequence[Field]
TYPES = frozenset(
    ["text", "number", "boolean", "select", "list", "group", "library", "image", "video", "audio", "file"]
)


def check_semantics(data: Any, file: str, problems: Problems) -> Fields:
    """The fields of parsed semantics; faults go to ``problems``, and then the answer may be incomplete."""
    if not isinstance(data, list):
        problems.add(Code.INVALID_SEMANTICS_JSON_FILE, file, reason="@json-not-list")
        return ()
    waiting: list[Any] = list(data)
    while waiting:
        waiting.extend(_check_field(waiting.pop(), file, problems))
    return tuple(field for field in data if isinstance(field, dict))


def _check_field(field: Any, file: str, problems: Problems) -> Iterator[Any]:
    """Check one field and give those inside it."""
    if not isinstance(field, dict):
        problems.add(Code.INVALID_SEMANTICS_JSON_FILE, file, reason="@json-not-object")
        return
    name, kind = field.get("name"), field.get("type")
    if not isinstance(name, str) or not name:
        problems.add(Code.INVALID_SEMANTICS_JSON_FILE, file, reason="@field-name")
    if kind not in TYPES if isinstance(kind, str) else True:
        problems.add(Code.SEMANTICS_UNKNOWN_TYPE, file, field=name, type=kind)
    elif kind == "list" and "field" in field:
        yield field["field"]
    elif kind == "group" and isinstance(field.get("fields"), list):
        yield from field["fields"]
    elif kind in {"list", "group"}:
        problems.add(Code.INVALID_SEMANTICS_JSON_FILE, file, reason="@field-parts")


def fields_of(field: Field) -> Fields:
    """The fields of a group."""
    listed = field.get("fields")
    return [entry for entry in listed if isinstance(entry, dict)] if isinstance(listed, list) else ()


def single_field(field: Field) -> Field | None:
    """The one field of a group whose value stands in the group's place, as the editor writes it."""
    fields = fields_of(field)
    return fields[0] if len(fields) == 1 and not field.get("isSubContent") else None


def is_html(field: Field) -> bool:
    """Whether a text field holds marked-up text."""
    return isinstance(field.get("tags"), list)


def allowed_libraries(field: Field) -> frozenset[LibraryName] | None:
    """The libraries that may stand in a library field; None when any may."""
    options = field.get("options")
    if not isinstance(options, list):
        return None
    names = (entry.get("name") if isinstance(entry, dict) else entry for entry in options)
    return frozenset(name for name in map(LibraryName.parse, names) if name is not None)


def option_values(field: Field) -> list[str] | None:
    """The values of a select, those of groups of options included; None when any may be given.

    An empty list is filled by the editor while it runs (drop zones, say): then any value may be right.
    """
    options = field.get("options")
    if not isinstance(options, list) or not options:
        return None
    entries = [entry for entry in options if isinstance(entry, dict)]
    grouped = [inner for entry in entries if isinstance(inner := entry.get("options"), list)]
    inside = [entry for group in grouped for entry in group if isinstance(entry, dict)]
    return [str(entry["value"]) for entry in (*entries, *inside) if "value" in entry]


def defaults(fields: Fields) -> dict[str, Any]:
    """Params as a new content has them: labels and settings, but no texts of its own."""
    made = {str(field.get("name")): _default(field) for field in fields}
    return {name: value for name, value in made.items() if value is not None}


def _default(field: Field) -> Any:
    if field.get("type") == "group":
        only = single_field(field)
        return _default(only) if only is not None else defaults(fields_of(field)) or None
    return field.get("default")


TRANSLATED = ("label", "description", "placeholder", "entity", "default")


def translated(fields: Fields, language: Any) -> Fields:
    """The fields with the words of a language file, whose ``semantics`` mirror them; what is missing there stays.

    ``language``: the parsed language file (``language/ja.json``), of any shape.
    """
    words = language.get("semantics") if isinstance(language, Mapping) else None
    return _translated_list(fields, words)


def _translated_list(fields: Fields, words: Any) -> list[Field]:
    listed = words if isinstance(words, list) else []
    return [
        _translated(field, listed[place] if place < len(listed) else None)
        for place, field in enumerate(fields)
    ]


def _translated(field: Field, words: Any) -> Field:
    if not isinstance(words, Mapping):
        return field
    own = {
        key: words[key]
        for key in TRANSLATED
        if isinstance(words.get(key), str) and isinstance(field.get(key), str)
    }
    made = {**field, **own}
    if isinstance(field.get("fields"), list):
        made["fields"] = _translated_list(fields_of(field), words.get("fields"))
    if isinstance(field.get("field"), Mapping):
        made["field"] = _translated(field["field"], words.get("field"))
    return made
