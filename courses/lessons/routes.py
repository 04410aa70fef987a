"""A lesson's address in one query; the way is that of ``courses.catalog.routes``."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse

from courses.catalog.arrivals import COURSE, PAGE, restricted
from courses.catalog.models import Activity, Course
from courses.catalog.routes import serve_found
from courses.lessons.pages import LessonPage
from office.prepared.queries import Prepared, columns, loaded

_PAGE = columns(LessonPage, *PAGE, "activity_id", "title_ruby", "title_easy", "minutes", "move_on")
_ACTIVITY = columns(Activity, *(field.attname for field in Activity._meta.concrete_fields))


def lesson_by_path(request: HttpRequest, path: str) -> HttpResponse:
    return serve_found(request, path, _pages(path))


def _found(path: str) -> Any:
    pages = LessonPage.objects.live().filter(activity__page_path=path, activity__course__isnull=False)
    names = (
        *_PAGE,
        *(f"activity__{name}" for name in _ACTIVITY),
        *(f"activity__course__{name}" for name in COURSE),
    )
    return pages.annotate(is_restricted=restricted()).values_list(*names, "is_restricted")


_BY_PATH = Prepared(_found, texts=("path",))


def _pages(path: str) -> Iterator[LessonPage]:
    for row in _BY_PATH.rows(path=path):
        values = iter(row)
        page = loaded(LessonPage, _PAGE, values)
        page.activity = loaded(Activity, _ACTIVITY, values)
        page.activity.course = loaded(Course, COURSE, values)
        (page.is_restricted,) = values
        yield page
