"""The code from the paper."""

from django import forms
from django.utils.translation import gettext_lazy as _


class SeatCodeForm(forms.Form):
    code = forms.CharField(
        label=_("Code of the seat"),
        max_length=40,
        help_text=_("6 letters and digits on the paper at your seat. Capitals and the hyphen do not matter."),
        widget=forms.TextInput(
            {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )
