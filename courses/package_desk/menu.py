"""The entries of the admin's menu, for those who may use what is behind them, with how much waits there."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext
from wagtail.admin.menu import MenuItem

from courses.library_requests.queries import open_count, unseen_answers
from courses.package_desk.doors import person
from courses.packages.permissions import can_install, can_upload


class CountingMenuItem(MenuItem):
    """Tells with its name how many things wait behind it."""

    def waiting(self, request: HttpRequest) -> int:
        return 0

    def said(self, count: int) -> str:
        return ngettext("%(count)s new", "%(count)s new", count) % {"count": count}

    def render_component(self, request: HttpRequest) -> Any:
        component = super().render_component(request)
        if count := self.waiting(request):
            # The item itself is shared by all requests; what is rendered belongs to this one.
            component.label = pgettext("menu", "%(label)s (%(count)s)") % {
                "label": self.label,
                "count": self.said(count),
            }
        return component


class PackageMenuItem(CountingMenuItem):
    def __init__(self) -> None:
        url = reverse_lazy("package_desk:index")
        super().__init__(_("Packages"), url, name="packages", icon_name="clipboard-list", order=340)

    def is_shown(self, request: HttpRequest) -> bool:
        return can_upload(person(request), timezone.localdate())

    def waiting(self, request: HttpRequest) -> int:
        return unseen_answers(person(request))


class LibraryMenuItem(CountingMenuItem):
    def __init__(self) -> None:
        url = reverse_lazy("package_desk:libraries")
        super().__init__(_("H5P libraries"), url, name="h5p-libraries", icon_name="code", order=341)

    def is_shown(self, request: HttpRequest) -> bool:
        return can_install(person(request), timezone.localdate())

    def waiting(self, request: HttpRequest) -> int:
        return open_count()

    def said(self, count: int) -> str:
        return ngettext("%(count)s request", "%(count)s requests", count) % {"count": count}
