"""From an uploaded cmi5 course (a zip with cmi5.xml, or a cmi5.xml by itself) to a version that can be launched.

All or nothing: files become blobs while they are read, rows are written in one transaction at the end.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import BinaryIO

from django.db import transaction
from django.utils.translation import get_language

from courses.packages.cmi5 import AU_NAME, Course, Finding, read_structure
from courses.packages.contents import Said, next_number
from courses.packages.enums import ImportState, PackageKind
from courses.packages.models import Package, PackageImport, PackageVersion, VersionFile
from courses.packages.scorm.xml import MAX_BYTES
from courses.packages.storing import WholeBlobSink
from courses.packages.web import WebFile, WebPackage, open_package
from courses.packages.web_words import worded
from office.audit.actions import record

_LANGUAGES = ("ja", "und", "en")


@dataclass
class _Looked:
    """What reading the upload came to. ``outside``: addresses that files of the package load from elsewhere."""

    course: Course | None = None
    errors: Said = field(default_factory=list)
    warnings: Said = field(default_factory=list)
    files: Sequence[WebFile] = ()
    outside: Said = field(default_factory=list)


def take_cmi5(row: PackageImport, source: BinaryIO, *, at: datetime) -> PackageVersion | None:
    """The version that came of the upload, or None when it was refused: ``row`` says why. Raises OSError (full disk)."""
    looked = _archive(source, at) if _is_archive(source) else _alone(source)
    row.errors, row.warnings, row.finished_at = looked.errors, looked.warnings, at
    with transaction.atomic():
        if PackageImport.objects.select_for_update(of=("self",)).get(pk=row.pk).state != ImportState.WAITING:
            return None  # another worker was told of the same upload, and was faster
        course = looked.course if not looked.errors else None
        version = _version(row, course, looked, at) if course is not None else None
        row.version = version
        row.state = ImportState.DONE if version else ImportState.REFUSED
        row.save(update_fields=["errors", "warnings", "state", "finished_at", "version"])
    return version


def title_of(course: Course) -> str:
    """In Japanese where the file has it."""
    told = course.title
    tag = next((tag for tag in _LANGUAGES if told.get(tag)), "")
    return told[tag] if tag else next((text for text in told.values() if text), course.id)


def _is_archive(source: BinaryIO) -> bool:
    source.seek(0)
    found = source.read(2) == b"PK"
    source.seek(0)
    return found


def _alone(source: BinaryIO) -> _Looked:
    """14.2: all AUs are elsewhere."""
    course, findings = read_structure(source.read(MAX_BYTES + 1), paths=None)
    return _Looked(course, *_told(findings))


def _archive(source: BinaryIO, at: datetime) -> _Looked:
    package = open_package(source)
    course, findings = (None, ()) if package.problems.is_bad else _structure(package)
    errors, warnings = _told(findings)
    files = list(package.files(WholeBlobSink(at=at))) if not errors else []
    problems = package.problems
    outside = [{"url": url, "kind": str(kind)} for url, kind in package.outside.found.items()]
    return _Looked(
        course, worded(problems.errors) + errors, worded(problems.warnings) + warnings, files, outside
    )


def _structure(package: WebPackage) -> tuple[Course | None, Iterable[Finding]]:
    """At the root (14.1), or one folder down where somebody zipped the folder."""
    places = [path for path in package.paths if path.rsplit("/", 1)[-1] == AU_NAME and path.count("/") <= 1]
    if not places:
        return None, [Finding("missing-file", "", AU_NAME)]
    place = min(places, key=lambda path: (path.count("/"), path))
    data = package.read(place, most_bytes=MAX_BYTES)
    return (None, ()) if data is None else read_structure(data, paths=package.paths, at=place)


def _told(findings: Iterable[Finding]) -> tuple[Said, Said]:
    """Errors and warnings in the language of the person who will read them."""
    language = get_language() or "ja"
    said = [(one.is_warning, one.as_json(language)) for one in findings]
    return [one for is_warning, one in said if not is_warning], [
        one for is_warning, one in said if is_warning
    ]


def _version(row: PackageImport, course: Course, looked: _Looked, at: datetime) -> PackageVersion:
    package = _identity(row, title_of(course), at)
    charsets = {file.path: file.charset for file in looked.files if file.charset not in {"", "utf-8"}}
    elsewhere = [{"url": au.url, "kind": "au"} for au in course.aus if not au.path]
    version = PackageVersion.objects.create(
        package=package,
        number=next_number(package),
        source=row.source,
        filename=row.filename,
        meta={"cmi5": course.as_json(), "charsets": charsets},
        language="ja" if "ja" in course.title else next(iter(course.title), "")[:20],
        warnings=row.warnings,
        external_urls=elsewhere + looked.outside,
        created_by=row.uploaded_by,
        created_at=at,
    )
    VersionFile.objects.bulk_create(
        [VersionFile(version=version, path=file.path, blob_id=file.sha256) for file in looked.files],
        batch_size=1000,
    )
    Package.objects.filter(pk=package.pk).update(current=version)
    record(
        action="courses.package_replaced" if row.replaces_id else "courses.package_added",
        instance=package,
        by=row.uploaded_by,
        data={"file": row.filename, "version": version.number},
        at=at,
    )
    return version


def _identity(row: PackageImport, title: str, at: datetime) -> Package:
    """The package that the upload replaces, locked, or a new one."""
    if row.replaces_id is not None:
        return Package.objects.select_for_update(of=("self",), no_key=True).get(pk=row.replaces_id)
    return Package.objects.create(
        kind=PackageKind.CMI5, title=title[:255], owner_body=row.owner_body, created_at=at
    )
