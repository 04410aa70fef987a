"""All reading choices on one page."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from people.preferences.enums import Contrast, Face, TextSize

_FACES = [
    (Face.STANDARD, _("Standard: as it was written")),
    (Face.RUBY, _("With readings: ふりがな above the kanji")),
    (Face.EASY, _("Easy Japanese: short sentences, easy words")),
    (Face.LARGE, _("Large screen: large letters, one step at a time")),
]
_SIZES = [(TextSize.NORMAL, _("Normal")), (TextSize.LARGER, _("Large")), (TextSize.LARGEST, _("Very large"))]
_CONTRASTS = [
    (Contrast.SYSTEM, _("As this device is set")),
    (Contrast.LIGHT, _("Light background")),
    (Contrast.DARK, _("Dark background")),
    (Contrast.HIGH, _("Strong contrast")),
]
_GRADES = [
    (0, _("Above every kanji")),
    (1, _("Not above kanji learned up to grade 1 of elementary school")),
    (2, _("Not above kanji learned up to grade 2 of elementary school")),
    (3, _("Not above kanji learned up to grade 3 of elementary school")),
    (4, _("Not above kanji learned up to grade 4 of elementary school")),
    (5, _("Not above kanji learned up to grade 5 of elementary school")),
    (6, _("Not above kanji learned in elementary school")),
    (9, _("Not above kanji learned up to junior high school")),
]


class ReadingForm(forms.Form):
    """Every field may be missing, so that one button can change one thing; what is there must be a choice."""

    face = forms.ChoiceField(
        label=_("How pages are shown"), choices=_FACES, widget=forms.RadioSelect, required=False
    )
    text_size = forms.ChoiceField(
        label=_("Size of the letters"), choices=_SIZES, widget=forms.RadioSelect, required=False
    )
    contrast = forms.ChoiceField(
        label=_("Colors"), choices=_CONTRASTS, widget=forms.RadioSelect, required=False
    )
    ruby_grade = forms.ChoiceField(label=_("Where readings are shown"), choices=_GRADES, required=False)
    read_aloud = forms.ChoiceField(
        label=_("Reading aloud"),
        choices=[("0", _("Do not show the button")), ("1", _("Show the button that reads aloud"))],
        widget=forms.RadioSelect,
        required=False,
    )
    language = forms.ChoiceField(
        label=_("Language of buttons and menus"),
        choices=settings.LANGUAGES,
        widget=forms.RadioSelect,
        required=False,
    )

    def choices_made(self) -> dict[str, Any]:
        """What was sent and is not empty."""
        return {name: value for name, value in self.cleaned_data.items() if name in self.data and value != ""}
