"""Why a certificate is revoked or re-issued."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Up to 300 characters. It is kept in the audit log."),
        error_messages={"required": _("Write why. Nothing was changed.")},
    )


class CodeForm(forms.Form):
    code = forms.CharField(label=_("Code on the certificate"), max_length=40)
