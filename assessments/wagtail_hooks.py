"""Registers and delegates: questions in the Wagtail admin."""

from typing import Any

from django.http import HttpRequest
from wagtail import hooks
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet

from assessments.delivery.notices import tell_where_it_waits
from assessments.items.models import Item
from assessments.items.permissions import ItemPolicy
from assessments.items.viewsets import ItemViewSet

register_permission_policy(Item, ItemPolicy(Item))
register_snippet(ItemViewSet)


@hooks.register("after_edit_snippet")
def tell_about_a_question(request: HttpRequest, instance: Any) -> None:
    if isinstance(instance, Item):
        tell_where_it_waits(request, instance)
