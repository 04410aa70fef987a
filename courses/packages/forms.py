"""The editor's form of a page that plays a package."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm

from courses.packages.models import Package
from courses.packages.permissions import packages_visible_to


class PackagePageForm(WagtailAdminPageForm):
    """A package that is chosen anew must be one that the author may use."""

    def clean_package(self) -> Any:
        package: Package | None = self.cleaned_data["package"]
        if package is None or "package" not in self.changed_data:
            return package
        if not packages_visible_to(self.for_user, timezone.localdate()).filter(pk=package.pk).exists():
            raise ValidationError(
                _("This package has been removed or belongs to another body. Choose another.")
            )
        return package
