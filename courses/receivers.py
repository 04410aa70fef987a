"""What Wagtail announces about pages, handed on to the actions. Connected in ``apps.ready()``."""

from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete
from django.utils import timezone
from wagtail.log_actions import get_active_log_context
from wagtail.models import Page
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from courses.catalog import actions as catalog
from courses.catalog.models import Activity
from courses.catalog.pages import CoursePage
from courses.lessons.actions import materialise_blocks
from courses.lessons.chosen import register_package_check
from courses.lessons.pages import ActivityPage
from courses.packages import imports
from courses.packages.pages import PackagePage
from courses.packages.uses import problem_with, use_package
from courses.search.actions import forget_course, index_course
from office.jobs.actions import register_handler


def connect() -> None:
    for signal, receiver in (
        (page_published, on_published),
        (page_unpublished, on_unpublished),
        (post_page_move, on_moved),
        (page_slug_changed, on_moved),
        (post_delete, on_deleted),
    ):
        signal.connect(receiver, dispatch_uid=f"courses.{receiver.__name__}.{id(signal)}")
    register_package_check(problem_with)
    register_handler(imports.JOB, imports.import_package)
    register_handler(imports.INSTALL_JOB, imports.install_libraries)


def _context() -> dict[str, Any]:
    return {"by": get_active_log_context().user, "at": timezone.now()}


def on_published(sender: Any, instance: Any, **kwargs: Any) -> None:
    if isinstance(instance, CoursePage):
        index_course(course=catalog.publish_course(page=instance, **_context()))
    elif isinstance(instance, ActivityPage):
        activity = _publish_activity(instance)
        if activity.course is not None:
            index_course(course=activity.course)


@transaction.atomic
def _publish_activity(page: Any) -> Activity:
    """With its blocks and what they play at once: a new edition of the course never shows the old ones."""
    activity = page.activity = catalog.publish_activity(page=page, **_context())
    for playing in materialise_blocks(page):
        use_package(activity=playing.activity, package=playing.package)
    if isinstance(page, PackagePage):
        use_package(activity=activity, package=page.package)
    return activity


def on_unpublished(sender: Any, instance: Any, **kwargs: Any) -> None:
    if isinstance(instance, CoursePage):
        forget_course(course=catalog.withdraw_course(page=instance, **_context()))
    elif isinstance(instance, ActivityPage):
        activity = catalog.withdraw_activity(page=instance, **_context())
        if activity.course is not None:
            index_course(course=activity.course)


def on_moved(sender: Any, instance: Any, **kwargs: Any) -> None:
    if isinstance(instance, Page):
        catalog.follow_move(page=instance, **_context())


def on_deleted(sender: Any, instance: Any, **kwargs: Any) -> None:
    """Wagtail has announced before that a live page is unpublished; a page that never was live comes only here."""
    if isinstance(instance, CoursePage):
        forget_course(course=catalog.retire_course(page=instance, **_context()))
    elif isinstance(instance, ActivityPage):
        catalog.withdraw_activity(page=instance, **_context())
