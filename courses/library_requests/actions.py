"""Asking for libraries, answering, and taking the kept file in once more."""

from datetime import datetime
from hashlib import sha256
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from courses.library_requests.enums import RequestState
from courses.library_requests.models import LibraryRequest
from courses.library_requests.queries import Wanted, names_of, still_missing, wanted_by
from courses.packages.enums import ImportPurpose
from courses.packages.imports import JOB
from courses.packages.models import PackageImport
from office.audit.actions import record
from office.jobs.actions import start_job
from people.accounts.models import User


class NothingWanted(ValueError):
    """The upload lacks no library."""


class StillMissing(ValueError):
    """A request cannot be answered as met; ``names`` are the libraries that are not there. Nothing was changed."""

    def __init__(self, names: list[str]) -> None:
        super().__init__(", ".join(names))
        self.names = names


@transaction.atomic
def ask_for_libraries(*, upload: PackageImport, by: User, at: datetime) -> LibraryRequest:
    """A request to those who install libraries; the same file and libraries again give the one that is open.

    Raises NothingWanted.
    """
    libraries = wanted_by(upload)
    if not libraries:
        raise NothingWanted
    request, is_new = LibraryRequest.objects.get_or_create(
        key=_key(upload, libraries, by),
        state=RequestState.OPEN,
        defaults={"upload": upload, "libraries": libraries, "asked_by": by, "asked_at": at},
    )
    if is_new:
        data = {"file": upload.filename, "libraries": names_of(libraries)}
        record(action="courses.libraries_asked", instance=request, by=by, data=data, at=at)
    return request


def _key(upload: PackageImport, libraries: list[Wanted], by: User) -> str:
    names = " ".join(f"{one['library']}:{one['version']}" for one in libraries)
    return sha256(f"{upload.source_id} {by.pk} {names}".encode()).hexdigest()


@transaction.atomic
def answer_installed(*, request: LibraryRequest, by: User, at: datetime) -> bool:
    """The libraries are here now. False when the request was answered already. Raises StillMissing."""
    row = LibraryRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
    if row.state != RequestState.OPEN:
        return False
    if missing := still_missing(row.libraries):
        raise StillMissing(missing)
    _answer(row, RequestState.INSTALLED, "", by, at)
    record(
        action="courses.libraries_provided",
        instance=row,
        by=by,
        data={"libraries": names_of(row.libraries)},
        at=at,
    )
    return True


@transaction.atomic
def decline(*, request: LibraryRequest, reason: str, by: User, at: datetime) -> bool:
    """They are not installed, for a reason that the author reads. False when the request was answered already."""
    row = LibraryRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
    if row.state != RequestState.OPEN:
        return False
    _answer(row, RequestState.DECLINED, reason, by, at)
    data = {"libraries": names_of(row.libraries), "reason": reason}
    record(action="courses.libraries_declined", instance=row, by=by, data=data, at=at)
    return True


def _answer(row: LibraryRequest, state: RequestState, reason: str, by: User, at: datetime) -> None:
    row.state, row.reason, row.answered_by, row.answered_at = state, reason, by, at
    row.save(update_fields=["state", "reason", "answered_by", "answered_at"])


def mark_seen(*, request: LibraryRequest, by: User, at: datetime) -> None:
    """The person who asked has seen the answer."""
    mine = LibraryRequest.objects.filter(pk=request.pk, asked_by=by, seen_at=None)
    mine.exclude(state=RequestState.OPEN).update(seen_at=at)


@transaction.atomic
def take_in_again(
    *, upload: PackageImport, purpose: ImportPurpose, uuid: UUID, by: User, at: datetime
) -> PackageImport:
    """Another run over the kept file, so that nobody has to send it again. ``uuid`` is the form's own.

    As content it goes where the first one would have gone; as libraries it shows what they would change.
    Raises IntegrityError when the form was sent already.
    """
    as_content = purpose == ImportPurpose.CONTENT
    row = PackageImport.objects.create(
        uuid=uuid,
        purpose=purpose,
        source_id=upload.source_id,
        filename=upload.filename,
        replaces=upload.replaces if as_content else None,
        owner_body=upload.owner_body if as_content else None,
        uploaded_by=by,
        uploaded_at=at,
    )
    title = _("Taking in %(file)s") % {"file": row.filename}
    start_job(kind=JOB, title=title, params={"import": str(row.uuid)}, owner=by.uuid, at=at)
    return row
