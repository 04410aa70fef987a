"""The page with all reading choices, and the buttons that change one of them."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from people.preferences.actions import choose_reading
from people.preferences.forms import ReadingForm
from people.preferences.queries import reading_of


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def reading(request: HttpRequest) -> HttpResponse:
    """For everybody, signed in or not. A POST may name one choice or all, and where to go on."""
    now = reading_of(request).as_dict()
    values = {**now, "read_aloud": "1" if now["read_aloud"] else "0"}
    if request.method != "POST":
        return render(
            request, "people/reading.html", {"form": ReadingForm(initial=values), "next": _next(request)}
        )
    form = ReadingForm(request.POST)
    if not form.is_valid():
        return render(request, "people/reading.html", {"form": form, "next": _next(request)}, status=422)
    chosen = choose_reading(request=request, choices=form.choices_made(), at=timezone.now())
    onward = _next(request)
    if onward:
        return HttpResponseRedirect(onward)
    with override(chosen.language):
        messages.success(request, _("Your choices are saved."))
    return HttpResponseRedirect(reverse("people:reading"))


def _next(request: HttpRequest) -> str:
    """Where the reader came from, when that is a page of this site."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if safe else ""
