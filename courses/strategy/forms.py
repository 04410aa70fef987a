"""Forms of the strategy in the Wagtail admin."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from courses.strategy.actions import make_current
from courses.strategy.models import Plan


class PlanForm(WagtailAdminModelForm):
    """Which version of the plan the public page shows first."""

    shows_first = forms.BooleanField(
        label=_("Show this version on the strategy page"),
        required=False,
        help_text=_("The version that was shown before stays, below it."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["shows_first"].initial = self.instance.is_current

    def clean_shows_first(self) -> bool:
        wanted = bool(self.cleaned_data["shows_first"])
        if self.instance.is_current and not wanted:
            raise ValidationError(
                _(
                    "One version must be shown. Nothing was changed. Open the other version and choose it there."
                )
            )
        return wanted

    def save(self, commit: bool = True) -> Plan:
        plan: Plan = self.instance
        if self.cleaned_data["shows_first"]:
            make_current(plan=plan, by=self.for_user, at=timezone.now())
        return plan
