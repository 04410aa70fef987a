"""Registers and delegates: questions in the Wagtail admin."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.widgets.button import Button
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet

from assessments.delivery.notices import tell_where_it_waits
from assessments.delivery.pages import QuizPage
from assessments.exports.views import ExportQuiz
from assessments.items.models import Item
from assessments.items.permissions import ItemPolicy
from assessments.items.viewsets import ItemViewSet

register_permission_policy(Item, ItemPolicy(Item))
register_snippet(ItemViewSet)


@hooks.register("after_edit_snippet")
def tell_about_a_question(request: HttpRequest, instance: Any) -> None:
    if isinstance(instance, Item):
        tell_where_it_waits(request, instance)


@hooks.register("register_admin_urls")
def export_of_a_quiz() -> list[URLPattern]:
    return [path("quizzes/<int:pk>/h5p/", ExportQuiz.as_view(), name="quiz_export")]


@hooks.register("register_page_header_buttons")
def export_in_the_header(
    page: Any, user: Any, next_url: Any = None, view_name: Any = None, **_more: Any
) -> Iterator[Button]:
    if isinstance(page, QuizPage) and page.permissions_for_user(user).can_edit():
        url = reverse("quiz_export", args=[page.pk])
        yield Button(_("Save as an H5P file"), url=url, icon_name="download", priority=60)
