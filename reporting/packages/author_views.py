"""At the authors' desk: what came of a package in all."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from courses.packages.models import Package
from courses.packages.permissions import can_upload, packages_visible_to
from people.accounts.models import User
from reporting.packages.rules import SMALLEST_GROUP
from reporting.packages.totals import totals
from reporting.packages.words import METHODS, TRUST


class PackageTotals(WagtailAdminTemplateMixin, TemplateView):
    """Counts, distribution and questions; whoever may use the package sees them, and no name."""

    template_name = "reporting/packages/totals.html"
    header_icon = "clipboard-list"

    def get_page_title(self) -> str:
        return _("Results of «%(title)s»") % {"title": self.package.title}

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        above = [
            {"url": reverse("package_desk:index"), "label": _("Packages")},
            {"url": reverse("package_desk:package", args=[self.package.uuid]), "label": self.package.title},
        ]
        return [*self.breadcrumbs_items, *above, {"url": "", "label": _("Results")}]

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        uuid: UUID = kwargs["uuid"]
        today = timezone.localdate()
        if not isinstance(request.user, User) or not can_upload(request.user, today):
            raise PermissionDenied
        self.package: Package = get_object_or_404(packages_visible_to(request.user, today), uuid=uuid)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "package": self.package,
            "totals": totals(self.package),
            "smallest": SMALLEST_GROUP,
            "method": METHODS[self.package.grade_method],
            "mismatch": TRUST["mismatch"][1],
        }
