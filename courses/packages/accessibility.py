"""What is known of content types for keyboard and screen reader, and what an author should try. No type is praised unseen."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from courses.packages.h5p.content_types import content_type, is_known
from courses.packages.h5p.libraries import LibraryName
from courses.packages.h5p.resolving import libraries_in
from courses.packages.models import PackageVersion

DATA = Path(__file__).parent / "data" / "accessibility.json"


@dataclass(frozen=True)
class TypeNote:
    """``tried``: whether the type was checked here; ``text`` says what came of it, or that nobody has.

    ``check``: what to look at in a content of this type.
    """

    name: str
    tried: bool
    text: str
    check: str

    @property
    def alone(self) -> list["TypeNote"]:
        return [self]


@cache
def _data() -> Mapping[str, Any]:
    data: Mapping[str, Any] = json.loads(DATA.read_text(encoding="utf-8"))
    return data


def _said(words: Mapping[str, Any], language: str) -> Any:
    return words.get(language.split("-")[0], words["en"])


def note_for(machine_name: str, language: str) -> TypeNote:
    tried = _data()["tried"].get(machine_name)
    text = _said(tried or _data()["untried"], language)
    check = content_type(machine_name).accessibility_note(language) if is_known(machine_name) else ""
    return TypeNote(machine_name, tried is not None, text, check)


def notes_for(names: Iterable[str], language: str) -> list[TypeNote]:
    return [note_for(name, language) for name in dict.fromkeys(names)]


def notes_of(version: PackageVersion, language: str) -> list[TypeNote]:
    """For each content type in the version, the main one first."""
    main = LibraryName.parse(version.main_library)
    used = [*([main] if main else []), *libraries_in(version.params)]
    first = main.machine_name if main else ""
    names = [name.machine_name for name in used]
    wanted = [name for name in names if name == first or is_known(name) or name in _data()["tried"]]
    return notes_for(wanted, language)


def checklist(language: str) -> list[str]:
    """What to try with a type that nobody has checked here."""
    return list(_said(_data()["checklist"], language))
