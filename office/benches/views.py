"""The view that every other one is compared with; it exists only under the bench's own server."""

from django.contrib.auth import get_user_model
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, JsonResponse


@login_required
def limit(request: HttpRequest) -> JsonResponse:
    """The session, the user and one indexed SELECT."""
    people = get_user_model().objects
    return JsonResponse(
        {"login": people.values_list("username", flat=True).get(username=request.user.get_username())}
    )
