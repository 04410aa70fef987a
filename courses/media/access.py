"""Who may have a file: whoever may open one of the pages that show it.

A page of a course asks the course's gate, any other public page is open to all, and what no live page shows is for
authors only (it may stand in a draft, or have been taken out for a reason).
"""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.http import HttpRequest
from django.utils import timezone
from wagtail.models import Page, ReferenceIndex

from courses.catalog.models import Course
from courses.catalog.pages import CoursePage
from courses.lessons.access import OPEN, Decision, may_open
from people.roles.enums import Capability
from people.roles.queries import has_capability

_AUTHORS = (Capability.AUTHOR, Capability.PUBLISH)
_SIGN_IN = Decision(allowed=False, answer="sign_in")
_NOT_FOUND = Decision(allowed=False, answer="not_found")
_STEP = 4  # characters of a treebeard path for each level


def may_have(request: HttpRequest, file: Any) -> Decision:
    """``file`` is an image or a document. Three queries, and those of the gate for each course that shows it."""
    courses, is_public = _shown_in(file)
    if is_public:
        return OPEN
    # What is open to everybody is asked first: it costs nothing.
    courses.sort(key=lambda course: (not course.open_to_guests, not course.self_enrollment))
    for course in courses:
        decision = may_open(request, course)
        if decision.allowed:
            return OPEN
        if decision.answer == "sign_in":
            return _SIGN_IN
    return _only_authors(request)


def _shown_in(file: Any) -> tuple[list[Course], bool]:
    """The courses whose live pages show the file, and whether a page outside any course does."""
    paths = list(Page.objects.live().filter(pk__in=_page_ids(file)).values_list("path", flat=True))
    if not paths:
        return [], False
    above = {path[:end] for path in paths for end in range(_STEP, len(path) + 1, _STEP)}
    pages = {
        page.path: page.course for page in CoursePage.objects.filter(path__in=above).select_related("course")
    }
    outside = [path for path in paths if not any(path.startswith(course) for course in pages)]
    is_public = bool(outside) and Page.objects.public().filter(path__in=outside).exists()
    return list({course.pk: course for course in pages.values()}.values()), is_public


def _page_ids(file: Any) -> list[int]:
    """The pages that name the file, drafts that were never live included."""
    page = ContentType.objects.get_for_model(Page)
    found = ReferenceIndex.get_references_to(file).filter(base_content_type=page)
    return [int(id_) for id_ in found.values_list("object_id", flat=True).distinct()]


def _only_authors(request: HttpRequest) -> Decision:
    if not request.user.is_authenticated:
        return _SIGN_IN
    today = timezone.localdate()
    is_author = any(has_capability(request.user, capability, today) for capability in _AUTHORS)
    return OPEN if is_author else _NOT_FOUND
