"""The entries of the admin's menu, for those who may use what is behind them."""

from django.http import HttpRequest
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem

from courses.package_desk.doors import person
from courses.packages.permissions import can_install, can_upload


class PackageMenuItem(MenuItem):
    def __init__(self) -> None:
        url = reverse_lazy("package_desk:index")
        super().__init__(_("Packages"), url, name="packages", icon_name="clipboard-list", order=340)

    def is_shown(self, request: HttpRequest) -> bool:
        return can_upload(person(request), timezone.localdate())


class LibraryMenuItem(MenuItem):
    def __init__(self) -> None:
        url = reverse_lazy("package_desk:libraries")
        super().__init__(_("H5P libraries"), url, name="h5p-libraries", icon_name="code", order=341)

    def is_shown(self, request: HttpRequest) -> bool:
        return can_install(person(request), timezone.localdate())
