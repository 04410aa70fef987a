"""A whole package: h5p.json, content and libraries, read in one pass over the archive."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, BinaryIO

from courses.packages.h5p import library_json
from courses.packages.h5p.archive import Archive, Entry
from courses.packages.h5p.codes import Code
from courses.packages.h5p.files import PackageFile
from courses.packages.h5p.libraries import MACHINE_NAME, Library, LibraryName
from courses.packages.h5p.limits import DEFAULT_LIMITS, Limits
from courses.packages.h5p.manifest import Manifest, read_manifest
from courses.packages.h5p.names import extension
from courses.packages.h5p.problems import Problems, Refused
from courses.packages.h5p.reading import FileReader
from courses.packages.h5p.semantics import check_semantics
from courses.packages.h5p.sinks import NullSink, Sink

H5P_JSON, CONTENT, CONTENT_JSON = "h5p.json", "content", "content/content.json"


@dataclass(frozen=True, slots=True)
class Package:
    """What is in the file, unfiltered. Only an ``ok`` package has all its parts.

    ``content`` is the parsed content.json; ``content_files`` are the other files of content/ (paths relative to it);
    ``unpacked_size`` is in bytes.
    """

    manifest: Manifest | None
    content: dict[str, Any] | None
    content_sha256: str
    content_files: tuple[PackageFile, ...]
    libraries: tuple[Library, ...]
    unpacked_size: int
    problems: Problems

    @property
    def ok(self) -> bool:
        return not self.problems.errors


def read_package(
    source: BinaryIO, *, name: str = "", limits: Limits = DEFAULT_LIMITS, sink: Sink | None = None
) -> Package:
    """Read and check a package from a seekable file.

    ``name`` is the file's name, if it has one. The files go to ``sink`` while they are read; when the answer is not
    ``ok`` the sink has got only a part, to be thrown away. Everything wrong with the package is told in ``problems``;
    only what the source or the sink raise themselves (a full disk) is raised.
    """
    problems = Problems(limits.problems)
    if name and not name.lower().endswith(".h5p"):
        problems.add(Code.MISSING_H5P_EXTENSION)
    try:
        archive = Archive(source, limits, problems)
    except Refused as refused:
        problems.add(refused.problem.code, **refused.problem.details)
        return Package(None, None, "", (), (), 0, problems)
    return _Reading(archive, limits, sink or NullSink(), problems).package()


class _Reading:
    """The state of reading one package."""

    def __init__(self, archive: Archive, limits: Limits, sink: Sink, problems: Problems) -> None:
        self._limits, self._problems, self._archive = limits, problems, archive
        self._files = FileReader(archive, limits, sink, problems)
        self._folders: dict[str, dict[str, Entry]] = defaultdict(dict)
        self._top: dict[str, Entry] = {}
        # With a wrong directory nothing is read; a total over the limit neither.
        for entry in archive.entries if not problems.errors else ():
            folder, slash, rest = entry.path.partition("/")
            if slash:
                self._folders[folder][rest] = entry
            else:
                self._top[entry.path] = entry

    def package(self) -> Package:
        if self._problems.errors:
            return Package(None, None, "", (), (), self._archive.total, self._problems)
        manifest = self._manifest()
        content, sha = self._content()
        content_files = tuple(self._rest(self._folders.pop(CONTENT, {})))
        libraries = self._libraries()
        for path in self._top.keys() - {H5P_JSON}:
            self._problems.add(Code.UNKNOWN_FILE, path)
        return Package(manifest, content, sha, content_files, libraries, self._archive.total, self._problems)

    def _manifest(self) -> Manifest | None:
        entry = self._top.get(H5P_JSON)
        if entry is None:
            self._problems.add(Code.INVALID_H5P_JSON_FILE, H5P_JSON, reason="@missing")
            return None
        found = self._files.read_json(
            entry, most_bytes=self._limits.metadata_json_bytes, code=Code.UNABLE_TO_PARSE_PACKAGE
        )
        return read_manifest(found[0], self._problems) if found else None

    def _content(self) -> tuple[dict[str, Any] | None, str]:
        entry = self._folders[CONTENT].pop("content.json", None)
        if entry is None:
            self._problems.add(Code.INVALID_CONTENT_FOLDER, CONTENT_JSON, reason="@missing")
            return None, ""
        found = self._files.read_json(
            entry, most_bytes=self._limits.content_json_bytes, code=Code.INVALID_CONTENT_FOLDER
        )
        if found is None:
            return None, ""
        value, file = found
        if not isinstance(value, dict):  # the player cannot start with a list
            self._problems.add(Code.INVALID_CONTENT_FOLDER, CONTENT_JSON, reason="@json-not-object")
            return None, ""
        return value, file.source_sha256

    def _rest(self, entries: dict[str, Entry]) -> list[PackageFile]:
        read = []
        for path, entry in entries.items():
            if extension(path) == "swf":
                self._problems.add(Code.FLASH_FILE, entry.path)
            if (file := self._files.read_file(entry)) is not None:
                read.append(file)
        return read

    def _libraries(self) -> tuple[Library, ...]:
        if len(self._folders) > self._limits.libraries:
            self._problems.add(Code.TOO_MANY_LIBRARIES, limit=self._limits.libraries)
            return ()
        found: dict[LibraryName, Library] = {}
        for folder, entries in self._folders.items():
            library = self._library(folder, entries)
            if library is None:
                continue
            if library.name in found:
                self._problems.add(
                    Code.DUPLICATE_LIBRARY, folder, library=library.name, other=found[library.name].folder
                )
            found.setdefault(library.name, library)
        return tuple(found.values())

    def _library(self, folder: str, entries: dict[str, Entry]) -> Library | None:
        if not MACHINE_NAME.fullmatch(folder):
            self._problems.add(Code.INVALID_LIBRARY_NAME, folder, name=folder)
            return None
        files: list[PackageFile] = []
        data = self._metadata(entries.pop("library.json", None), folder, files)
        library = library_json.read_library(folder, data, self._problems) if data is not None else None
        semantics = self._semantics(entries.pop("semantics.json", None), files)
        self._languages(entries, files)
        files += self._rest(entries)
        if library is None:
            return None
        if library.is_addon:
            self._problems.add(Code.ADDON_IGNORED, folder, library=library.name)
        library_json.check_files(library, files, self._problems)
        return replace(library, semantics=semantics, files=tuple(files))

    def _metadata(self, entry: Entry | None, folder: str, files: list[PackageFile]) -> Any:
        if entry is None:
            self._problems.add(Code.INVALID_LIBRARY_JSON_FILE, folder, reason="@missing")
            return None
        return self._kept_json(entry, Code.INVALID_LIBRARY_JSON_FILE, files)

    def _semantics(self, entry: Entry | None, files: list[PackageFile]) -> Sequence[Any]:
        if entry is None:
            return ()
        data = self._kept_json(entry, Code.INVALID_SEMANTICS_JSON_FILE, files)
        return () if data is None else check_semantics(data, entry.path, self._problems)

    def _kept_json(self, entry: Entry, code: Code, files: list[PackageFile]) -> Any:
        """JSON that stays in memory with the package: all of it together is bounded."""
        if not self._files.charge_metadata(entry.size):
            self._problems.add(code, entry.path, reason="@too-many-metadata")
            return None
        found = self._files.read_json(entry, most_bytes=self._limits.metadata_json_bytes, code=code)
        if found is None:
            return None
        if found[0] is None:
            self._problems.add(code, entry.path, reason="@json-not-object")
        files.append(found[1])
        return found[0]

    def _languages(self, entries: dict[str, Entry], files: list[PackageFile]) -> None:
        for path in [path for path in entries if path.startswith("language/") and extension(path) == "json"]:
            entry = entries.pop(path)
            if not is_language_name(path.removeprefix("language/").removesuffix(".json")):
                self._problems.add(Code.INVALID_LANGUAGE_FILE, entry.path, reason="@bad-name")
            found = self._files.read_json(
                entry, most_bytes=self._limits.metadata_json_bytes, code=Code.INVALID_LANGUAGE_FILE
            )
            if found is not None:
                files.append(found[1])


def is_language_name(stem: str) -> bool:
    """``ja``, ``zh-hans``, ``es-419``: at most seven parts. (The reference's pattern takes exponential time.)"""
    parts = stem.removeprefix("-").split("-")
    return len(stem) <= 40 and len(parts) <= 7 and all(part.isascii() and part.isalnum() for part in parts)
