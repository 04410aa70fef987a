"""Sign-in."""

from typing import Any

from allauth.account.forms import LoginForm
from django.utils.translation import gettext_lazy as _

from people.accounts.rules import normalise_login_id


class SignInForm(LoginForm):
    """Login id and password. Ids typed in full width or capitals are understood."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        login, password = self.fields["login"], self.fields["password"]
        login.label = _("Login ID")
        login.help_text = _("Staff number, student number and so on")
        login.widget.attrs.update(autocapitalize="none", spellcheck="false")
        password.label = _("Password")
        password.help_text = ""
        for field in (login, password):
            field.widget.attrs.pop("placeholder", None)

    def clean_login(self) -> str:
        return normalise_login_id(self.cleaned_data["login"])
