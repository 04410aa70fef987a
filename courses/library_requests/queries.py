"""What a file lacks, and which requests wait."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TypedDict

from django.db.models import QuerySet

from courses.library_requests.enums import RequestState
from courses.library_requests.models import LibraryRequest
from courses.library_requests.permissions import requests_visible_to
from courses.library_requests.rules import is_enough
from courses.packages.enums import ImportPurpose, ImportState
from courses.packages.h5p import Code, LibraryName
from courses.packages.models import Library, PackageImport
from courses.packages.permissions import Person, can_install
from people.accounts.models import User

MISSING = (Code.MISSING_MAIN_LIBRARY, Code.MISSING_REQUIRED_LIBRARY, Code.MISSING_LIBRARY_DEPENDENCY)
NEWER = "newer-patch"


class Wanted(TypedDict):
    """``library`` "H5P.Blanks 1.14"; ``version`` "1.14.6" or ""; ``here`` what is installed, or ""."""

    library: str
    version: str
    here: str


def wanted_by(row: PackageImport) -> list[Wanted]:
    """What an upload found missing, or older than in its file; empty for other uploads."""
    if row.purpose != ImportPurpose.CONTENT or row.state not in {ImportState.REFUSED, ImportState.DONE}:
        return []
    said = row.errors if row.state == ImportState.REFUSED else row.warnings
    codes = {str(code) for code in MISSING} if row.state == ImportState.REFUSED else {NEWER}
    found = {
        one["library"]: Wanted(
            library=one["library"], version=one.get("version", ""), here=one.get("here", "")
        )
        for one in said
        if one.get("code") in codes and one.get("library")
    }
    return [found[name] for name in sorted(found)]


def still_missing(libraries: Sequence[Wanted]) -> list[str]:
    """Names of those that are not installed by now, or not as new as wanted; one query."""
    names = {one["library"].rsplit(" ", 1)[0] for one in libraries}
    active = Library.objects.active().filter(machine_name__in=names)
    here = [(LibraryName(row.machine_name, row.major, row.minor), row.patch) for row in active]
    return [
        (one["version"] and f"{one['library'].rsplit(' ', 1)[0]} {one['version']}") or one["library"]
        for one in libraries
        if not is_enough(one["library"], one["version"], here)
    ]


def request_of(row: PackageImport, user: Person) -> LibraryRequest | None:
    """The last request of a person for the same file, whichever upload of it it was made for."""
    rows = LibraryRequest.objects.select_related("answered_by", "upload")
    return rows.filter(asked_by_id=user.pk, upload__source_id=row.source_id).order_by("-pk").first()


def listed_requests(user: Person, on: date) -> QuerySet[LibraryRequest]:
    """With who asks and for which file; those that wait first, the oldest of them first."""
    rows = requests_visible_to(user, on).select_related(
        "asked_by", "answered_by", "upload__owner_body", "upload__replaces"
    )
    return rows.order_by("-state", "asked_at") if can_install(user, on) else rows.order_by("-asked_at")


def open_count() -> int:
    return LibraryRequest.objects.filter(state=RequestState.OPEN).count()


def unseen_answers(user: User) -> int:
    """Answers to one's requests that one has not looked at."""
    answered = LibraryRequest.objects.filter(asked_by=user, seen_at=None)
    return answered.exclude(state=RequestState.OPEN).count()


def names_of(libraries: Iterable[Wanted]) -> str:
    return ", ".join(one["library"] for one in libraries)
