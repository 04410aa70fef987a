"""The people somebody looks after."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from people.accounts.models import User
from people.claims.permissions import can_hand_over
from people.directory.forms import SearchForm
from people.directory.queries import find_people, rows_for
from people.roles.enums import Capability
from people.roles.queries import scope_of

PAGE_SIZE = 50


@never_cache
@login_required
@require_safe
def person_list(request: HttpRequest) -> HttpResponse:
    """People in the caller's scope; 403 for who has no one in it."""
    assert isinstance(request.user, User)  # noqa: S101 - the decorator let only people in
    today = timezone.localdate()
    scope = scope_of(request.user, Capability.ISSUE_CARD, today)
    if scope.is_empty:
        raise PermissionDenied
    form = SearchForm(request.GET)
    form.is_valid()
    asked = form.cleaned_data
    words, away = asked.get("q", ""), asked.get("away") == "1"
    people = find_people(scope, words, today, away=away)
    page = Paginator(people, PAGE_SIZE).get_page(request.GET.get("page"))
    rows = rows_for(list(page.object_list), by=request.user, on=today)
    context = {
        "form": form,
        "words": words,
        "away": away,
        "page_obj": page,
        "rows": rows,
        "can_hand_over": can_hand_over(request.user, today),
    }
    return render(request, "people/person_list.html", context)
