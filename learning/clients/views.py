"""Keys of other systems: the list, a new one, the end of one. For who runs the install."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from learning.clients.actions import create_client, revoke_client
from learning.clients.forms import ClientForm, ReasonForm
from learning.clients.managed import ManagedView
from learning.clients.models import LrsClient
from learning.clients.queries import client_lines


class ClientListView(ManagedView):
    def get(self, request: HttpRequest) -> HttpResponse:
        lines = client_lines(timezone.now())
        return render(request, "learning/client_list.html", {"lines": lines, "endpoint": _endpoint()})


class ClientNewView(ManagedView):
    """The answer to the POST is the only page that ever holds the secret."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return render(request, "learning/client_form.html", {"form": ClientForm()})

    def post(self, request: HttpRequest) -> HttpResponse:
        form = ClientForm(request.POST)
        if form.is_valid():
            told = form.cleaned_data
            try:
                issued = create_client(
                    name=told["name"],
                    scopes=told["scopes"],
                    valid_to=told["valid_to"],
                    uuid=told["token"],
                    by=self.user(request),
                    at=timezone.now(),
                )
            except ValidationError as error:
                form.add_error(None, error)
            else:
                context = {"client": issued.client, "secret": issued.secret, "endpoint": _endpoint()}
                return render(request, "learning/client_issued.html", context)
        return render(request, "learning/client_form.html", {"form": form}, status=422)


class ClientRevokeView(ManagedView):
    def get(self, request: HttpRequest, client: UUID) -> HttpResponse:
        return self.page(request, get_object_or_404(LrsClient, uuid=client), ReasonForm())

    def post(self, request: HttpRequest, client: UUID) -> HttpResponse:
        row, form = get_object_or_404(LrsClient, uuid=client), ReasonForm(request.POST)
        if form.is_valid():
            revoke_client(
                client=row, reason=form.cleaned_data["reason"], by=self.user(request), at=timezone.now()
            )
            messages.success(request, _("The key is revoked."))
            return redirect("learning:client_list")
        return self.page(request, row, form, status=422)

    def page(self, request: HttpRequest, row: LrsClient, form: ReasonForm, status: int = 200) -> HttpResponse:
        return render(request, "learning/client_revoke.html", {"client": row, "form": form}, status=status)


def _endpoint() -> str:
    """What a system is told as the address of the LRS."""
    return settings.SITE_BASE_URL + reverse("learning:xapi_about").removesuffix("about")
