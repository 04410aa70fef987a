"""What a package is, for the person who is about to use it."""

from dataclasses import dataclass
from typing import Any

from courses.packages.h5p import content_types
from courses.packages.h5p.codes import Code
from courses.packages.h5p.content_types import Completion
from courses.packages.h5p.filtering import Dropped, Filtered, filter_content
from courses.packages.h5p.libraries import NO_LIBRARIES, Libraries, Library, LibraryIndex, LibraryName
from courses.packages.h5p.manifest import Author, Manifest
from courses.packages.h5p.package import Package
from courses.packages.h5p.problems import Problem, Problems
from courses.packages.h5p.references import Reference, external_references
from courses.packages.h5p.resolving import Resolution, libraries_in, note_resolution, resolve
from courses.packages.h5p.scoring import max_score

CONTENT_JSON = "content/content.json"


@dataclass(frozen=True, slots=True)
class Assessment:
    """A package against the libraries that are there. ``params`` is None unless it is ``ok``.

    ``problems`` holds the package's own findings too. ``max_score`` is None where only the running content knows it.
    """

    package: Package
    main: Library | None
    resolution: Resolution | None
    filtered: Filtered | None
    references: tuple[Reference, ...]
    max_score: float | None
    completion: Completion | None
    problems: Problems

    @property
    def ok(self) -> bool:
        return not self.problems.errors

    @property
    def errors(self) -> tuple[Problem, ...]:
        return self.problems.errors

    @property
    def warnings(self) -> tuple[Problem, ...]:
        return self.problems.warnings

    @property
    def params(self) -> dict[str, Any] | None:
        """The filtered content, ready to be kept and played."""
        return self.filtered.params if self.ok and self.filtered is not None else None

    def accessibility_notes(self, language: str) -> dict[str, str]:
        """What to check, by the machine name of each content type that the content uses."""
        used = self.filtered.libraries if self.filtered is not None else ()
        return {
            name.machine_name: content_types.content_type(name.machine_name).accessibility_note(language)
            for name in reversed(used)
            if content_types.is_known(name.machine_name) or (self.main and name == self.main.name)
        }


def assess(
    package: Package, installed: LibraryIndex = NO_LIBRARIES, *, take_packaged: bool = True
) -> Assessment:
    """Judge a package: can it be taken here, what does it need, what is left out.

    ``take_packaged``: whether the libraries in the package count (a library manager's upload, or a look); an author's
    upload goes by the installed ones alone. Of two with the same name and minor version, the installed one counts.
    """
    problems = Problems(most=400)
    for problem in package.problems:
        problems.add(problem.code, problem.file, **problem.details)
    manifest, content = package.manifest, package.content
    if manifest is None or content is None:
        return Assessment(package, None, None, None, (), None, None, problems)
    index = _Preferring(installed, package.libraries if take_packaged else ())
    name = _main_name(manifest, package.libraries, problems)
    main = index.find(name) if name is not None else None
    if name is None or main is None:
        problems.add(Code.MISSING_MAIN_LIBRARY, library=name or manifest.main_machine_name)
        return Assessment(package, None, None, None, external_references(content), None, None, problems)
    if not main.runnable:
        problems.add(Code.MAIN_LIBRARY_NOT_RUNNABLE, library=name)
    # What is listed comes last: the content's own libraries decide which of two versions is met first.
    roots = (*libraries_in(content), name, *manifest.preloaded, *manifest.dynamic)
    resolution = resolve(roots, index)
    note_resolution(resolution, name, problems)
    filtered = filter_content(content, main, index)
    _note_filtered(filtered, package, problems)
    references = external_references(filtered.params)
    for reference in references:
        if reference.is_needed:
            problems.add(Code.EXTERNAL_REFERENCE, CONTENT_JSON, url=reference.url)
    used = frozenset(library.machine_name for library in filtered.libraries)
    points = max_score(name.machine_name, filtered.params)
    rule = content_types.completion_of(name.machine_name, filtered.params, used)
    return Assessment(package, main, resolution, filtered, references, points, rule, problems)


class _Preferring:
    """Installed libraries first, then those of the package."""

    def __init__(self, installed: LibraryIndex, packaged: tuple[Library, ...]) -> None:
        self._installed, self._packaged = installed, Libraries(packaged)

    def find(self, name: LibraryName) -> Library | None:
        return self._installed.find(name) or self._packaged.find(name)


def _main_name(manifest: Manifest, packaged: tuple[Library, ...], problems: Problems) -> LibraryName | None:
    """The main library's version from the list, else from the only one in the package that has its name."""
    if (listed := manifest.listed_main_library) is not None:
        return listed
    same = [library.name for library in packaged if library.name.machine_name == manifest.main_machine_name]
    if len(same) != 1:
        return None
    problems.add(Code.MAIN_LIBRARY_NOT_LISTED, library=same[0])
    return same[0]


def _note_filtered(filtered: Filtered, package: Package, problems: Problems) -> None:
    for dropped in filtered.dropped:
        problems.add(Code.CONTENT_DROPPED, CONTENT_JSON, where=dropped.where, reason=f"@{dropped.reason}")
    present = {file.path for file in package.content_files}
    for path in filtered.files:
        if path not in present:
            problems.add(Code.MISSING_CONTENT_FILE, CONTENT_JSON, missing=path)


@dataclass(frozen=True, slots=True)
class Description:
    """The facts of a package in plain data; sizes in bytes."""

    title: str
    main_library: str
    language: str
    license: str
    authors: tuple[Author, ...]
    libraries: tuple[str, ...]
    content_files: int
    content_size: int
    unpacked_size: int
    references: tuple[Reference, ...]
    dropped: tuple[Dropped, ...]
    max_score: float | None
    completion: str
    accessibility: dict[str, str]


def describe(assessment: Assessment, language: str = "en") -> Description:
    """Describe a package as far as it could be read."""
    package, manifest = assessment.package, assessment.package.manifest
    ordered = assessment.resolution.ordered if assessment.resolution is not None else ()
    return Description(
        title=manifest.title if manifest else "",
        main_library=str(assessment.main.name) if assessment.main else "",
        language=manifest.language if manifest else "",
        license=manifest.license if manifest else "",
        authors=manifest.authors if manifest else (),
        libraries=tuple(f"{library.name.machine_name} {library.version}" for library in ordered),
        content_files=len(package.content_files),
        content_size=sum(file.size for file in package.content_files),
        unpacked_size=package.unpacked_size,
        references=assessment.references,
        dropped=assessment.filtered.dropped if assessment.filtered else (),
        max_score=assessment.max_score,
        completion=str(assessment.completion or ""),
        accessibility=assessment.accessibility_notes(language),
    )
