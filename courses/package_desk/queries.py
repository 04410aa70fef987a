"""What the screens of packages and libraries list; each a fixed number of queries."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Count, F, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from courses.packages.imports import INSTALL_JOB, JOB
from courses.packages.models import Library, Package, PackageImport, PackageVersion, VersionLibrary
from courses.packages.pages import PackagePage
from courses.packages.permissions import Person, changeable_by, packages_visible_to
from office.jobs.models import Job
from people.organizations.models import Organization
from people.roles.enums import Capability
from people.roles.queries import scope_of

_HEAVY = ("params", "meta", "warnings", "external_urls")


def listed_packages(user: Person, on: date) -> QuerySet[Package]:
    """With ``page_count`` (pages that play it, drafts included), the newest first."""
    pages = PackagePage.objects.filter(package=OuterRef("pk")).order_by().values("package")
    counted = Subquery(pages.annotate(n=Count("pk")).values("n"), output_field=IntegerField())
    return (
        packages_visible_to(user, on)
        .select_related("current__created_by", "owner_body")
        .defer(*(f"current__{name}" for name in _HEAVY))
        .annotate(page_count=Coalesce(counted, 0))
        .order_by(F("current__created_at").desc(nulls_last=True), "-pk")
    )


def versions_of(package: Package) -> QuerySet[PackageVersion]:
    """The newest first, without their contents."""
    heavy = ("params", "meta")
    return package.versions.select_related("created_by").defer(*heavy).order_by("-number")


def bodies_to_bring_for(user: Person, on: date) -> list[Organization]:
    """The units that the author's roles name: a package belongs to one of them."""
    ids = scope_of(user, Capability.AUTHOR, on).organization_ids
    return list(Organization.objects.valid_on(on).filter(pk__in=ids).order_by("code"))


def brings_for_all(user: Person, on: date) -> bool:
    """Whether somebody may bring packages that every body can use."""
    return scope_of(user, Capability.AUTHOR, on).everywhere


def may_bring_again(upload: PackageImport, user: Person, on: date) -> bool:
    """Whether the person may still bring a file to where it went: a right may have ended since."""
    if upload.replaces_id is not None:
        return changeable_by(user, on).filter(pk=upload.replaces_id).exists()
    if upload.owner_body_id is None:
        return brings_for_all(user, on)
    return any(body.pk == upload.owner_body_id for body in bodies_to_bring_for(user, on))


def job_of(row: PackageImport) -> Job | None:
    """The job that reads the upload."""
    jobs = Job.objects.filter(kind=JOB, owner=row.uploaded_by.uuid)
    return jobs.filter(params__import=str(row.uuid)).order_by("-pk").first()


def install_job_of(row: PackageImport) -> Job | None:
    """The last job that was to install the libraries of the upload, whoever said yes."""
    return Job.objects.filter(kind=INSTALL_JOB, params__import=str(row.uuid)).order_by("-pk").first()


def import_with(uuid: UUID, user: Person) -> PackageImport | None:
    """The upload that somebody's form has made already."""
    return PackageImport.objects.filter(uuid=uuid, uploaded_by_id=user.pk).first()


def listed_libraries() -> QuerySet[Library]:
    """With ``package_count``: packages whose current version is pinned to it."""
    played = VersionLibrary.objects.filter(
        library=OuterRef("pk"), version__package__current=F("version"), version__package__removed_at=None
    )
    counted = played.order_by().values("library").annotate(n=Count("pk")).values("n")
    return (
        Library.objects.defer("semantics", "meta")
        .select_related("installed_by")
        .annotate(package_count=Coalesce(Subquery(counted, output_field=IntegerField()), 0))
        .order_by("machine_name", "-major", "-minor", "-patch")
    )


def packages_pinned_to(library: Library) -> QuerySet[Package]:
    """Packages whose current version is pinned to just this patch."""
    found = Package.objects.filter(removed_at=None, current__libraries__library=library)
    return found.select_related("owner_body").order_by("title")


def said_of(
    messages: Iterable[dict[str, str]], codes: Iterable[str]
) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    """Those with one of the codes, and the others."""
    wanted = set(codes)
    rows = list(messages)
    return [row for row in rows if row["code"] in wanted], [row for row in rows if row["code"] not in wanted]
