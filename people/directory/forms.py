"""Looking for people."""

from django import forms
from django.utils.translation import gettext_lazy as _


class SearchForm(forms.Form):
    """Words of a name, its kana, or a login id; ``away`` shows who left or has yet to come instead."""

    q = forms.CharField(
        label=_("Name, kana or login ID"),
        required=False,
        max_length=100,
        widget=forms.TextInput({"type": "search", "autocomplete": "off"}),
    )
    away = forms.ChoiceField(
        label=_("Who"),
        required=False,
        choices=[("", _("Those who are here now")), ("1", _("Those who left or have yet to come"))],
    )
