"""The tree of pages as learners' records see it: order, addresses, and what counts for completion."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import F, OuterRef, Subquery
from wagtail.models import Page, Site

from courses.catalog.enums import ActivityKind
from courses.catalog.models import Activity, Course
from courses.catalog.rules import LessonTitle, lesson_titles, move_on_for, planned_only

_STEP = 4  # characters of a treebeard path for each level


def path_below_root(url_path: str) -> str:
    """``/top/courses/s105/`` → ``courses/s105/``; empty for a page that no site shows."""
    for root in Site.get_site_root_paths():
        if url_path.startswith(root.root_path):
            return url_path[len(root.root_path) :]
    return ""


def refresh_outline(course: Course, page: Any, *, gone: Any = None) -> None:
    """Brings the course's activities in line with the live pages below ``page``, in a fixed number of queries.

    ``gone``: a page that still stands in the tree but is about to be unpublished or deleted.
    """
    children = (
        Page.objects.child_of(page).order_by("path").values("pk", "translation_key", "live", "url_path")
    )
    live = [child for child in children if child["live"] and (gone is None or child["pk"] != gone.pk)]
    activities = {
        row.uuid: row
        for row in Activity.objects.filter(uuid__in=[child["translation_key"] for child in live])
    }
    offered = []
    for order, child in enumerate(live):
        activity = activities.get(child["translation_key"])
        if activity is not None:
            _place(activity, course, order, path_below_root(child["url_path"]))
            offered.append(activity)
    Activity.objects.bulk_update(offered, ["course", "order", "page_path", "is_offered", "move_on"])
    withdrawn = Activity.objects.filter(course=course, parent=None, is_offered=True)
    withdraw_rows(
        withdrawn.exclude(pk__in=[activity.pk for activity in offered]).values_list("pk", flat=True)
    )
    _place_blocks(course, offered)
    course.required_count = Activity.objects.filter(course=course).counting().count()
    course.lesson_titles = lesson_titles(_written(offered), planned_only(course.lesson_titles))
    course.save(update_fields=["required_count", "lesson_titles"])


def _place(activity: Activity, course: Course, order: int, path: str) -> None:
    activity.course, activity.order, activity.page_path, activity.is_offered = course, order, path, True
    if activity.kind == ActivityKind.QUIZ:
        activity.move_on = move_on_for(activity.kind, scoring=course.scoring, pass_mark=course.pass_mark)


def _place_blocks(course: Course, lessons: Iterable[Activity]) -> None:
    """The blocks that record follow their lesson, to another course, too."""
    lesson = Activity.objects.filter(pk=OuterRef("parent_id"))
    Activity.objects.filter(parent__in=[one.pk for one in lessons]).update(
        course=course,
        order=Subquery(lesson.values("order")[:1]),
        page_path=Subquery(lesson.values("page_path")[:1]),
    )


def count_required(course: Course) -> None:
    """What a completion needs, counted anew; saved (and so announced) only when it differs."""
    count = Activity.objects.filter(course=course).counting().count()
    if count != course.required_count:
        course.required_count = count
        course.save(update_fields=["required_count"])


def _written(activities: Iterable[Activity]) -> list[LessonTitle]:
    return [
        {"code": activity.code, "title": activity.title, "minutes": activity.minutes}
        for activity in activities
        if activity.kind == ActivityKind.LESSON
    ]


def withdraw_rows(ids: Iterable[int]) -> None:
    """These activities, and the blocks that record inside them, are no longer offered. The rows stay."""
    ids = list(ids)
    Activity.objects.filter(pk__in=ids).update(is_offered=False)
    Activity.objects.filter(parent__in=ids).update(is_offered=False)


def refresh_order(parent: Any) -> None:
    """The order and address of every course below a catalog page, from the tree."""
    pages = {
        child["translation_key"]: child
        for child in Page.objects.child_of(parent).values("translation_key", "path", "url_path")
    }
    changed = []
    for course in Course.objects.filter(uuid__in=pages):
        page = pages[course.uuid]
        order, path = int(page["path"][-_STEP:], 36), path_below_root(page["url_path"])
        if (course.order, course.page_path) != (order, path):
            course.order, course.page_path = order, path
            changed.append(course)
    Course.objects.bulk_update(changed, ["order", "page_path"])


def raise_revision(course: Course, at: datetime) -> None:
    """One step up, also when two people publish at once. What is cached by revision is fresh from here on."""
    Course.objects.filter(pk=course.pk).update(revision=F("revision") + 1, published_at=at)
    course.refresh_from_db(fields=["revision", "published_at"])
