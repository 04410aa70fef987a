"""The filter above the list."""

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.catalog.models import Course
from people.organizations.models import Organization
from people.roles.queries import Scope, organizations_in_scope
from reporting.reports.enums import DutyStanding
from reporting.reports.queries import Filters, courses_assigned

STANDING_LABELS = {
    DutyStanding.DONE: _("Done"),
    DutyStanding.LATE: _("Past the date"),
    DutyStanding.SOON: _("Due within 14 days"),
    DutyStanding.OPEN: _("Not yet done"),
}


class FilterForm(forms.Form):
    """Every choice is optional; a value that is not offered leaves the list unfiltered by it."""

    course: forms.ModelChoiceField[Course] = forms.ModelChoiceField(
        label=_("Course"),
        queryset=Course.objects.none(),
        required=False,
        empty_label=_("All courses"),
        to_field_name="code",
    )
    unit: forms.ModelChoiceField[Organization] = forms.ModelChoiceField(
        label=_("Unit"),
        queryset=Organization.objects.none(),
        required=False,
        empty_label=_("All units"),
        to_field_name="uuid",
    )
    standing = forms.ChoiceField(
        label=_("Standing"),
        required=False,
        choices=[("", _("All")), *((key.value, label) for key, label in STANDING_LABELS.items())],
    )
    words = forms.CharField(label=_("Name or login id"), required=False, max_length=100)

    def __init__(self, data: object, *, scope: Scope, on: date) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        self.fields["course"].queryset = courses_assigned(scope, on)  # type: ignore[attr-defined]
        self.fields["unit"].queryset = organizations_in_scope(scope, on).order_by("order", "code")  # type: ignore[attr-defined]

    def filters(self) -> Filters:
        self.is_valid()
        chosen = getattr(self, "cleaned_data", {})
        unit: Organization | None = chosen.get("unit")
        wanted = chosen.get("standing")
        return Filters(
            course=chosen.get("course"),
            unit=unit,
            standing=DutyStanding(wanted) if wanted else None,
            words=chosen.get("words") or "",
        )
