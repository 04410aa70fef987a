"""From an uploaded SCORM package to a version whose outline can be played.

All or nothing: files become blobs while they are read, rows are written in one transaction at the end.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import BinaryIO

from django.db import transaction

from courses.packages.contents import next_number
from courses.packages.enums import ImportState, PackageKind
from courses.packages.models import Package, PackageImport, PackageVersion, VersionFile
from courses.packages.scorm import Manifest, ManifestError, read_manifest
from courses.packages.scorm.manifest import NAME, find_manifest
from courses.packages.scorm.xml import MAX_BYTES
from courses.packages.storing import WholeBlobSink
from courses.packages.web import WebFile, WebPackage, open_package
from courses.packages.web_words import worded
from office.audit.actions import record

_KINDS = {"1.2": PackageKind.SCORM_12, "2004": PackageKind.SCORM_2004}
MOST_ITEMS = 1000
_LONGEST_IDENTIFIER = 255


def take_scorm(row: PackageImport, source: BinaryIO, *, at: datetime) -> PackageVersion | None:
    """The version that came of the upload, or None when it was refused: ``row`` says why. Raises OSError (full disk)."""
    package = open_package(source)
    manifest = None if package.problems.is_bad else _manifest(package)
    files = list(package.files(WholeBlobSink(at=at)))
    row.errors, row.warnings = worded(package.problems.errors), worded(package.problems.warnings)
    row.finished_at = at
    with transaction.atomic():
        if PackageImport.objects.select_for_update(of=("self",)).get(pk=row.pk).state != ImportState.WAITING:
            return None  # another worker was told of the same upload, and was faster
        is_good = manifest is not None and not package.problems.is_bad
        version = _version(row, manifest, files, package, at) if manifest is not None and is_good else None
        row.version = version
        row.state = ImportState.DONE if version else ImportState.REFUSED
        row.save(update_fields=["errors", "warnings", "state", "finished_at", "version"])
    return version


def _manifest(package: WebPackage) -> Manifest | None:
    """None when it cannot be used: then a problem says why."""
    try:
        at = find_manifest(package.paths)
        data = package.read(at, most_bytes=MAX_BYTES)
        if data is None:
            return None
        manifest = read_manifest(data, at=at, paths=package.paths)
    except ManifestError as error:
        # «outside» is also what a page of the package shows from elsewhere; here the item itself leads out.
        code = "outside-launch" if error.code == "outside" else error.code
        package.problems.add(code, NAME, error.detail)
        return None
    _judge_items(package, manifest)
    _warn(package, manifest, at)
    return manifest


def _judge_items(package: WebPackage, manifest: Manifest) -> None:
    """The platform knows a SCO by the identifier of its item."""
    items = list(manifest.walk())
    if len(items) > MOST_ITEMS:
        package.problems.add("too-many-items", NAME, str(MOST_ITEMS))
    for identifier, times in Counter(item.identifier for item in manifest.scos).items():
        if times > 1 or not 0 < len(identifier) <= _LONGEST_IDENTIFIER:
            package.problems.add("bad-identifier", NAME, identifier)


def _warn(package: WebPackage, manifest: Manifest, at: str) -> None:
    for warned in manifest.warnings:
        package.problems.warn(warned.code, at, warned.detail)
    for item in manifest.scos:
        if item.sco is not None and item.sco.max_time_allowed:
            package.problems.warn("time-limit", at, f"{item.title}: {item.sco.max_time_allowed}")


def _version(
    row: PackageImport, manifest: Manifest, files: Sequence[WebFile], read: WebPackage, at: datetime
) -> PackageVersion:
    kind = _KINDS[manifest.version]
    package = _identity(row, kind, manifest.title or row.filename, at)
    charsets = {file.path: file.charset for file in files if file.charset not in {"", "utf-8"}}
    version = PackageVersion.objects.create(
        package=package,
        number=next_number(package),
        source=row.source,
        filename=row.filename,
        meta=manifest.as_json() | {"charsets": charsets},
        warnings=row.warnings,
        external_urls=[{"url": url, "kind": found} for url, found in read.outside.found.items()],
        created_by=row.uploaded_by,
        created_at=at,
    )
    VersionFile.objects.bulk_create(
        [VersionFile(version=version, path=file.path, blob_id=file.sha256) for file in files], batch_size=1000
    )
    Package.objects.filter(pk=package.pk).update(current=version, kind=kind)
    record(
        action="courses.package_replaced" if row.replaces_id else "courses.package_added",
        instance=package,
        by=row.uploaded_by,
        data={"file": row.filename, "version": version.number},
        at=at,
    )
    return version


def _identity(row: PackageImport, kind: PackageKind, title: str, at: datetime) -> Package:
    """The package that the upload replaces, locked, or a new one."""
    if row.replaces_id is not None:
        return Package.objects.select_for_update(of=("self",), no_key=True).get(pk=row.replaces_id)
    return Package.objects.create(kind=kind, title=title[:255], owner_body=row.owner_body, created_at=at)
