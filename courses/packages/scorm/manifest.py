"""imsmanifest.xml to an outline (SCORM 1.2 CAM; SCORM 2004 3rd and 4th edition CAM, content packaging)."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from posixpath import normpath
from urllib.parse import unquote
from xml.etree.ElementTree import Element

from courses.packages.scorm.outline import Item, Manifest, ManifestError, Sco, Warned
from courses.packages.scorm.xml import all_of, attribute, first_of, name_of, parsed, text_of

NAME = "imsmanifest.xml"
_NAMES_2004 = ("imscp_v1p1", "adlcp_v1p3")
_SEQUENCING = frozenset(
    {"sequencingRules", "rollupRules", "objectives", "limitConditions", "deliveryControls"}
)
_PREREQUISITES = re.compile(r"^[\w.-]+(\s*&\s*[\w.-]+)*$")
_SCHEME = re.compile(r"^[a-z][a-z0-9+.-]*:|^//", re.IGNORECASE)


def find_manifest(paths: Collection[str]) -> str:
    """At the root, or one folder down where somebody zipped the folder. Raises ManifestError ``no-manifest``."""
    places = [path for path in paths if path.casefold().rsplit("/", 1)[-1] == NAME and path.count("/") <= 1]
    if not places:
        raise ManifestError("no-manifest")
    return min(places, key=lambda path: (path.count("/"), path))


def read_manifest(data: bytes, *, at: str, paths: Collection[str]) -> Manifest:
    """``at`` is where the manifest lies in the package, ``paths`` all its files. Raises ManifestError.

    Codes: those of ``parsed``, ``not-a-manifest``, ``no-organization``, ``nothing-to-launch``, ``outside``,
    ``missing-file``.
    """
    root = parsed(data)
    if name_of(root) != "manifest":
        raise ManifestError("not-a-manifest", name_of(root))
    return _Reader(root, at, paths).manifest()


@dataclass
class _Reader:
    root: Element
    at: str
    paths: Collection[str]
    warnings: dict[Warned, None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.folder = self.at[: self.at.rfind("/") + 1]
        self.by_folded = {path.casefold(): path for path in self.paths}
        self.resources = self._resources()
        self.edition = text_of(self.root, "metadata", "schemaversion")
        self.version = self._version()

    def manifest(self) -> Manifest:
        organization = self._organization()
        items = tuple(self._item(element) for element in all_of(organization, "item"))
        control = first_of(organization, "sequencing", "controlMode")
        self._look_at_sequencing(organization)
        made = Manifest(
            version=self.version,
            edition=self.edition,
            identifier=attribute(self.root, "identifier"),
            title=text_of(organization, "title") or attribute(self.root, "identifier"),
            items=items,
            root=self.folder,
            choice=_flag(control, "choice", default=True),
            flow=_flag(control, "flow", default=self.version == "1.2"),
            warnings=tuple(self.warnings),
        )
        if not made.scos:
            raise ManifestError("nothing-to-launch")
        return made

    def warn(self, code: str, detail: str = "") -> None:
        self.warnings[Warned(code, detail[:200])] = None

    def _version(self) -> str:
        if self.edition.startswith(("2004", "CAM")):
            return "2004"
        spaces = " ".join(element.tag for element in self.root.iter())
        is_new = any(name in spaces for name in _NAMES_2004)
        if not self.edition:
            self.warn("no-schemaversion")
        return "2004" if is_new and not self.edition.startswith("1.2") else "1.2"

    def _organization(self) -> Element:
        holder = first_of(self.root, "organizations")
        found = list(all_of(holder, "organization")) if holder is not None else []
        if holder is None or not found:
            raise ManifestError("no-organization")
        if len(found) > 1:
            self.warn("more-organizations", str(len(found)))
        wanted = attribute(holder, "default")
        return next((one for one in found if attribute(one, "identifier") == wanted), found[0])

    def _resources(self) -> Mapping[str, tuple[Element, str]]:
        """By identifier: the resource and the base that its href is relative to."""
        holder = first_of(self.root, "resources")
        if holder is None:
            return {}
        base = attribute(self.root, "base") + attribute(holder, "base")
        return {
            attribute(one, "identifier"): (one, base + attribute(one, "base"))
            for one in all_of(holder, "resource")
        }

    def _item(self, element: Element) -> Item:
        self._look_at_sequencing(element)
        title = text_of(element, "title") or attribute(element, "identifier")
        return Item(
            identifier=attribute(element, "identifier"),
            title=title,
            sco=self._sco(element, title),
            children=tuple(self._item(child) for child in all_of(element, "item")),
            prerequisites=self._prerequisites(element),
            visible=attribute(element, "isvisible").casefold() != "false",
        )

    def _sco(self, element: Element, title: str) -> Sco | None:
        reference = attribute(element, "identifierref")
        if not reference:
            return None
        if reference not in self.resources:
            self.warn("missing-resource", f"{title}: {reference}")
            return None
        resource, base = self.resources[reference]
        href = attribute(resource, "href")
        if not href:
            self.warn("missing-href", f"{title}: {reference}")
            return None
        path, query = self._file(base + href)
        return Sco(
            path=path,
            query=_with_parameters(query, attribute(element, "parameters")),
            tracks=(attribute(resource, "scormtype") or "sco").casefold() != "asset",
            mastery_score=_number(text_of(element, "masteryscore"), 0, 100),
            min_normalized=self._passing(element),
            completion_threshold=self._threshold(element),
            max_time_allowed=text_of(element, "maxtimeallowed"),
            time_limit_action=text_of(element, "timelimitaction") or text_of(element, "timeLimitAction"),
            launch_data=text_of(element, "datafromlms") or text_of(element, "dataFromLMS"),
        )

    def _file(self, href: str) -> tuple[str, str]:
        """The path as the package spells it, and what follows it. Raises ManifestError."""
        if _SCHEME.match(href):
            raise ManifestError("outside", href[:200])
        written = href.replace("\\", "/")
        cut = min((i for mark in "?#" if (i := written.find(mark)) >= 0), default=len(written))
        path, query = normpath(self.folder + unquote(written[:cut])), written[cut:]
        if path.startswith(("../", "/")) or path in {"..", "."}:
            raise ManifestError("outside", href[:200])
        if path in self.paths:
            return path, query
        found = self.by_folded.get(path.casefold())
        if found is None:
            raise ManifestError("missing-file", path[:200])
        self.warn("other-case", f"{path} → {found}")
        return found, query

    def _prerequisites(self, element: Element) -> tuple[str, ...]:
        text = text_of(element, "prerequisites")
        if not text:
            return ()
        if not _PREREQUISITES.match(text):
            self.warn("prerequisites", text)
            return ()
        return tuple(part.strip() for part in text.split("&"))

    def _passing(self, element: Element) -> float | None:
        objective = first_of(element, "sequencing", "objectives", "primaryObjective")
        if objective is None or attribute(objective, "satisfiedByMeasure").casefold() != "true":
            return None
        text = text_of(objective, "minNormalizedMeasure")
        return _number(text, -1, 1) if text else 1.0

    def _threshold(self, element: Element) -> float | None:
        found = first_of(element, "completionThreshold")
        if found is None:
            return None
        return _number(attribute(found, "minProgressMeasure") or (found.text or "").strip(), 0, 1)

    def _look_at_sequencing(self, element: Element) -> None:
        """The passing measure is taken over; every other rule is told, so that nobody counts on it."""
        sequencing = first_of(element, "sequencing")
        for child in sequencing if sequencing is not None else ():
            name = name_of(child)
            if name in _SEQUENCING and not _is_plain_objective(name, child):
                self.warn("sequencing", name)


def _is_plain_objective(name: str, element: Element) -> bool:
    """One primary objective without a map to global ones."""
    children: Sequence[Element] = list(element)
    return (
        name == "objectives"
        and len(children) == 1
        and name_of(children[0]) == "primaryObjective"
        and first_of(children[0], "mapInfo") is None
    )


def _with_parameters(query: str, parameters: str) -> str:
    """SCORM 2004 CAM 3.4.1.1: how ``parameters`` are put behind an address that may have some already."""
    text = parameters.lstrip("?&")
    if not text:
        return query
    if text.startswith("#"):
        return query if "#" in query else query + text
    before, mark, fragment = query.partition("#")
    return f"{before}{'&' if '?' in before else '?'}{text}{mark}{fragment}"


def _number(text: str, low: float, high: float) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if low <= value <= high else None


def _flag(element: Element | None, name: str, *, default: bool) -> bool:
    text = attribute(element, name).casefold() if element is not None else ""
    return text == "true" if text in {"true", "false"} else default
