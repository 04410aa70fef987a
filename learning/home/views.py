"""わたしの学び."""

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from learning.home.queries import home_of
from people.learners.queries import current_learner

_LAST_PAGE = 1000


@never_cache
def home(request: HttpRequest) -> HttpResponse:
    """For everybody who signs in, and for a visitor whose browser session already holds a guest's learning."""
    if not request.user.is_authenticated and current_learner(request) is None:
        return redirect_to_login(request.get_full_path())
    page = request.GET.get("finished", "1")
    number = min(int(page[:6]), _LAST_PAGE) if page.isascii() and page.isdigit() and page != "0" else 1
    return render(request, "learning/home.html", {"home": home_of(request, finished_page=max(1, number))})
