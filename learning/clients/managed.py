"""The door of the pages about other systems."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.generic import View

from learning.clients.permissions import can_manage_clients


@method_decorator([never_cache, login_required], name="dispatch")
class ManagedView(View):
    """Said before anything is looked up: 403 for everybody who does not run the install."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not can_manage_clients(request.user, timezone.localdate()):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def user(self, request: HttpRequest) -> Any:
        return request.user
