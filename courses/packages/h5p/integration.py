"""``H5PIntegration``: everything the player's core script needs, built on the server.

Shape as in h5p.js of the core (``H5P.init``). No user is named: libraries are a stranger's code. State is put in
beforehand, because what the core fetches later is thrown away.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from courses.packages.h5p.libraries import Library

State = Mapping[str, Mapping[str, str]]
# Characters that would end or upset a <script> element, as JSON may write them.
SCRIPT_SAFE = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}


@dataclass(frozen=True, slots=True)
class PlayedContent:
    """One content to play. ``libraries`` in load order, the main library among them.

    ``id`` must stay the same for one content (it is in every state address); ``iri`` identifies the activity in
    statements and has no query string. ``state``: saved JSON texts by sub-content id ("0" = the content itself) and data type.
    """

    id: str
    iri: str
    main: Library
    libraries: Sequence[Library]
    params: Mapping[str, Any]
    title: str
    content_url: str
    license: str = "U"
    language: str = "en"
    state: State = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Player:
    """What is the same for every content. A library's folder is at ``libraries_url/library_directory(library)``.

    ``strings``: the core's own texts by key (``l10n.H5P``). ``save_seconds``: how often state is handed out; 0 = never.
    ``assets``: scripts and styles to load instead of those of the libraries, when they were joined into few files.
    """

    libraries_url: str
    library_directory: Callable[[Library], str] = lambda library: library.name.folder
    core_scripts: Sequence[str] = ()
    core_styles: Sequence[str] = ()
    strings: Mapping[str, str] = field(default_factory=dict)
    base_url: str = ""
    save_seconds: int = 10
    fullscreen_disabled: bool = False
    report_button: bool = False
    assets: "Assets | None" = None

    def library_url(self, library: Library) -> str:
        return f"{self.libraries_url}/{self.library_directory(library)}"


@dataclass(frozen=True, slots=True)
class Assets:
    """Addresses in the order in which they are to be loaded."""

    scripts: tuple[str, ...]
    styles: tuple[str, ...]


def ordered_scripts(libraries: Sequence[Library]) -> tuple[tuple[Library, str], ...]:
    """(library, path) of every script, dependencies first."""
    return tuple((library, path) for library in libraries for path in library.scripts)


def ordered_styles(libraries: Sequence[Library]) -> tuple[tuple[Library, str], ...]:
    """(library, path) of every style, without those of libraries whose styles another one replaces (dropLibraryCss)."""
    dropped = {name for library in libraries for name in library.drops_styles_of}
    return tuple(
        (library, path)
        for library in libraries
        if library.name.machine_name not in dropped
        for path in library.styles
    )


def library_assets(libraries: Sequence[Library], library_url: Callable[[Library], str]) -> Assets:
    """The addresses of all scripts and styles, file by file."""
    return Assets(
        tuple(f"{library_url(library)}/{path}" for library, path in ordered_scripts(libraries)),
        tuple(f"{library_url(library)}/{path}" for library, path in ordered_styles(libraries)),
    )


def build_integration(content: PlayedContent, player: Player) -> dict[str, Any]:
    """The value of ``window.H5PIntegration`` for one content."""
    assets = player.assets or library_assets(content.libraries, player.library_url)
    return {
        "baseUrl": player.base_url,
        "url": player.base_url,
        "siteUrl": player.base_url,
        "urlLibraries": player.libraries_url,
        "libraryDirectories": {
            library.name.folder: player.library_directory(library) for library in content.libraries
        },
        "postUserStatistics": False,
        "saveFreq": player.save_seconds or False,
        "reportingIsEnabled": player.report_button,
        "fullscreenDisabled": int(player.fullscreen_disabled),
        # Without it caption tracks fail in a sandbox, whose origin is opaque.
        "crossorigin": "anonymous",
        "hubIsEnabled": False,
        "ajax": {"setFinished": "", "contentUserData": ""},
        "ajaxPath": "",
        "l10n": {"H5P": dict(player.strings)},
        "core": {"scripts": list(player.core_scripts), "styles": list(player.core_styles)},
        "loadedJs": list(assets.scripts),
        "loadedCss": list(assets.styles),
        "contents": {f"cid-{content.id}": _content(content, assets)},
    }


def _content(content: PlayedContent, assets: Assets) -> dict[str, Any]:
    return {
        "library": str(content.main.name),
        "jsonContent": json.dumps(content.params, ensure_ascii=False, separators=(",", ":")),
        "fullScreen": int(content.main.fullscreen),
        "url": content.iri,
        "contentUrl": content.content_url,
        "title": content.title,
        "metadata": {
            "title": content.title,
            "license": content.license,
            "defaultLanguage": content.language,
        },
        "displayOptions": {
            "frame": False,
            "export": False,
            "embed": False,
            "copyright": False,
            "icon": False,
            "copy": False,
        },
        "contentUserData": {sub: dict(values) for sub, values in (content.state or {"0": {}}).items()},
        "scripts": list(assets.scripts),
        "styles": list(assets.styles),
        "exportUrl": "",
        "embedCode": "",
        "resizeCode": "",
    }


def script_json(value: Any) -> str:
    """JSON that may stand inside a ``<script>`` element whatever texts it holds."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for char, escape in SCRIPT_SAFE.items():
        text = text.replace(char, escape)
    return text
