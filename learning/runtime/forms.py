"""What a browser sends while somebody learns."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.lessons.words import WORDS_LIMIT


class EventForm(forms.Form):
    """``statement``: the UUID that a client gave its event, so that sending it again is safe."""

    statement = forms.UUIDField(required=False)


class PlaceForm(forms.Form):
    place = forms.CharField(max_length=60)


class WrittenField(forms.CharField):
    """Counts as a browser does: it sends a new line as two characters, and it is one."""

    def to_python(self, value: Any) -> str:
        return str(super().to_python(str(value or "").replace("\r\n", "\n")))


class DeclarationForm(forms.Form):
    text = WrittenField(
        label=_("What you will do"),
        max_length=WORDS_LIMIT,
        strip=True,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Up to 1,000 characters. Write no names and nothing secret."),
        error_messages={
            "required": _("Nothing is written yet. Write what you will do, then save."),
            "max_length": _(
                "The text has %(show_value)d characters, and up to %(limit_value)d can be saved. "
                "Your text is still here. Shorten it, then save again."
            ),
        },
    )
    statement = forms.UUIDField(required=False, widget=forms.HiddenInput)
    next = forms.CharField(required=False, max_length=500, widget=forms.HiddenInput)
