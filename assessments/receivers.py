"""What Wagtail announces about pages, handed on to the actions. Connected in ``apps.ready()``."""

from typing import Any

from django.utils import timezone
from wagtail.log_actions import get_active_log_context
from wagtail.signals import page_published

from assessments.delivery.loading import load_quiz
from assessments.delivery.pages import QuizPage
from assessments.delivery.publishing import publish_course_page, publish_quiz_page
from courses.catalog.pages import CoursePage
from courses.curriculum.actions import register_quiz_loader


def connect() -> None:
    page_published.connect(on_published, dispatch_uid="assessments.on_published")
    register_quiz_loader(load_quiz)


def on_published(sender: Any, instance: Any, **kwargs: Any) -> None:
    by, at = get_active_log_context().user, timezone.now()
    if isinstance(instance, QuizPage):
        publish_quiz_page(page=instance, at=at, by=by)
    elif isinstance(instance, CoursePage):
        publish_course_page(page=instance, at=at, by=by)
