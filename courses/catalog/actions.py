"""From pages to the identities that learners' records lean on: what publishing, moving and deleting do to them.

A page is typed ``Any``: pages stand above actions. A course page holds ``course``, a lesson or quiz page ``activity``.
"""

from datetime import datetime
from typing import Any

from django.db import transaction
from wagtail.models import Page

from courses.catalog.enums import CourseStatus
from courses.catalog.models import Activity, Course
from courses.catalog.outline import raise_revision, refresh_order, refresh_outline, withdraw_rows
from courses.catalog.rules import lesson_titles, move_on_for
from office.audit.actions import record
from people.accounts.models import User

_FACTS = (
    *("code", "title", "title_ruby", "title_en", "track", "tier", "audience", "level", "minutes"),
    *("is_mandatory", "mandatory_basis", "recertify_every", "pass_mark", "scoring"),
    *("delivery", "delivery_note", "open_to_guests", "self_enrollment"),
)
_RELATIONS = ("prerequisites", "strategy_nodes", "competencies")


@transaction.atomic
def describe_course(*, page: Any, by: User | None, at: datetime) -> Course:
    """The facts of a page that nobody has published yet: known to authors and the strategy page, offered to none."""
    course = _take_facts(page)
    refresh_order(page.get_parent())
    return course


@transaction.atomic
def publish_course(*, page: Any, by: User | None, at: datetime) -> Course:
    """The course is offered as its page now tells it; lessons below that are live are offered with it."""
    course = _take_facts(page)
    course.status = CourseStatus.OFFERED
    course.save(update_fields=["status"])
    refresh_outline(course, page)
    refresh_order(page.get_parent())
    raise_revision(course, at)
    record(
        action="courses.course_published", instance=course, by=by, at=at, data={"revision": course.revision}
    )
    return course


def _take_facts(page: Any) -> Course:
    course = Course.objects.select_for_update(no_key=True).get(pk=page.course_id)
    for name in _FACTS:
        setattr(course, name, getattr(page, name))
    course.objectives = [str(block.value) for block in page.objectives]
    planned = [dict(block.value) for block in page.planned_lessons]
    course.lesson_titles = lesson_titles([], planned)
    course.save()
    for name in _RELATIONS:
        getattr(course, name).set(getattr(page, name).all())
    return course


@transaction.atomic
def publish_activity(*, page: Any, by: User | None, at: datetime) -> Activity:
    """The activity as its page now tells it, at its place in the course."""
    activity = Activity.objects.select_for_update(no_key=True).get(pk=page.activity_id)
    parent = page.get_parent()
    course = _course_of(parent)
    activity.kind = page.activity_kind
    for name in ("code", "title", "title_ruby", "minutes", "is_required"):
        setattr(activity, name, getattr(page, name))
    left = activity.course if activity.course not in (None, course) else None
    if course is not None:
        chosen = getattr(page, "move_on", "")
        activity.move_on = move_on_for(
            activity.kind, chosen=chosen, scoring=course.scoring, pass_mark=course.pass_mark
        )
    activity.course = course
    activity.save()
    if course is not None:
        _change_outline(course, parent, "courses.activity_published", {"activity": activity.code}, by, at)
    if left is not None:
        _refresh_course(left, "courses.activity_left", {"activity": activity.code}, by, at)
    activity.refresh_from_db()
    return activity


@transaction.atomic
def withdraw_course(*, page: Any, by: User | None, at: datetime) -> Course:
    """Unpublished: nobody is offered the course any more. Its lessons and everybody's records stay as they are."""
    course: Course = page.course
    if _has_other_live_page(course, page):
        return course
    course.status = CourseStatus.DRAFT
    course.save(update_fields=["status"])
    raise_revision(course, at)
    record(
        action="courses.course_withdrawn", instance=course, by=by, at=at, data={"revision": course.revision}
    )
    return course


@transaction.atomic
def retire_course(*, page: Any, by: User | None, at: datetime) -> Course:
    """The page is being deleted. The course and its activities stay, because records lean on them."""
    course: Course = page.course
    if _has_other_live_page(course, page):
        return course
    course.status, course.page_path = CourseStatus.RETIRED, ""
    course.save(update_fields=["status", "page_path"])
    withdraw_rows(course.activities.values_list("pk", flat=True))
    raise_revision(course, at)
    record(action="courses.course_retired", instance=course, by=by, at=at, data={"revision": course.revision})
    return course


def _has_other_live_page(course: Course, page: Any) -> bool:
    """A translation of the page keeps the course alive."""
    return bool(Page.objects.filter(translation_key=course.uuid, live=True).exclude(pk=page.pk).exists())


@transaction.atomic
def withdraw_activity(*, page: Any, by: User | None, at: datetime) -> Activity:
    """Unpublished or about to be deleted: no longer offered, no longer needed. Records of it stay."""
    activity: Activity = page.activity
    if Page.objects.filter(translation_key=activity.uuid, live=True).exclude(pk=page.pk).exists():
        return activity
    withdraw_rows([activity.pk])
    parent = Page.objects.parent_of(page).first()
    course = _course_of(parent) if parent is not None else None
    if course is not None and parent is not None:
        data = {"activity": activity.code}
        _change_outline(course, parent, "courses.activity_withdrawn", data, by, at, gone=page)
    activity.refresh_from_db()
    return activity


@transaction.atomic
def follow_move(*, page: Any, by: User | None, at: datetime) -> None:
    """A page was moved or got another address: everything at and below it follows, records stay where they are."""
    places = Page.objects.filter(path__startswith=page.path) | Page.objects.ancestor_of(page)
    keys = set(places.values_list("translation_key", flat=True))
    touched = set(Course.objects.filter(activities__uuid__in=keys)) | set(
        Course.objects.filter(uuid__in=keys)
    )
    for activity in Activity.objects.filter(uuid=page.translation_key).select_related("course"):
        activity.course = _course_of(page.get_parent()) or activity.course
        activity.save(update_fields=["course"])
        activity.children.update(course=activity.course)
    for course in touched:
        _refresh_course(course, "courses.course_moved", {}, by, at)


def _refresh_course(course: Course, action: str, data: dict[str, Any], by: User | None, at: datetime) -> None:
    page = Page.objects.filter(translation_key=course.uuid).order_by("-live", "pk").first()
    if page is not None:
        _change_outline(course, page, action, data, by, at)
        refresh_order(page.get_parent())


def _change_outline(
    course: Course,
    page: Any,
    action: str,
    data: dict[str, Any],
    by: User | None,
    at: datetime,
    *,
    gone: Any = None,
) -> None:
    refresh_outline(course, page, gone=gone)
    raise_revision(course, at)
    record(action=action, instance=course, by=by, at=at, data={**data, "revision": course.revision})


def _course_of(page: Any) -> Course | None:
    return Course.objects.filter(uuid=page.translation_key).first()
