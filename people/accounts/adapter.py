"""How django-allauth behaves here."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from people.accounts.actions import choose_password
from people.accounts.models import User
from people.accounts.rules import normalise_login_id


class AccountAdapter(DefaultAccountAdapter):
    """Self-registration is off unless the operator opens it; nothing here needs an e-mail address."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": _(
            "The login ID or the password is not right. The login ID that you typed is still here. If you forgot your "
            "password, ask your training office or your teacher for a one-time card: no e-mail is needed."
        ),
        "too_many_login_attempts": _(
            "The password was wrong too many times, so signing in is closed for a few minutes. Nothing was lost. Wait "
            "5 minutes and try again, or ask your training office or your teacher for a one-time card."
        ),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return bool(settings.SELF_REGISTRATION)

    def clean_username(self, username: str, shallow: bool = False) -> str:
        cleaned: str = super().clean_username(normalise_login_id(username), shallow)
        return cleaned

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        """Whoever came in with a password that somebody else chose goes on to choose an own one, wherever they were going.

        After that, and before the page they wanted, comes what a receiver of the sign-in wants to have asked.
        """
        wanted = kwargs.get("redirect_url") or request.GET.get("next")
        question = getattr(request, "asked_first", "")
        if question:
            wanted = kwargs["redirect_url"] = self._by_way_of(question, wanted)
        if user.must_change_password:
            kwargs["redirect_url"] = self._by_way_of(reverse("account_change_password"), wanted)
        response: HttpResponse = super().post_login(request, user, **kwargs)
        return response

    def set_password(self, user: User, password: str) -> None:
        choose_password(user=user, password=password, by=user, at=timezone.now())

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return resolve_url(settings.LOGIN_REDIRECT_URL)

    def _by_way_of(self, page: str, wanted: str | None) -> str:
        return f"{page}?{urlencode({'next': wanted})}" if wanted and self.is_safe_url(wanted) else page
