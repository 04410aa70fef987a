"""A lesson's address in one query instead of two for every level of the tree.

Wagtail keeps the result of its routing on the request: it is put there beforehand, and everything that Wagtail does
around serving a page (hooks, restrictions) happens as ever. What is no lesson goes Wagtail's own way.
"""

from django.http import HttpRequest, HttpResponse
from wagtail.url_routing import RouteResult
from wagtail.views import serve

from courses.lessons.pages import LessonPage


def lesson_by_path(request: HttpRequest, path: str) -> HttpResponse:
    pages = LessonPage.objects.live().select_related("activity__course")
    page = pages.filter(activity__page_path=path, url_path__endswith=f"/{path}").first()
    if page is not None:
        request._wagtail_route_for_request = RouteResult(page)  # type: ignore[attr-defined]
    response: HttpResponse = serve(request, path)
    return response
