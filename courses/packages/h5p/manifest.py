"""h5p.json: what a package says of itself."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from courses.packages.h5p import properties as p
from courses.packages.h5p.codes import Code
from courses.packages.h5p.libraries import LibraryName
from courses.packages.h5p.problems import Problems

FILE = "h5p.json"
# h5p.classes.php, H5PValidator: $h5pRequired and $h5pOptional
REQUIRED: Mapping[str, p.Check] = {
    "title": p.text(1, 255),
    "language": p.matching(r"[-a-zA-Z]{1,10}"),
    "mainLibrary": p.matching(r"[$A-Za-z_][0-9A-Za-z_.$]{1,254}"),
    "preloadedDependencies": p.list_of(p.is_dependency, 300),
    "embedTypes": p.list_of(p.one_of("iframe", "div"), 2),
}
OPTIONAL: Mapping[str, p.Check] = {
    "dynamicDependencies": p.list_of(p.is_dependency, 300),
    "editorDependencies": p.list_of(p.is_dependency, 300),
}
IGNORABLE: Mapping[str, p.Check] = {
    "contentType": p.text(),
    "description": p.text(0, 10_000),
    "author": p.text(),
    "authors": p.list_of(p.is_author, 100),
    "source": lambda value: value == "" or p.is_web_address(value),
    "license": p.one_of(*p.LICENSES),
    "licenseVersion": p.text(0, 30),
    "licenseExtras": p.text(0, 10_000),
    "yearFrom": p.is_year,
    "yearTo": p.is_year,
    "yearsFrom": p.is_year,
    "yearsTo": p.is_year,
    "changes": p.list_of(p.is_change, 10_000),
    "authorComments": p.text(0, 10_000),
    "w": p.is_size,
    "h": p.is_size,
    "defaultLanguage": lambda value: value is None or p.text(0, 35)(value),
    "a11yTitle": p.text(),
    "extraTitle": p.text(),
    "metaKeywords": p.text(0, 10_000),
    "metaDescription": p.text(0, 10_000),
}


@dataclass(frozen=True, slots=True)
class Author:
    name: str
    role: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """A valid h5p.json. ``raw`` keeps every key, known or not."""

    title: str
    language: str
    main_machine_name: str
    preloaded: tuple[LibraryName, ...]
    dynamic: tuple[LibraryName, ...] = ()
    license: str = "U"
    license_version: str = ""
    source: str = ""
    authors: tuple[Author, ...] = ()
    default_language: str = ""
    raw: Mapping[str, Any] = field(default_factory=dict, compare=False)

    @property
    def listed_main_library(self) -> LibraryName | None:
        """The main library with its version, if the list of dependencies names it."""
        return next((name for name in self.preloaded if name.machine_name == self.main_machine_name), None)


def read_manifest(data: Any, problems: Problems) -> Manifest | None:
    """A manifest from parsed JSON, or None; everything wrong with it goes to ``problems``."""
    if not isinstance(data, dict):
        problems.add(Code.INVALID_H5P_JSON_FILE, FILE, reason="@json-not-object")
        return None
    found = Problems()
    p.check_properties(data, FILE, found, required=REQUIRED, optional=OPTIONAL, ignorable=IGNORABLE)
    for problem in found:
        problems.add(problem.code, problem.file, **problem.details)
    return None if found.errors else _manifest(data)


def _manifest(data: Mapping[str, Any]) -> Manifest:
    def valid(key: str, default: str = "") -> str:
        value = data.get(key)
        return value if isinstance(value, str) and IGNORABLE[key](value) else default

    authors = data.get("authors")
    return Manifest(
        title=data["title"],
        language=data["language"],
        main_machine_name=data["mainLibrary"],
        preloaded=p.dependencies(data, "preloadedDependencies"),
        dynamic=p.dependencies(data, "dynamicDependencies"),
        license=valid("license", "U"),
        license_version=valid("licenseVersion"),
        source=valid("source"),
        authors=tuple(
            Author(str(author.get("name", "")), str(author.get("role", "")))
            for author in (authors if isinstance(authors, list) else ())
            if p.is_author(author)
        ),
        default_language=valid("defaultLanguage"),
        raw=data,
    )
