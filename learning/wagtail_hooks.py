"""What the Wagtail admin needs of this package. Registers and hands on, no more."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from learning.clients.permissions import can_manage_clients


class SystemsMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return can_manage_clients(request.user, timezone.localdate())


@hooks.register("register_settings_menu_item")
def systems_in_the_menu() -> MenuItem:
    return SystemsMenuItem(
        _("Outside systems (xAPI)"), reverse("learning:client_list"), icon_name="key", order=900
    )
