"""From a package that was read to a version that can be played."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import Max
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from courses.packages.enums import ImportState, PackageKind
from courses.packages.h5p.describing import Assessment, assess
from courses.packages.h5p.package import Package as CorePackage
from courses.packages.h5p.problems import Problem
from courses.packages.models import (
    Library,
    Package,
    PackageImport,
    PackageVersion,
    VersionFile,
    VersionLibrary,
)
from courses.packages.storing import InstalledLibraries
from office.audit.actions import record

Said = list[dict[str, str]]


def said(problems: Sequence[Problem]) -> Said:
    """``[{code, file, message}]`` for the row, in the language of the person who will read it.

    Where a library is missing, its name stands by itself as ``library`` too.
    """
    language = (get_language() or "ja").split("-")[0]
    return [problem.as_json(language) | _library(problem) for problem in problems]


def _library(problem: Problem) -> dict[str, str]:
    name = problem.details.get("library")
    return {"library": str(name)} if name is not None else {}


def take_content(row: PackageImport, package: CorePackage, *, at: datetime) -> PackageVersion | None:
    """The version that came of the upload, or None when it was refused: ``row`` says why.

    Libraries in the file are not installed; the content goes by those that are here.
    """
    index = InstalledLibraries()
    assessed = assess(package, index, take_packaged=False)
    row.errors = said(assessed.errors)
    row.warnings = said(assessed.warnings) + _patches(package, index)
    row.finished_at = at
    with transaction.atomic():
        version = None
        if assessed.ok:
            ordered = assessed.resolution.ordered if assessed.resolution else ()
            libraries = [index.rows[library.name] for library in ordered]
            version = _version(row, assessed, libraries, at)
        row.version = version
        row.state = ImportState.DONE if version else ImportState.REFUSED
        row.save(update_fields=["errors", "warnings", "state", "finished_at", "version"])
    return version


def _patches(package: CorePackage, index: InstalledLibraries) -> Said:
    """What an author should know: the file was made with a newer patch than is here."""
    text = _(
        "Made with version %(theirs)s; here %(ours)s is used. A library manager can install the newer one."
    )
    found = []
    for library in package.libraries:
        row = index.rows.get(library.name)
        if row is not None and row.patch < library.patch:
            ours = f"{row.major}.{row.minor}.{row.patch}"
            message = text % {"theirs": library.version, "ours": ours}
            file = library.name.machine_name
            named = {"library": str(library.name), "version": library.version, "here": ours}
            found.append({"code": "newer-patch", "file": file, "message": message} | named)
    return found


def _version(
    row: PackageImport, assessed: Assessment, libraries: Sequence[Library], at: datetime
) -> PackageVersion:
    manifest = assessed.package.manifest
    if manifest is None or assessed.main is None or assessed.params is None:
        raise ValueError("only an assessment that is ok becomes a version")
    package = _identity(row, manifest.title, at)
    points = assessed.max_score
    version = PackageVersion.objects.create(
        package=package,
        number=next_number(package),
        source=row.source,
        filename=row.filename,
        params=assessed.params,
        meta=dict(manifest.raw),
        main_library=str(assessed.main.name),
        language=manifest.language,
        max_score=None if points is None else Decimal(str(points)),
        warnings=row.warnings,
        external_urls=[{"url": found.url, "kind": found.kind} for found in assessed.references],
        created_by=row.uploaded_by,
        created_at=at,
    )
    VersionFile.objects.bulk_create(
        VersionFile(version=version, path=file.path.removeprefix("content/"), blob_id=file.sha256)
        for file in assessed.package.content_files
    )
    pin(version, libraries)
    Package.objects.filter(pk=package.pk).update(current=version)
    action = "courses.package_replaced" if row.replaces_id else "courses.package_added"
    record(
        action=action,
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
        kind=PackageKind.H5P, title=title[:255], owner_body=row.owner_body, created_at=at
    )


def next_number(package: Package) -> int:
    return (package.versions.aggregate(last=Max("number"))["last"] or 0) + 1


def pin(version: PackageVersion, libraries: Sequence[Library]) -> None:
    """Ties a version to these patches, in their order of loading."""
    VersionLibrary.objects.bulk_create(
        VersionLibrary(version=version, library=library, weight=weight)
        for weight, library in enumerate(libraries)
    )
