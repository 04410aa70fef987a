"""Newer patches for a package that is there, and the way back. Nothing is changed in place: the older version stays."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from courses.packages.contents import next_number, pin
from courses.packages.enums import LibraryStatus
from courses.packages.h5p.resolving import resolve
from courses.packages.models import Library, Package, PackageVersion, VersionFile
from courses.packages.storing import InstalledLibraries, name_of
from office.audit.actions import record
from people.accounts.models import User


class LibrariesMissing(ValueError):
    """The newer patches need libraries that are not here; ``names`` are theirs. Nothing was changed."""

    def __init__(self, names: Iterable[str]) -> None:
        self.names = list(names)
        super().__init__(", ".join(self.names))


class LibrariesBlocked(ValueError):
    """The version is pinned to libraries that are blocked; ``names`` are theirs. Nothing was changed."""

    def __init__(self, names: Iterable[str]) -> None:
        self.names = list(names)
        super().__init__(", ".join(self.names))


def newer_libraries(version: PackageVersion) -> list[tuple[Library, Library]]:
    """``(pinned, newer)`` for each library whose active patch is newer than the one that is pinned; two queries."""
    pinned = [row.library for row in version.libraries.select_related("library").order_by("weight")]
    names = {library.machine_name for library in pinned}
    active = {name_of(row): row for row in Library.objects.active().filter(machine_name__in=names)}
    found = [(library, active.get(name_of(library))) for library in pinned]
    return [(old, new) for old, new in found if new is not None and new.pk != old.pk]


@transaction.atomic
def repin(*, package: Package, by: User, at: datetime) -> PackageVersion | None:
    """A new version with the same content and the newest patches; None when there is nothing newer.

    Raises LibrariesMissing.
    """
    locked = Package.objects.select_for_update(of=("self",)).get(pk=package.pk)
    current = locked.current
    if current is None or not (newer := newer_libraries(current)):
        return None
    version = same_content(current, by=by, at=at)
    pin(version, _closure(current))
    Package.objects.filter(pk=locked.pk).update(current=version)
    changes = ", ".join(f"{old} → {new.major}.{new.minor}.{new.patch}" for old, new in newer)
    record(
        action="courses.package_repinned",
        instance=locked,
        by=by,
        data={"version": version.number, "libraries": changes},
        at=at,
    )
    return version


def _closure(version: PackageVersion) -> Sequence[Library]:
    """The pinned libraries by their names, as they are resolved today: a newer patch may need more of them."""
    index = InstalledLibraries()
    pins = version.libraries.select_related("library").order_by("weight")
    resolution = resolve([name_of(one.library) for one in pins], index)
    if not resolution.is_complete:
        raise LibrariesMissing(sorted({str(missing.name) for missing in resolution.missing}))
    return [index.rows[library.name] for library in resolution.ordered]


def same_content(version: PackageVersion, *, by: User, at: datetime, **other: Any) -> PackageVersion:
    """The next version of its package (or of ``other["package"]``, which must be locked) with the same files.

    ``other``: fields that differ. Libraries are not pinned yet, and it is not played yet.
    """
    fields: dict[str, Any] = {
        "package": version.package,
        "source_id": version.source_id,
        "based_on_id": version.based_on_id,
        "filename": version.filename,
        "params": version.params,
        "meta": version.meta,
        "main_library": version.main_library,
        "language": version.language,
        "max_score": version.max_score,
        "warnings": version.warnings,
        "external_urls": version.external_urls,
        "created_by": by,
        "created_at": at,
    } | other
    copied = PackageVersion.objects.create(number=next_number(fields["package"]), **fields)
    VersionFile.objects.bulk_create(
        VersionFile(version=copied, path=file.path, blob_id=file.blob_id) for file in version.files.all()
    )
    return copied


@transaction.atomic
def make_current(*, version: PackageVersion, by: User, at: datetime) -> bool:
    """Plays an earlier version again, or a later one; False when it is the current one already.

    Who is in the middle of another version stays on it. Raises LibrariesBlocked.
    """
    package = (
        Package.objects.select_for_update(of=("self",)).select_related("current").get(pk=version.package_id)
    )
    if package.current_id == version.pk:
        return False
    blocked = Library.objects.filter(pinned_by__version=version, status=LibraryStatus.BLOCKED)
    if names := [str(library) for library in blocked]:
        raise LibrariesBlocked(names)
    instead = package.current.number if package.current else 0
    Package.objects.filter(pk=package.pk).update(current=version)
    data = {"version": version.number, "instead": instead}
    record(action="courses.package_restored", instance=package, by=by, data=data, at=at)
    return True
