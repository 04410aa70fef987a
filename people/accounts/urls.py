"""Addresses of signing in and out, under the names that django-allauth gives them.

Only what works without e-mail: forgotten passwords are handled by one-time cards.
"""

from allauth.account import views as allauth
from django.urls import path, reverse_lazy
from django.views.generic import RedirectView

from people.accounts.views import SignInView, SignOutView

_to_card = RedirectView.as_view(url=reverse_lazy("people:card_redeem"))

urlpatterns = [
    path("login/", SignInView.as_view(), name="account_login"),
    path("logout/", SignOutView.as_view(), name="account_logout"),
    path("inactive/", allauth.account_inactive, name="account_inactive"),
    # Shows that registration is closed unless the operator opened it.
    path("signup/", allauth.signup, name="account_signup"),
    path("password/change/", allauth.password_change, name="account_change_password"),
    path("password/set/", allauth.password_set, name="account_set_password"),
    path("reauthenticate/", allauth.reauthenticate, name="account_reauthenticate"),
    path("password/reset/", _to_card, name="account_reset_password"),
    path("email/", _to_card, name="account_email"),
]
