"""Choosing a package on a page."""

from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.admin_url_finder import register_admin_url_finder
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic.chooser import ChooseResultsView, ChooseView, ChosenView
from wagtail.admin.viewsets.chooser import ChooserViewSet

from courses.package_desk.lists import DeskPaginator
from courses.package_desk.queries import listed_packages
from courses.packages.accessibility import note_for
from courses.packages.models import Package
from courses.packages.permissions import can_upload, packages_visible_to


class PackageFilter(BaseFilterForm):
    """By words of the title or the content type."""

    q = forms.CharField(
        label=_("Search"), required=False, widget=forms.TextInput(attrs={"placeholder": _("Title")})
    )

    def filter(self, objects: QuerySet[Package]) -> QuerySet[Package]:
        found: QuerySet[Package] = super().filter(objects)
        if query := self.cleaned_data.get("q"):
            self.is_searching, self.search_query = True, query
            found = found.filter(Q(title__icontains=query) | Q(current__main_library__icontains=query))
        return found


class PackageFinder:
    """Where the chooser's link to a chosen package leads."""

    def __init__(self, user: Any) -> None:
        self.user = user

    def get_edit_url(self, instance: Package) -> str | None:
        # A form field asks without a person; the address has its own door.
        if self.user is not None and not can_upload(self.user, timezone.localdate()):
            return None
        return reverse("package_desk:package", args=[instance.uuid])


register_admin_url_finder(Package, PackageFinder)


def _checked_text(package: Package) -> str:
    """Whether its content type was tried here with keyboard and automatic checks."""
    name = package.current.main_library.rsplit(" ", 1)[0] if package.current else ""
    if not name:
        return "–"
    return str(_("Tried here") if note_for(name, "en").tried else _("Not checked yet"))


class _Listed:
    """Only packages that the author may use."""

    request: Any
    filter_form_class = PackageFilter
    paginator_class = DeskPaginator

    def get_object_list(self) -> QuerySet[Package]:
        return listed_packages(self.request.user, timezone.localdate())

    @property
    def columns(self) -> list[Any]:
        columns: list[Any] = super().columns  # type: ignore[misc]
        return [
            *columns,
            Column("library", label=_("Content type"), accessor="current.main_library"),
            Column("checked", label=_("For everybody"), accessor=_checked_text),
        ]


class _Choose(_Listed, ChooseView):
    pass


class _ChooseResults(_Listed, ChooseResultsView):
    pass


class _Chosen(ChosenView):
    def get_object(self, pk: Any) -> Package:
        return packages_visible_to(self.request.user, timezone.localdate()).get(pk=pk)


class PackageChooserViewSet(ChooserViewSet):
    model = Package
    icon = "clipboard-list"
    choose_one_text = _("Choose a package")
    choose_another_text = _("Choose another package")
    edit_item_text = _("Look at this package")
    choose_view_class = _Choose
    choose_results_view_class = _ChooseResults
    chosen_view_class = _Chosen
