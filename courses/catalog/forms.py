"""The editor's form of a course page."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm

from courses.catalog.enums import Delivery, Scoring


class CoursePageForm(WagtailAdminPageForm):
    """Delivery as boxes to tick instead of JSON; a pass mark only where something is scored."""

    delivery = forms.MultipleChoiceField(
        label=_("delivery"),
        required=False,
        choices=[
            (Delivery.ONLINE.value, _("Online")),
            (Delivery.VENUE.value, _("At a venue")),
            (Delivery.CLASS.value, _("In class")),
        ],
        widget=forms.CheckboxSelectMultiple,
    )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean()
        mark = data.get("pass_mark")
        if mark is not None and data.get("scoring") == Scoring.PRACTICE:
            self.add_error(
                "pass_mark", _("Practice has no score, so it has no pass mark. Leave the pass mark empty.")
            )
        if mark is not None and mark > 100:
            self.add_error("pass_mark", _("The pass mark is a percentage: 100 or less."))
        return data
