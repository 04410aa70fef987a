"""Sign-in on top of django-allauth's views."""

from typing import Any

from allauth.account.views import LoginView, LogoutView
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from people.accounts.queries import example_accounts


class SignInView(LoginView):
    """In a demo the page lists the example accounts."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return {**context, "demo_accounts": example_accounts()}


class SignOutView(LogoutView):
    """The next person at a shared tablet finds nothing: the session ends with the guest, choices and messages in it,

    and the browser drops what pages kept in it (answers not sent yet, ticks of a checklist).
    """

    def post(self, *args: Any, **kwargs: Any) -> HttpResponse:
        response: HttpResponse = super().post(*args, **kwargs)
        response["Clear-Site-Data"] = '"storage"'
        return response


@require_safe
def admin_sign_in(request: HttpRequest) -> HttpResponse:
    """In the place of Wagtail's own sign-in, which knows neither throttles nor forgotten passwords.

    Wagtail also sends signed-in people here who have no access to its pages: they get a plain 403.
    """
    if request.user.is_authenticated:
        raise PermissionDenied
    query = request.GET.urlencode()
    return HttpResponseRedirect(reverse("account_login") + (f"?{query}" if query else ""))
