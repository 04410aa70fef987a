"""Who comes in: authors to packages, library managers to libraries. Wagtail has asked for its own access before."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from courses.packages.models import Package, PackageVersion
from courses.packages.permissions import can_install, can_upload, changeable_by, packages_visible_to
from people.accounts.models import User


def person(request: HttpRequest) -> User:
    """Wagtail's decorator has let nobody in without an account."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def package_or_404(request: HttpRequest, uuid: UUID, *, to_change: bool = False) -> Package:
    """Somebody else's package is not there; one that is only to be read is told as such by 404 as well."""
    find = changeable_by if to_change else packages_visible_to
    rows = find(person(request), timezone.localdate()).select_related("current__created_by", "owner_body")
    return get_object_or_404(rows, uuid=uuid)


def version_or_404(request: HttpRequest, uuid: UUID, *, to_change: bool = False) -> PackageVersion:
    find = changeable_by if to_change else packages_visible_to
    packages = find(person(request), timezone.localdate())
    rows = PackageVersion.objects.select_related("package", "created_by").filter(package__in=packages)
    return get_object_or_404(rows, uuid=uuid)


class ForAuthors(WagtailAdminTemplateMixin):
    """A page of the admin below 「教材パッケージ」."""

    header_icon = "clipboard-list"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not self.is_allowed(request):
            raise PermissionDenied
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return response

    def is_allowed(self, request: HttpRequest) -> bool:
        return can_upload(person(request), timezone.localdate())

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, *self.above(), {"url": "", "label": self.get_page_title()}]

    def above(self) -> list[dict[str, Any]]:
        return [{"url": reverse("package_desk:index"), "label": _("Packages")}]


class ForLibraryManagers(ForAuthors):
    """A page of the admin below 「H5P ライブラリー」."""

    header_icon = "code"

    def is_allowed(self, request: HttpRequest) -> bool:
        return can_install(person(request), timezone.localdate())

    def above(self) -> list[dict[str, Any]]:
        return [{"url": reverse("package_desk:libraries"), "label": _("H5P libraries")}]
