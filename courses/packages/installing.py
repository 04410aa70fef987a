"""Installing libraries: first the difference to what is there, then, after a yes, the rows.

Nothing is ever overwritten. A newer patch stands beside the older one, which stays for the versions that are pinned
to it; the same version with other bytes is refused, whoever brings it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db import transaction

from courses.packages.enums import DependencyKind, LibraryStatus
from courses.packages.h5p.libraries import Library as CoreLibrary
from courses.packages.models import Library, LibraryDependency, LibraryFile
from office.audit.actions import record
from people.accounts.models import User


class Change(StrEnum):
    NEW = "new"
    PATCH = "patch"  # newer than the active patch
    OLDER = "older"  # not newer than the active patch and not there yet: left out
    SAME = "same"
    CONFLICT = "conflict"  # the same version with other bytes: refused
    BLOCKED = "blocked"  # this very patch was blocked here: refused


@dataclass(frozen=True)
class Difference:
    """What installing one library would do. ``installed`` is the active version today, "" where there is none."""

    library: CoreLibrary
    change: Change
    installed: str = ""

    @property
    def as_json(self) -> dict[str, str]:
        return {
            "library": self.library.name.machine_name,
            "version": self.library.version,
            "title": self.library.title,
            "change": self.change,
            "installed": self.installed,
            "tree": self.library.tree_sha256,
        }


def differences(libraries: Iterable[CoreLibrary]) -> list[Difference]:
    """In two queries, however many libraries there are; sorted by name and version."""
    wanted = sorted(libraries, key=lambda library: (library.name, library.patch))
    names = {library.name.machine_name for library in wanted}
    rows = list(Library.objects.filter(machine_name__in=names))
    exact = {(row.machine_name, row.major, row.minor, row.patch): row for row in rows}
    active = {
        (row.machine_name, row.major, row.minor): row for row in rows if row.status == LibraryStatus.ACTIVE
    }
    return [_difference(library, exact, active) for library in wanted]


def _difference(
    library: CoreLibrary,
    exact: Mapping[tuple[str, int, int, int], Library],
    active: Mapping[tuple[str, int, int], Library],
) -> Difference:
    key = (library.name.machine_name, library.name.major, library.name.minor)
    current = active.get(key)
    installed = f"{current.major}.{current.minor}.{current.patch}" if current else ""
    same = exact.get((*key, library.patch))
    if same is not None and same.tree_sha != library.tree_sha256:
        return Difference(library, Change.CONFLICT, installed)
    if same is not None:
        change = Change.BLOCKED if same.status == LibraryStatus.BLOCKED else Change.SAME
        return Difference(library, change, installed)
    if current is None:
        return Difference(library, Change.NEW)
    return Difference(library, Change.PATCH if library.patch > current.patch else Change.OLDER, installed)


@transaction.atomic
def install(libraries: Sequence[CoreLibrary], *, by: User | None, at: datetime, source: str) -> list[Library]:
    """Adds what is new; their files must be blobs already. All or nothing; doing it again adds nothing.

    ``source`` is the name of the file they came in. Raises LibraryConflict.
    """
    list(Library.objects.select_for_update(no_key=True).values_list("pk"))  # one installation at a time
    found = differences(libraries)
    refused = [str(one.library.name) for one in found if one.change in {Change.CONFLICT, Change.BLOCKED}]
    if refused:
        raise LibraryConflict(refused)
    made = [_add(one.library, by=by, at=at) for one in found if one.change in {Change.NEW, Change.PATCH}]
    for row in made:
        record(
            action="courses.library_installed",
            instance=row,
            by=by,
            data={"library": str(row), "source": source, "tree": row.tree_sha},
            at=at,
        )
    return made


class LibraryConflict(ValueError):
    """Libraries whose version is here with other bytes, or blocked; ``names`` are theirs. Nothing was installed."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__(", ".join(names))
        self.names = list(names)


def _add(library: CoreLibrary, *, by: User | None, at: datetime) -> Library:
    name = library.name
    Library.objects.active().filter(
        machine_name=name.machine_name, major=name.major, minor=name.minor
    ).update(status=LibraryStatus.SUPERSEDED)
    row = Library.objects.create(
        machine_name=name.machine_name,
        major=name.major,
        minor=name.minor,
        patch=library.patch,
        tree_sha=library.tree_sha256,
        title=library.title,
        is_runnable=library.runnable,
        semantics=list(library.semantics),
        meta=dict(library.raw),
        installed_by=by,
        installed_at=at,
    )
    LibraryFile.objects.bulk_create(
        LibraryFile(library=row, path=file.path, blob_id=file.sha256) for file in library.files
    )
    LibraryDependency.objects.bulk_create(_dependencies(library, row))
    return row


def _dependencies(library: CoreLibrary, row: Library) -> list[LibraryDependency]:
    named = (
        (DependencyKind.PRELOADED, library.preloaded),
        (DependencyKind.DYNAMIC, library.dynamic),
        (DependencyKind.EDITOR, library.editor),
    )
    return [
        LibraryDependency(
            library=row,
            kind=kind,
            order=order,
            machine_name=name.machine_name,
            major=name.major,
            minor=name.minor,
        )
        for kind, names in named
        for order, name in enumerate(dict.fromkeys(names))
    ]
