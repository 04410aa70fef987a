"""library.json: what a library says of itself."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from courses.packages.h5p import properties as p
from courses.packages.h5p.codes import Code
from courses.packages.h5p.files import PackageFile
from courses.packages.h5p.libraries import MACHINE_NAME, Library, LibraryName, version_number
from courses.packages.h5p.problems import Problems

CORE_API = (1, 28)
# h5p.classes.php, H5PValidator: $libraryRequired and $libraryOptional
REQUIRED: Mapping[str, p.Check] = {
    "title": p.text(1, 255),
    "machineName": lambda value: isinstance(value, str) and MACHINE_NAME.fullmatch(value) is not None,
    "majorVersion": p.is_number,
    "minorVersion": p.is_number,
    "patchVersion": p.is_number,
    "runnable": p.is_flag,
}
OPTIONAL: Mapping[str, p.Check] = {
    "coreApi": p.is_core_api,
    "preloadedJs": p.list_of(p.names_file("js")),
    "preloadedCss": p.list_of(p.names_file("css")),
    "preloadedDependencies": p.list_of(p.is_dependency, 300),
    "dynamicDependencies": p.list_of(p.is_dependency, 300),
    "editorDependencies": p.list_of(p.is_dependency, 300),
    "dropLibraryCss": p.list_of(
        lambda value: isinstance(value, dict) and isinstance(value.get("machineName"), str)
    ),
}
IGNORABLE: Mapping[str, p.Check] = {
    "author": p.text(0, 1000),
    "license": p.text(0, 100),
    "licenseVersion": p.text(0, 100),
    "description": p.text(0, 10_000),
    "contentType": p.text(),
    "embedTypes": p.list_of(p.one_of("iframe", "div"), 2),
    "fullscreen": p.is_flag,
    "w": p.is_size,
    "h": p.is_size,
    "metadataSettings": lambda value: isinstance(value, dict),
    "addTo": lambda value: isinstance(value, dict),
    "patchVersionInFolderName": p.is_flag,
    "metadata": p.is_flag,
    "dynamicJs": lambda value: isinstance(value, list),
    "dynamicCss": lambda value: isinstance(value, list),
    "requiredCoreApi": p.is_core_api,
    "state": lambda value: True,
    "isOld": lambda value: True,
}


def read_library(folder: str, data: Any, problems: Problems) -> Library | None:
    """A library from its parsed library.json, without semantics and files; None when it cannot be used."""
    file = f"{folder}/library.json"
    if not isinstance(data, dict):
        problems.add(Code.INVALID_LIBRARY_JSON_FILE, folder, reason="@json-not-object")
        return None
    found = Problems()
    p.check_properties(data, file, found, required=REQUIRED, optional=OPTIONAL, ignorable=IGNORABLE)
    for problem in found:
        problems.add(problem.code, problem.file, **problem.details)
    if found.errors:
        return None
    library = _library(folder, data)
    _check_folder(library, problems)
    if library.core_api is not None and library.core_api > CORE_API:
        wanted, have = (".".join(map(str, version)) for version in (library.core_api, CORE_API))
        problems.add(Code.API_VERSION_UNSUPPORTED, folder, wanted=wanted, have=have)
    return library


def _check_folder(library: Library, problems: Problems) -> None:
    name, allowed = library.name, {library.name.folder, library.name.machine_name}
    if p.is_flag(library.raw.get("patchVersionInFolderName")) and int(
        library.raw["patchVersionInFolderName"]
    ):
        allowed.add(f"{name.folder}.{library.patch}")
    if library.folder not in allowed:
        problems.add(
            Code.LIBRARY_DIRECTORY_NAME_MISMATCH,
            library.folder,
            expected=name.folder,
            short=name.machine_name,
        )


def _library(folder: str, data: Mapping[str, Any]) -> Library:
    core_api = data.get("coreApi")
    return Library(
        name=LibraryName(
            data["machineName"],
            version_number(data["majorVersion"]) or 0,
            version_number(data["minorVersion"]) or 0,
        ),
        patch=version_number(data["patchVersion"]) or 0,
        title=data["title"],
        runnable=bool(int(data["runnable"])),
        core_api=(int(core_api["majorVersion"]), int(core_api["minorVersion"])) if core_api else None,
        scripts=_paths(data.get("preloadedJs", ())),
        styles=_paths(data.get("preloadedCss", ())),
        preloaded=p.dependencies(data, "preloadedDependencies"),
        dynamic=p.dependencies(data, "dynamicDependencies"),
        editor=p.dependencies(data, "editorDependencies"),
        drops_styles_of=tuple(drop["machineName"] for drop in data.get("dropLibraryCss", ())),
        fullscreen=p.is_flag(data.get("fullscreen")) and bool(int(data["fullscreen"])),
        is_addon=bool(data.get("addTo")),
        author=_text(data, "author"),
        license=_text(data, "license"),
        description=_text(data, "description"),
        folder=folder,
        raw=data,
    )


def _text(data: Mapping[str, Any], key: str) -> str:
    return value if isinstance(value := data.get(key), str) else ""


def _paths(listed: Sequence[Mapping[str, str]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(entry["path"].removeprefix("./") for entry in listed))


def check_files(library: Library, files: Collection[PackageFile], problems: Problems) -> None:
    """Every script and style that a library names must be there."""
    present = {file.path for file in files}
    for path in (*library.scripts, *library.styles):
        if path not in present:
            problems.add(Code.LIBRARY_MISSING_FILE, f"{library.folder}/library.json", missing=path)
