"""Packages: the list, one package with its versions, its settings, and taking it away."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import get_language, gettext_lazy, ngettext, pgettext_lazy
from django.utils.translation import gettext as _
from django.views.generic import FormView, TemplateView, View
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.widgets.button import HeaderButton

from courses.package_desk.doors import ForAuthors, package_or_404, person, version_or_404
from courses.package_desk.forms import SettingsForm
from courses.package_desk.hosted import hosted
from courses.package_desk.lists import DeskList
from courses.package_desk.queries import listed_packages, versions_of
from courses.package_desk.used_on import pages_with
from courses.package_desk.words import COMPLETION_RULES, GRADE_METHODS, KINDS
from courses.packages.accessibility import checklist, notes_of
from courses.packages.enums import PackageKind
from courses.packages.keeping import StillUsed, change_settings, remove
from courses.packages.models import Package
from courses.packages.permissions import can_install, changeable_by
from courses.packages.pinning import LibrariesBlocked, LibrariesMissing, make_current, newer_libraries, repin
from office.templatetags.calendar_tags import day_text


def _version_text(package: Package) -> str:
    return _("Version %(number)s") % {"number": package.current.number} if package.current else "–"


def _points_text(package: Package) -> str:
    points = package.current.max_score if package.current else None
    return "–" if points is None else f"{points.normalize():f}"


def _pages_text(package: Any) -> str:
    count: int = package.page_count
    return ngettext("%(count)s page", "%(count)s pages", count) % {"count": count} if count else _("Not used")


def _changed_text(package: Package) -> str:
    """A name stays inside its body: who brought a package for everybody is not told to all of them."""
    if package.current is None:
        return "–"
    by = package.current.created_by
    day = day_text(package.current.created_at)
    return f"{day} {by.name}" if by and package.owner_body_id else day


class PackageList(ForAuthors, DeskList):
    """Those that the author may use, 30 a page; search by title and content type."""

    page_title = gettext_lazy("Packages")
    template_name = "courses/package_desk/list.html"
    table_classname = "listing desk-packages"
    index_url_name = "package_desk:index"
    index_results_url_name = "package_desk:index_results"
    results_template_name = "courses/package_desk/list_results.html"
    search_fields = ("title", "current__main_library", "current__filename")
    paginate_by = 30
    columns = [
        TitleColumn(
            "title",
            label=pgettext_lazy("package", "Title"),
            get_url=lambda row: reverse("package_desk:package", args=[row.uuid]),
        ),
        Column("kind", label=pgettext_lazy("package", "Kind"), accessor=lambda row: KINDS[row.kind]),
        Column("main_library", label=gettext_lazy("Content type"), accessor="current.main_library"),
        Column("version", label=pgettext_lazy("package", "Version"), accessor=_version_text),
        Column("points", label=pgettext_lazy("package", "Points"), accessor=_points_text),
        Column("pages", label=gettext_lazy("Where used"), accessor=_pages_text),
        Column("changed", label=gettext_lazy("Last brought"), accessor=_changed_text),
    ]

    def get_base_queryset(self) -> QuerySet[Package]:
        return listed_packages(person(self.request), timezone.localdate())

    def above(self) -> list[dict[str, Any]]:
        return []

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        return [
            HeaderButton(_("Bring a package"), url=reverse("package_desk:upload"), icon_name="upload"),
            HeaderButton(_("Requests for libraries"), url=reverse("package_desk:requests"), icon_name="mail"),
        ]


class PackagePage(ForAuthors, TemplateView):
    """Everything about one package."""

    template_name = "courses/package_desk/package.html"

    def get_page_title(self) -> str:
        return str(self.package.title)

    @cached_property
    def package(self) -> Package:
        return package_or_404(self.request, self.kwargs["uuid"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        package, current = self.package, self.package.current
        user, today = person(self.request), timezone.localdate()
        language = get_language() or "ja"
        pins = current.libraries.select_related("library").order_by("weight") if current else []
        return super().get_context_data(**kwargs) | {
            "package": package,
            "kind": KINDS[package.kind],
            "points": _points_text(package),
            "versions": list(versions_of(package)),
            "shows_names": package.owner_body_id is not None or can_install(user, today),
            "libraries": [pin.library for pin in pins],
            "newer": newer_libraries(current) if current else [],
            "used_on": pages_with(package, user),
            "notes": (notes := notes_of(current, language) if current else []),
            "checklist": [] if all(note.tried for note in notes) else checklist(language),
            "hosted": hosted(current) if current else None,
            "has_texts": package.kind == PackageKind.H5P and current is not None,
            "completion": COMPLETION_RULES[package.completion_rule],
            "grading": GRADE_METHODS[package.grade_method],
            "may_change": changeable_by(user, today).filter(pk=package.pk).exists(),
            "may_install": can_install(user, today),
        }


class _OfPackage(ForAuthors):
    """Something done to a package that the person may change."""

    request: HttpRequest
    kwargs: dict[str, Any]

    @cached_property
    def package(self) -> Package:
        return package_or_404(self.request, self.kwargs["uuid"], to_change=True)

    def above(self) -> list[dict[str, Any]]:
        url = reverse("package_desk:package", args=[self.package.uuid])
        return [*super().above(), {"url": url, "label": self.package.title}]

    def back(self) -> HttpResponseRedirect:
        return redirect("package_desk:package", uuid=self.package.uuid)


class Settings(_OfPackage, FormView[SettingsForm]):
    template_name = "courses/package_desk/form.html"
    form_class = SettingsForm
    page_title = gettext_lazy("Settings of the package")
    extra_context = {
        "submit_label": gettext_lazy("Save"),
        "notice": gettext_lazy("Results that are there already are not counted anew."),
    }

    def get_page_subtitle(self) -> str:
        return str(self.package.title)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"instance": self.package}

    def form_valid(self, form: SettingsForm) -> HttpResponse:
        change_settings(
            package=form.instance, fields=form.changed_data, by=person(self.request), at=timezone.now()
        )
        messages.success(self.request, _("The settings are saved."))
        return self.back()


class Remove(_OfPackage, TemplateView):
    """Asks first; refused while learners meet the package."""

    template_name = "courses/package_desk/remove.html"
    page_title = gettext_lazy("Remove the package")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        used_on = pages_with(self.package, person(self.request))
        return super().get_context_data(**kwargs) | {"package": self.package, "used_on": used_on}

    def post(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        try:
            remove(package=self.package, by=person(request), at=timezone.now())
        except StillUsed:
            messages.error(
                request, _("Nothing was removed: learners still meet the package. See where it is used.")
            )
            return redirect("package_desk:remove", uuid=uuid)
        messages.success(
            request, _("«%(title)s» is removed. Records of learners stay.") % {"title": self.package.title}
        )
        return redirect("package_desk:index")


class MakeCurrent(ForAuthors, View):
    """An earlier version again; also the way back from newer libraries."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        version = version_or_404(request, uuid, to_change=True)
        try:
            make_current(version=version, by=person(request), at=timezone.now())
        except LibrariesBlocked as error:
            text = _("Version %(number)s cannot be played: these libraries are blocked: %(names)s.")
            messages.error(request, text % {"number": version.number, "names": ", ".join(error.names)})
        else:
            text = _(
                "Version %(number)s is played now. Whoever is in the middle of another version stays on it."
            )
            messages.success(request, text % {"number": version.number})
        return redirect("package_desk:package", uuid=version.package.uuid)


class Newest(_OfPackage, View):
    """The same content with the newest patches; for library managers, because it changes what code runs."""

    http_method_names = ["post"]

    def is_allowed(self, request: HttpRequest) -> bool:
        return can_install(person(request), timezone.localdate())

    def post(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        try:
            version = repin(package=self.package, by=person(request), at=timezone.now())
        except LibrariesMissing as error:
            text = _("Nothing was changed: the newer libraries need others that are not here: %(names)s.")
            messages.error(request, text % {"names": ", ".join(error.names)})
            return self.back()
        if version is None:
            messages.info(request, _("There is nothing newer. Nothing was changed."))
        else:
            text = _(
                "Version %(number)s has the newest libraries. To undo this, let the version before be played again."
            )
            messages.success(request, text % {"number": version.number})
        return self.back()
