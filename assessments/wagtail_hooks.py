"""Registers and delegates: questions in the Wagtail admin."""

from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet

from assessments.items.models import Item
from assessments.items.permissions import ItemPolicy
from assessments.items.viewsets import ItemViewSet

register_permission_policy(Item, ItemPolicy(Item))
register_snippet(ItemViewSet)
