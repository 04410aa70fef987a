"""Libraries, for those who look after the install: what is here, what a file would bring, and stopping one."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _
from django.views.generic import FormView, View
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.widgets.button import HeaderButton

from courses.package_desk.doors import ForLibraryManagers, person
from courses.package_desk.forms import BlockForm
from courses.package_desk.lists import DeskList
from courses.package_desk.queries import listed_libraries, packages_pinned_to
from courses.package_desk.uploads import TakesFile, import_or_404
from courses.package_desk.words import INSTALLED, LIBRARY_STATUS, REFUSED
from courses.packages.accessibility import checklist, note_for
from courses.packages.blocking import block, unblock
from courses.packages.enums import ImportPurpose, ImportState, LibraryStatus
from courses.packages.imports import confirm_libraries
from courses.packages.models import Library
from office.templatetags.calendar_tags import day_text


def _version_text(library: Library) -> str:
    return f"{library.major}.{library.minor}.{library.patch}"


def _installed_text(library: Library) -> str:
    by = library.installed_by
    return f"{day_text(library.installed_at)} {by.name}" if by else day_text(library.installed_at)


class LibraryList(ForLibraryManagers, DeskList):
    page_title = gettext_lazy("H5P libraries")
    template_name = "courses/package_desk/list.html"
    table_classname = "listing desk-libraries"
    index_url_name = "package_desk:libraries"
    index_results_url_name = "package_desk:libraries_results"
    results_template_name = "courses/package_desk/library_list_results.html"
    search_fields = ("machine_name", "title")
    paginate_by = 50
    columns = [
        TitleColumn(
            "machine_name",
            label=gettext_lazy("Library"),
            get_url=lambda row: reverse("package_desk:library", args=[row.pk]),
        ),
        Column("title", label=pgettext_lazy("package", "Title")),
        Column("version", label=pgettext_lazy("package", "Version"), accessor=_version_text),
        Column(
            "status", label=pgettext_lazy("package", "State"), accessor=lambda row: LIBRARY_STATUS[row.status]
        ),
        Column("packages", label=gettext_lazy("Packages that play it"), accessor="package_count"),
        Column("installed", label=pgettext_lazy("package", "Installed"), accessor=_installed_text),
    ]

    def get_base_queryset(self) -> QuerySet[Library]:
        return listed_libraries()

    def above(self) -> list[dict[str, Any]]:
        return []

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        url = reverse("package_desk:library_upload")
        return [
            HeaderButton(_("Bring libraries"), url=url, icon_name="upload"),
            HeaderButton(_("Requests for libraries"), url=reverse("package_desk:requests"), icon_name="mail"),
        ]


class LibraryUpload(ForLibraryManagers, TakesFile):
    template_name = "courses/package_desk/form.html"
    page_title = gettext_lazy("Bring libraries")
    purpose = ImportPurpose.LIBRARIES
    extra_context = {
        "submit_label": gettext_lazy("See what it would change"),
        "notice": gettext_lazy(
            "A library runs in the browser of every learner. Take files only from makers whom you trust. "
            "Nothing is installed before you have seen the difference and said yes."
        ),
    }


class Confirm(ForLibraryManagers, View):
    """The yes to a difference that was shown; pressed twice it is one job."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        row = import_or_404(request, uuid)
        changes = {entry["change"] for entry in row.plan}
        if row.state != ImportState.LOOKED_AT or changes & REFUSED or not changes & INSTALLED:
            messages.info(request, _("There is nothing to install."))
        else:
            confirm_libraries(row=row, by=person(request), at=timezone.now())
        return redirect("package_desk:import", uuid=uuid)


class LibraryPage(ForLibraryManagers, FormView[BlockForm]):
    """One patch of a library, who plays it, and the form to block it."""

    template_name = "courses/package_desk/library.html"
    form_class = BlockForm

    @cached_property
    def library(self) -> Library:
        rows = Library.objects.defer("semantics").select_related("installed_by")
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    def get_page_title(self) -> str:
        return str(self.library)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        library, language = self.library, get_language() or "ja"
        same = listed_libraries().filter(machine_name=library.machine_name)
        return super().get_context_data(**kwargs) | {
            "library": library,
            "status": LIBRARY_STATUS[library.status],
            "is_blocked": library.status == LibraryStatus.BLOCKED,
            "packages": list(packages_pinned_to(library)),
            "note": note_for(library.machine_name, language) if library.is_runnable else None,
            "checklist": checklist(language),
            "others": [(one, LIBRARY_STATUS[one.status]) for one in same if one.pk != library.pk],
            "needs": list(library.dependencies.order_by("kind", "order")),
        }

    def form_valid(self, form: BlockForm) -> HttpResponse:
        reason, by = form.cleaned_data["reason"], person(self.request)
        block(library=self.library, reason=reason, by=by, at=timezone.now())
        messages.success(
            self.request,
            _("%(library)s is blocked. Nothing that needs it is played.") % {"library": self.library},
        )
        return redirect("package_desk:library", pk=self.library.pk)


class Unblock(ForLibraryManagers, View):
    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        library = get_object_or_404(Library, pk=pk)
        if unblock(library=library, by=person(request), at=timezone.now()):
            messages.success(request, _("%(library)s may be played again.") % {"library": library})
        return redirect("package_desk:library", pk=pk)
