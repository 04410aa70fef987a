"""A course's address in one query instead of two for every level of the tree.

Wagtail keeps the result of its routing on the request: it is put there beforehand, and everything that Wagtail does
around serving a page (hooks, restrictions) happens as ever. What is no course goes Wagtail's own way.
"""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from wagtail.url_routing import RouteResult
from wagtail.views import serve

from courses.catalog.arrivals import COURSE, PAGE, restricted
from courses.catalog.models import Course
from courses.catalog.pages import CoursePage
from office.prepared.queries import Prepared, columns, loaded

_PAGE = columns(CoursePage, *PAGE, "course_id", "instructor_note")


def course_by_path(request: HttpRequest, path: str) -> HttpResponse:
    return serve_found(request, path, _pages(path))


def _found(path: str) -> Any:
    pages = CoursePage.objects.live().filter(course__page_path=path).annotate(is_restricted=restricted())
    return pages.values_list(*_PAGE, *(f"course__{name}" for name in COURSE), "is_restricted")


_BY_PATH = Prepared(_found, texts=("path",))


def _pages(path: str) -> Iterator[CoursePage]:
    for row in _BY_PATH.rows(path=path):
        values = iter(row)
        page = loaded(CoursePage, _PAGE, values)
        page.course = loaded(Course, COURSE, values)
        (page.is_restricted,) = values
        yield page


def serve_found(request: HttpRequest, path: str, pages: Iterator[Any]) -> HttpResponse:
    """The one of the pages (several may show the same activity) whose address this is."""
    page = next((page for page in pages if page.url_path.endswith(f"/{path}")), None)
    if page is not None:
        request._wagtail_route_for_request = RouteResult(page)  # type: ignore[attr-defined]
    response: HttpResponse = serve(request, path)
    return response
