"""Plans and their sentences in the Wagtail admin: what was lost can be added, what was loaded stays."""

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.panels import FieldPanel, HelpPanel, MultiFieldPanel, ObjectList
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup

from courses.strategy.forms import PlanForm
from courses.strategy.models import Plan, StrategyNode


def _read_only(*names: str) -> list[Any]:
    return [FieldPanel(name, read_only=True) for name in names]


class StrategyNodeViewSet(ModelViewSet):
    model = StrategyNode
    icon = "list-ul"
    menu_label = pgettext_lazy("strategy", "Sentences")
    list_display: ClassVar = ["code", "title", "is_lost", "status"]
    list_filter: ClassVar = ["plan", "kind", "is_lost", "status"]
    search_backend_name = None
    search_fields: ClassVar = ["code", "title", "statement"]
    ordering: ClassVar = ["plan", "order"]
    copy_view_enabled = False
    panels: ClassVar = [
        HelpPanel(
            _(
                "The words come from the paper and are loaded from its file. "
                "Where a figure or a part of the paper was lost, write below what you know, with its source."
            )
        ),
        FieldPanel("supplement"),
        MultiFieldPanel(
            _read_only("code", "title", "statement", "note", "is_lost", "status"),
            heading=_("As in the paper"),
        ),
    ]


class PlanViewSet(ModelViewSet):
    model = Plan
    icon = "doc-full"
    menu_label = pgettext_lazy("strategy", "Versions")
    list_display: ClassVar = ["name", "version", "status", "is_current"]
    search_backend_name = None
    search_fields: ClassVar = ["name", "version"]
    copy_view_enabled = False
    edit_handler = ObjectList(
        [
            FieldPanel("shows_first"),
            MultiFieldPanel(
                _read_only("name", "version", "status", "valid_from", "valid_to"),
                heading=_("As in the paper"),
            ),
        ],
        base_form_class=PlanForm,
    )


class StrategyGroup(ModelViewSetGroup):
    menu_label = pgettext_lazy("strategy", "Strategy")
    menu_icon = "list-ul"
    menu_order = 330
    items = (PlanViewSet, StrategyNodeViewSet)
