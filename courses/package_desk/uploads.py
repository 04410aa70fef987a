"""Bringing a package, and the page that tells what became of the file."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.generic import FormView, TemplateView, View

from courses.library_requests.actions import mark_seen
from courses.library_requests.queries import MISSING, request_of, still_missing, wanted_by
from courses.package_desk.doors import ForAuthors, package_or_404, person
from courses.package_desk.forms import FileForm, PackageFileForm, TicketForm, UploadForm
from courses.package_desk.queries import (
    bodies_to_bring_for,
    brings_for_all,
    import_with,
    install_job_of,
    job_of,
    said_of,
)
from courses.package_desk.words import CHANGES, INSTALLED, REFUSED
from courses.packages.accessibility import checklist, notes_of
from courses.packages.enums import ImportPurpose, ImportState
from courses.packages.h5p.limits import MIB
from courses.packages.imports import FileTooLarge, upload
from courses.packages.models import Package, PackageImport
from courses.packages.permissions import can_install, imports_visible_to, packages_visible_to
from office.jobs.actions import retry_job
from office.jobs.enums import UNFINISHED, JobState
from people.organizations.models import Organization


class TakesFile(FormView[Any]):
    """A form with a file: kept once, however often the button is pressed."""

    form_class: type[FileForm] = FileForm
    purpose = ImportPurpose.CONTENT
    extra_context = {"submit_label": gettext_lazy("Send the file")}

    def form_valid(self, form: FileForm) -> HttpResponse:
        ticket, by = form.cleaned_data["ticket"], person(self.request)
        if import_with(ticket, by) is None:
            try:
                upload(
                    file=form.cleaned_data["file"],
                    purpose=self.purpose,
                    by=by,
                    at=timezone.now(),
                    body=self.body_from(form),
                    replaces=self.replaced(),
                    uuid=ticket,
                )
            except IntegrityError:
                if import_with(ticket, by) is None:
                    raise
            except (FileTooLarge, OSError) as error:
                form.add_error("file", _reason(error))
                return self.form_invalid(form)
        return redirect("package_desk:import", uuid=ticket)

    def body_from(self, form: FileForm) -> Organization | None:
        return None

    def replaced(self) -> Package | None:
        return None


def _reason(error: Exception) -> str:
    if isinstance(error, FileTooLarge):
        text = _(
            "The file is larger than %(limit)s MB. Make its films or pictures smaller, and save it again."
        )
        return text % {"limit": error.limit // MIB}
    return _(
        "The file could not be stored. Nothing was changed. Try again later, or tell the person who runs this site."
    )


class Upload(ForAuthors, TakesFile):
    template_name = "courses/package_desk/form.html"
    page_title = gettext_lazy("Bring a package")
    form_class = UploadForm
    extra_context = {
        "submit_label": gettext_lazy("Send the file"),
        "notice": gettext_lazy(
            "Content is taken from the file. Libraries in an H5P file are not installed: the content goes by those of this site. SCORM and cmi5 hold programs of their makers; they are played on a host name of their own."
        ),
    }

    def get_form_kwargs(self) -> dict[str, Any]:
        user, today = person(self.request), timezone.localdate()
        return super().get_form_kwargs() | {
            "bodies": bodies_to_bring_for(user, today),
            "for_all": brings_for_all(user, today),
        }

    def body_from(self, form: FileForm) -> Organization | None:
        return form.chosen_body if isinstance(form, UploadForm) else None


class Replace(ForAuthors, TakesFile):
    template_name = "courses/package_desk/form.html"
    page_title = gettext_lazy("Replace by a new file")
    form_class = PackageFileForm
    extra_context = {
        "submit_label": gettext_lazy("Send the file"),
        "notice": gettext_lazy(
            "The new file becomes the next version. Whoever is in the middle stays on the version that they began with."
        ),
    }

    @cached_property
    def package(self) -> Package:
        return package_or_404(self.request, self.kwargs["uuid"], to_change=True)

    def replaced(self) -> Package | None:
        return self.package

    def get_page_subtitle(self) -> str:
        return str(self.package.title)


@method_decorator(never_cache, name="dispatch")
class ImportPage(ForAuthors, TemplateView):
    """Waiting, at work, refused with its reasons, or done; looks again by itself where scripts run."""

    template_name = "courses/package_desk/import.html"

    def is_allowed(self, request: HttpRequest) -> bool:
        return super().is_allowed(request) or can_install(person(request), timezone.localdate())

    def get_page_title(self) -> str:
        return str(self.row.filename)

    @cached_property
    def row(self) -> PackageImport:
        return import_or_404(self.request, self.kwargs["uuid"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        row = self.row
        today, user = timezone.localdate(), person(self.request)
        missing, errors = said_of(row.errors, MISSING)
        is_own = row.uploaded_by_id == user.pk
        asked = request_of(row, user) if is_own else None
        if asked is not None:
            mark_seen(request=asked, by=user, at=timezone.now())
        context = super().get_context_data(**kwargs) | {
            "row": row,
            "state": _state(row),
            "missing": missing,
            "errors": errors,
            "may_install": can_install(user, today),
            "is_own": is_own,
            "wanted": wanted_by(row),
            "asked": asked,
            "lacks": still_missing(asked.libraries) if asked else [],
            "ticket": TicketForm(),
        }
        if row.version is not None:
            visible = packages_visible_to(user, today).filter(pk=row.version.package_id)
            context["package"] = visible.first()
            language = get_language() or "ja"
            context["notes"] = notes = notes_of(row.version, language)
            context["checklist"] = [] if all(note.tried for note in notes) else checklist(language)
        if row.purpose == ImportPurpose.LIBRARIES:
            context |= _plan(row)
        return context


def import_or_404(request: HttpRequest, uuid: UUID) -> PackageImport:
    rows = imports_visible_to(person(request), timezone.localdate())
    return get_object_or_404(rows.select_related("version__package", "uploaded_by", "replaces"), uuid=uuid)


def _state(row: PackageImport) -> str:
    """``waiting``, ``running``, ``failed``, or the state of an import that is over."""
    installing = install_job_of(row) if row.state == ImportState.LOOKED_AT else None
    if installing is not None and installing.state in UNFINISHED:
        return "installing"
    if row.state != ImportState.WAITING:
        return str(row.state)
    job = job_of(row)
    if job is None or job.state == JobState.FAILED:
        return "failed"
    return "running" if job.state == JobState.RUNNING else "waiting"


def _plan(row: PackageImport) -> dict[str, Any]:
    plan = [entry | {"label": CHANGES.get(entry["change"], entry["change"])} for entry in row.plan]
    changes = {entry["change"] for entry in row.plan}
    job = install_job_of(row)
    return {
        "plan": plan,
        "has_refused": bool(changes & REFUSED),
        "has_new": bool(changes & INSTALLED),
        "install_error": job.error if job is not None and job.state == JobState.FAILED else "",
    }


class TryAgain(ForAuthors, View):
    """Once more from the kept file, after the work stopped for a reason that is not the file's."""

    http_method_names = ["post"]

    def is_allowed(self, request: HttpRequest) -> bool:
        return super().is_allowed(request) or can_install(person(request), timezone.localdate())

    def post(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        row = import_or_404(request, uuid)
        job = job_of(row)
        if job is None or not retry_job(job=job, by=person(request), at=timezone.now()):
            messages.info(request, _("The work is on its way, or over already."))
        return redirect("package_desk:import", uuid=uuid)
