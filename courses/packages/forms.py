"""The editor's form of a page that plays a package."""

from typing import Any

from django.core.exceptions import ValidationError
from wagtail.admin.forms import WagtailAdminPageForm

from courses.packages.models import Package
from courses.packages.uses import problem_with


class PackagePageForm(WagtailAdminPageForm):
    """A package that is chosen anew must be one that the author may use, and one that is published must be playable.

    A draft with a package that was removed or stopped since can still be saved.
    """

    data: Any
    is_draft = False

    def defer_required_fields(self) -> None:
        super().defer_required_fields()
        self.is_draft = True

    def clean_package(self) -> Any:
        package: Package | None = self.cleaned_data["package"]
        is_new = "package" in self.changed_data
        if package is None or (self.is_draft and not is_new):
            return package
        if problem := problem_with(package, self.for_user, is_new):
            if is_new:
                # Shown again, the chooser would tell the title of a package that is not theirs.
                shown = self.data.copy()
                shown[self.add_prefix("package")] = ""
                self.data = shown
            raise ValidationError(problem)
        return package
