"""Looking for people."""

from django import forms
from django.utils.translation import gettext_lazy as _


class SearchForm(forms.Form):
    """Words of a name, its kana, or a login id."""

    q = forms.CharField(
        label=_("Name, kana or login ID"),
        required=False,
        max_length=100,
        widget=forms.TextInput({"type": "search", "autocomplete": "off"}),
    )
