"""The questions when another system gets a key, and when it loses it."""

from datetime import date, datetime, time
from typing import Any
from uuid import uuid4

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from learning.clients.enums import LrsScope

_SCOPES = [
    (LrsScope.STATEMENTS_WRITE.value, _("Put statements in (statements/write)")),
    (LrsScope.STATEMENTS_READ_MINE.value, _("Read what it put in itself (statements/read/mine)")),
    (LrsScope.STATEMENTS_READ.value, _("Read what every outside system put in (statements/read)")),
    (LrsScope.ALL_READ.value, _("Read everything, the records of our learners too (all/read)")),
    (LrsScope.STATE.value, _("Keep states of activities (state)")),
    (LrsScope.PROFILE.value, _("Keep profiles of agents and activities (profile)")),
    (LrsScope.DEFINE.value, _("Say what activities are called (define)")),
]


class ClientForm(forms.Form):
    """``token`` makes a second click the same wish."""

    token = forms.UUIDField(initial=uuid4, widget=forms.HiddenInput)
    name = forms.CharField(
        label=_("Name of the system"),
        max_length=100,
        help_text=_(
            "As it should stand in the list and in the statements, for example the name of the product."
        ),
    )
    scopes = forms.MultipleChoiceField(
        label=_("What it may do"),
        choices=_SCOPES,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Choose no more than the system needs."),
    )
    valid_to = forms.DateField(
        label=pgettext_lazy("xapi", "Last day"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("After this day the key opens nothing. Empty: until it is revoked."),
    )

    def clean_valid_to(self) -> datetime | None:
        """The end of the last day, in the time zone of the site."""
        day: date | None = self.cleaned_data.get("valid_to")
        if day is None:
            return None
        if day < timezone.localdate():
            raise forms.ValidationError(_("The last day must not be past."))
        return timezone.make_aware(datetime.combine(day, time.max))


class ReasonForm(forms.Form):
    """Why a key is revoked, or a statement given up."""

    reason = forms.CharField(
        label=pgettext_lazy("xapi", "Reason"), max_length=300, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].help_text = _("It stands in the audit log.")
