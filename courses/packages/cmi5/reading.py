"""cmi5.xml to a course structure (cmi5, 13; CourseStructure.xsd)."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from posixpath import normpath
from urllib.parse import parse_qsl, unquote, urlsplit
from xml.etree.ElementTree import Element

from courses.packages.cmi5.findings import Finding
from courses.packages.cmi5.structure import AU_NAME, Au, Block, Course, Texts, is_absolute
from courses.packages.h5p.problems import shown
from courses.packages.scorm.outline import ManifestError
from courses.packages.scorm.xml import parsed

NAMESPACE = "https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd"
MOVE_ON = frozenset({"Passed", "Completed", "CompletedAndPassed", "CompletedOrPassed", "NotApplicable"})
LAUNCH_METHODS = frozenset({"OwnWindow", "AnyWindow"})
LAUNCH_NAMES = frozenset({"endpoint", "fetch", "actor", "registration", "activityId"})
MOST = 5000
_MOST_FINDINGS = 100
_TEXT = 10_000
_SPACE = f"{{{NAMESPACE}}}"
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:[^\s<>\"{}|\\^`\x00-\x20]+\Z")
_LANGUAGE = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*\Z")
_MASTERY = re.compile(r"(0(\.[0-9]{1,4})?|1(\.0{1,4})?|\.[0-9]{1,4})\Z")
_UNWANTED = re.compile(r"[\x00-\x20\x7f\\\"<>^`{|}]")


def read_structure(
    data: bytes, *, paths: Collection[str] | None, at: str = AU_NAME
) -> tuple[Course | None, tuple[Finding, ...]]:
    """The structure, or None with what is wrong; both with what is worth knowing.

    ``paths``: the files of the package, None for a cmi5.xml by itself. ``at``: where the cmi5.xml lies in it; addresses
    of files are relative to that.
    """
    try:
        root = parsed(data)
    except ManifestError as error:
        return None, (Finding(error.code, at, shown(error.detail)),)
    reader = _Reader(paths, at)
    course = reader.course(root)
    errors = [found for found in reader.found if not found.is_warning]
    return (None if errors else course), tuple(reader.found)


@dataclass
class _Reader:
    paths: Collection[str] | None
    at: str
    found: dict[Finding, None] = field(default_factory=dict)
    ids: set[str] = field(default_factory=set)
    objectives: dict[str, Texts] = field(default_factory=dict)

    def note(self, code: str, detail: str = "") -> None:
        if len(self.found) < _MOST_FINDINGS:
            self.found[Finding(code, self.at, shown(detail))] = None

    def course(self, root: Element) -> Course | None:
        if root.tag != f"{_SPACE}courseStructure":
            self.note("not-a-structure", root.tag)
            return None
        head = self.only(root, "course")
        if head is None:
            return None
        self.objectives = self._objectives(root)
        children = self.children(root, skipped=("course", "objectives"))
        return Course(
            id=self.identifier(head),
            title=self.texts(head, "title"),
            description=self.texts(head, "description"),
            children=children,
            objectives=self.objectives,
        )

    def children(self, element: Element, skipped: tuple[str, ...]) -> tuple[Au | Block, ...]:
        found: list[Au | Block] = []
        for child in element:
            name = _name(child)
            if name in ("au", "block") and len(self.ids) > MOST:
                self.note("too-many", str(MOST))
                break
            if name == "au":
                found.append(self._au(child))
            elif name == "block":
                found.append(self._block(child))
            elif name is not None and name not in skipped:
                self.note("unknown-element", name)
        if not found:
            self.note("no-au")
        return tuple(found)

    def _block(self, element: Element) -> Block:
        return Block(
            id=self.identifier(element),
            title=self.texts(element, "title"),
            description=self.texts(element, "description"),
            objectives=self._references(element),
            children=self.children(element, skipped=("title", "description", "objectives")),
        )

    def _au(self, element: Element) -> Au:
        url = self.text(element, "url") or ""
        score, kind = element.get("masteryScore", "").strip(), element.get("activityType", "").strip()
        if score and not _MASTERY.match(score):
            self.note("bad-mastery-score", score)
        return Au(
            id=self.identifier(element),
            title=self.texts(element, "title"),
            description=self.texts(element, "description"),
            url=url,
            path=self._address(url),
            launch_method=self._word(
                element, "launchMethod", "AnyWindow", LAUNCH_METHODS, "bad-launch-method"
            ),
            move_on=self._word(element, "moveOn", "NotApplicable", MOVE_ON, "bad-move-on"),
            mastery_score=score,
            launch_parameters=self.text(element, "launchParameters", needed=False),
            entitlement_key=self.text(element, "entitlementKey", needed=False),
            activity_type=kind if _IRI.match(kind) and len(kind) <= 2000 else "",
            objectives=self._references(element),
        )

    def _word(self, element: Element, name: str, default: str, words: frozenset[str], code: str) -> str:
        told = element.get(name, default).strip()
        if told not in words:
            self.note(code, told)
        return told

    def identifier(self, element: Element) -> str:
        told = element.get("id", "").strip()
        if not _IRI.match(told) or len(told) > 2000:
            self.note("bad-id", told or f"{_name(element)}")
        elif told in self.ids:
            self.note("duplicate-id", told)
        self.ids.add(told)
        return told

    def only(self, element: Element, name: str, *, needed: bool = True) -> Element | None:
        found = [child for child in element if _name(child) == name]
        if not found and needed:
            self.note("missing-element", name)
        if len(found) > 1:
            self.note("more-than-one", name)
        return found[0] if found else None

    def text(self, element: Element, name: str, *, needed: bool = True) -> str | None:
        """Without white space around it (13.1)."""
        found = self.only(element, name, needed=needed)
        if found is None:
            return None
        told = (found.text or "").strip()
        if needed and not told:
            self.note("missing-element", name)
        return told[:_TEXT]

    def texts(self, element: Element, name: str) -> Texts:
        holder = self.only(element, name)
        told: dict[str, str] = {}
        for one in _named(holder, "langstring"):
            tag = one.get("lang", "und").strip()
            if not _LANGUAGE.match(tag):
                self.note("bad-language", tag)
            told.setdefault(tag, " ".join((one.text or "").split())[:_TEXT])
        if holder is not None and (not told or (name == "title" and not any(told.values()))):
            self.note("no-title", f"{_name(element)} {name}")
        return told

    def _objectives(self, root: Element) -> dict[str, Texts]:
        holder = self.only(root, "objectives", needed=False)
        return {
            self.identifier(one): self.texts(one, "title") for one in list(_named(holder, "objective"))[:MOST]
        }

    def _references(self, element: Element) -> tuple[str, ...]:
        holder = self.only(element, "objectives", needed=False)
        told = tuple(one.get("idref", "").strip()[:2000] for one in _named(holder, "objective"))
        for one in told:
            if one not in self.objectives:
                self.note("unknown-objective", one)
        return told

    def _address(self, url: str) -> str:
        """The file that an address names; "" for one elsewhere."""
        if not url:
            return ""
        if _UNWANTED.search(url) or len(url) > 2000:
            self.note("bad-url", url)
            return ""
        if is_absolute(url):
            self._check_outside(url)
            return ""
        if self.paths is None:
            self.note("not-in-a-package", url)
            return ""
        return self._file(url, self.paths)

    def _check_outside(self, url: str) -> None:
        parts = _split(url)
        if parts is None or parts[0] not in ("http", "https") or not parts[1] or "@" in parts[1]:
            self.note("bad-url", url)
            return
        self._check_names(url, parts[2])
        if parts[0] == "http":
            self.note("not-secure", url)

    def _check_names(self, url: str, query: str) -> None:
        if LAUNCH_NAMES & {name for name, _value in parse_qsl(query, keep_blank_values=True)}:
            self.note("launch-name", url)

    def _file(self, url: str, paths: Collection[str]) -> str:
        parts = _split(url)
        folder = self.at[: self.at.rfind("/") + 1]
        path = normpath(folder + unquote(parts[3])) if parts is not None else ".."
        if parts is None or path.startswith(("../", "/")) or path in {"..", "."}:
            self.note("bad-url", url)
            return ""
        self._check_names(url, parts[2])
        if path not in paths:
            self.note("missing-file", path)
        return path


def _split(url: str) -> tuple[str, str, str, str] | None:
    """Scheme, host, query, path; None for what no reader would understand."""
    try:
        parts = urlsplit(url)
        _port = parts.port
    except ValueError:
        return None
    return parts.scheme.lower(), parts.netloc, parts.query, parts.path


def _name(element: Element) -> str | None:
    """The local name of an element of cmi5; None for one of another namespace (13.1.5)."""
    tag = element.tag
    return tag.removeprefix(_SPACE) if isinstance(tag, str) and tag.startswith(_SPACE) else None


def _named(holder: Element | None, name: str) -> Iterator[Element]:
    return (child for child in holder if _name(child) == name) if holder is not None else iter(())
