"""Which seat, and to whom."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.accounts.models import User
from people.accounts.rules import normalise_login_id


class SeatForm(forms.Form):
    """``seats``: label by UUID. ``cleaned_data["person"]`` is who has the login id, inside the scope of the helper."""

    seat = forms.ChoiceField(label=gettext_lazy("Seat"))
    login_id = forms.CharField(
        label=gettext_lazy("Login ID of the person"),
        max_length=150,
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, seats: Mapping[str, str], people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["seat"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        field.choices = [("", _("— choose —")), *seats.items()]
        self.people = people

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        login_id = normalise_login_id(data.get("login_id") or "")
        person: User | None = self.people.filter(username=login_id).first() if login_id else None
        if login_id and person is None:
            text = _("Nobody you look after has this login ID. Check the letters and digits.")
            self.add_error("login_id", text)
        data["person"] = person
        return data
