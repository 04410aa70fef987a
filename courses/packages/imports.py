"""From an uploaded file to a version, or to libraries that wait for a yes. The work is done by a job.

All or nothing: files become blobs while they are read, rows are written in one transaction at the end. A worker that
is killed leaves blobs that the sweep takes away, and the next one begins again from the kept file.
"""

from datetime import datetime
from uuid import UUID, uuid4

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.blobs.actions import BlobWriter
from courses.blobs.models import path_of
from courses.packages.cmi5_taking import take_cmi5
from courses.packages.contents import said, take_content
from courses.packages.enums import ImportPurpose, ImportState, PackageKind
from courses.packages.formats import FORMAT_OF_KIND, PackageFormat, format_of
from courses.packages.h5p.limits import DEFAULT_LIMITS
from courses.packages.h5p.package import Package as CorePackage
from courses.packages.h5p.package import read_package
from courses.packages.installing import LibraryConflict, differences, install
from courses.packages.models import Package, PackageImport
from courses.packages.scorm_taking import take_scorm
from courses.packages.storing import BlobSink
from courses.packages.web_words import refuse
from office.jobs.actions import JobError, start_job, step
from office.jobs.models import Job
from people.accounts.models import User
from people.organizations.models import Organization

JOB = "courses.import_package"
INSTALL_JOB = "courses.install_libraries"
OVER = frozenset({ImportState.DONE, ImportState.REFUSED, ImportState.LOOKED_AT})


class FileTooLarge(ValueError):
    """The upload is larger than packages may be; ``limit`` in bytes. Nothing was kept."""

    def __init__(self, limit: int) -> None:
        super().__init__(str(limit))
        self.limit = limit


def upload(
    *,
    file: "UploadedFile[bytes]",
    purpose: ImportPurpose,
    by: User,
    at: datetime,
    body: Organization | None = None,
    replaces: Package | None = None,
    uuid: UUID | None = None,
) -> PackageImport:
    """Keeps the file and starts the job. ``uuid`` is the form's own, so that a second click is seen as one.

    Raises FileTooLarge, OSError when the disk is full, IntegrityError when the form was sent already.
    """
    with BlobWriter(at=at) as writer:
        for piece in file.chunks():
            if writer.size + len(piece) > DEFAULT_LIMITS.package_bytes:
                raise FileTooLarge(DEFAULT_LIMITS.package_bytes)
            writer.write(piece)
    with transaction.atomic():
        row = PackageImport.objects.create(
            uuid=uuid or uuid4(),
            purpose=purpose,
            source_id=writer.sha256,
            filename=str(file.name)[-255:],
            replaces=replaces,
            owner_body=replaces.owner_body if replaces else body,
            uploaded_by=by,
            uploaded_at=at,
        )
        title = _("Taking in %(file)s") % {"file": row.filename}
        start_job(kind=JOB, title=title, params={"import": str(row.uuid)}, owner=by.uuid, at=at)
    return row


def import_package(job: Job) -> None:
    """The handler. Told again about an import that is over, it changes nothing. Raises JobError."""
    row = PackageImport.objects.select_related("replaces", "uploaded_by").get(uuid=UUID(job.params["import"]))
    if row.state in OVER:
        return
    step(job, done=0, cursor={}, total=1)
    try:
        if row.purpose == ImportPurpose.LIBRARIES:
            _look_at_libraries(row, _read(row, None))
        else:
            _take(row, at=timezone.now())
    except OSError as error:
        raise JobError(
            _("The file could not be stored: the disk is full or does not answer. The upload is kept.")
        ) from error
    step(job, done=1, cursor={}, total=1)


def _take(row: PackageImport, *, at: datetime) -> None:
    """By the kind of the file; a package is replaced by its own kind only, because learners are in the middle of it."""
    with path_of(row.source_id).open("rb") as source:
        found = format_of(source, name=row.filename)
        source.seek(0)
        if row.replaces is not None and FORMAT_OF_KIND[PackageKind(row.replaces.kind)] != found:
            refuse(row, "other-kind" if found != PackageFormat.UNKNOWN else "no-package", detail=found, at=at)
        elif found == PackageFormat.SCORM:
            take_scorm(row, source, at=at)
        elif found == PackageFormat.CMI5:
            take_cmi5(row, source, at=at)
        elif found == PackageFormat.H5P:
            take_content(row, _read(row, BlobSink(content=True, at=at)), at=at)
        else:
            refuse(row, "no-package", at=at)


def _read(row: PackageImport, sink: BlobSink | None) -> CorePackage:
    with path_of(row.source_id).open("rb") as source:
        return read_package(source, name=row.filename, sink=sink)


def _look_at_libraries(row: PackageImport, package: CorePackage) -> None:
    """What a library manager will be asked; nothing is installed yet."""
    row.errors, row.warnings = said(package.problems.errors), said(package.problems.warnings)
    row.plan = [one.as_json for one in differences(package.libraries)] if package.ok else []
    row.state = ImportState.LOOKED_AT if package.ok and row.plan else ImportState.REFUSED
    row.finished_at = timezone.now()
    row.save(update_fields=["errors", "warnings", "plan", "state", "finished_at"])


def confirm_libraries(*, row: PackageImport, by: User, at: datetime) -> Job:
    """The yes to ``plan``. Asked again it gives the same job."""
    title = _("Installing the libraries of %(file)s") % {"file": row.filename}
    return start_job(
        kind=INSTALL_JOB, title=title, params={"import": str(row.uuid), "by": by.pk}, owner=by.uuid, at=at
    )


def install_libraries(job: Job) -> None:
    """The handler of a confirmed plan. The difference is taken anew: somebody else may have installed meanwhile."""
    row = PackageImport.objects.get(uuid=UUID(job.params["import"]))
    if row.state != ImportState.LOOKED_AT:
        return
    package = _read(row, BlobSink(content=False, at=timezone.now()))
    if not package.ok:
        raise JobError(_("The file is not as it was when it was looked at. Nothing was installed."))
    by = User.objects.get(pk=job.params["by"])
    with transaction.atomic():
        try:
            made = install(package.libraries, by=by, at=timezone.now(), source=row.filename)
        except LibraryConflict as error:
            raise JobError(
                _("Nothing was installed: %(names)s differ from what is here, or are blocked.")
                % {"names": ", ".join(error.names)}
            ) from error
        row.state, row.finished_at = ImportState.DONE, timezone.now()
        row.save(update_fields=["state", "finished_at"])
        step(job, done=len(made), cursor={}, total=len(made))
