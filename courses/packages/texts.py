"""The texts of a version: what may be changed, and what differs between two. Reads only."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from courses.blobs.models import path_of
from courses.packages import h5p
from courses.packages.enums import PackageKind
from courses.packages.h5p.text_checks import typed
from courses.packages.models import Library, LibraryFile, PackageVersion
from courses.packages.storing import as_core


@dataclass(frozen=True)
class Texts:
    """``fields`` by path, in the order of the semantics; ``main`` and ``index`` are the pinned libraries with
    their labels in the language that was asked for; ``speaking`` are those that have words in it."""

    fields: Mapping[str, h5p.TextField]
    main: h5p.Library
    index: h5p.LibraryIndex
    speaking: frozenset[h5p.LibraryName]

    def shown(self, path: str) -> str | None:
        """The text there as a form shows it, None where there is none."""
        field = self.fields.get(path)
        return None if field is None else typed(field)

    def brought_words(self) -> dict[str, str]:
        """By path, what buttons and the like are called in that language, where the libraries say it."""
        return {
            path: field.default
            for path, field in self.fields.items()
            if field.is_common and field.default and field.library in self.speaking
        }


class NoTexts(ValueError):
    """This version has no texts that can be edited here: it is no H5P package."""


def texts_of(version: PackageVersion, language: str) -> Texts:
    """Three queries. ``language``: that of the person who reads the labels. Raises NoTexts."""
    if version.package.kind != PackageKind.H5P:
        raise NoTexts
    rows = [pin.library for pin in version.libraries.select_related("library").order_by("weight")]
    words = _words(rows, language)
    libraries = [_with_labels(row, words.get(row.pk)) for row in rows]
    main = next((one for one in libraries if str(one.name) == version.main_library), None)
    if main is None:
        raise NoTexts
    index = h5p.Libraries(libraries)
    fields = {field.path: field for field in h5p.text_fields(version.params, main, index)}
    # Libraries are described in English; other languages stand in files beside that.
    speaking = {
        one.name for row, one in zip(rows, libraries, strict=True) if row.pk in words or language == "en"
    }
    return Texts(fields, main, index, frozenset(speaking))


def _words(rows: Iterable[Library], language: str) -> dict[int, Any]:
    path = f"language/{language.split('-')[0]}.json"
    files = LibraryFile.objects.filter(library__in=list(rows), path=path)
    return {file.library_id: _read(file) for file in files.only("library", "blob")}


def _read(file: LibraryFile) -> Any:
    """A language file was found good when its library was installed; without it the labels stay as they are."""
    try:
        return json.loads(path_of(file.blob_id).read_bytes())
    except (OSError, ValueError):
        return None


def _with_labels(row: Library, words: Any) -> h5p.Library:
    core = as_core(row)
    return core if words is None else replace(core, semantics=h5p.translated(core.semantics, words))


@dataclass(frozen=True)
class TextChange:
    """One text in two versions, as a form shows it; None where there is none."""

    field: h5p.TextField
    before: str | None
    after: str | None


def changes_between(old: Texts, new: Texts) -> list[TextChange]:
    """Texts that differ, those that are gone at the end."""
    found = [
        TextChange(field, old.shown(path), typed(field))
        for path, field in new.fields.items()
        if old.shown(path) != typed(field)
    ]
    gone = [
        TextChange(field, typed(field), None) for path, field in old.fields.items() if path not in new.fields
    ]
    return [*found, *gone]


def same_build(old: PackageVersion, old_texts: Texts, new: PackageVersion, new_texts: Texts) -> bool:
    """Whether two versions differ in nothing but their texts, so that a text of one has its place in the other."""
    if old.main_library != new.main_library or old_texts.fields.keys() != new_texts.fields.keys():
        return False
    return _emptied(old, old_texts) == _emptied(new, new_texts)


def _emptied(version: PackageVersion, texts: Texts) -> dict[str, Any]:
    nothing = dict.fromkeys(texts.fields, "")
    return h5p.replace_texts(version.params, nothing, texts.main, texts.index)
