"""Choosing a question for a quiz: by what is asked, not only by its code."""

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.chooser import (
    ChooseResultsView,
    ChooseView,
    SnippetChooserViewSet,
    SnippetChosenMultipleView,
    SnippetChosenView,
)
from wagtail.snippets.widgets import AdminSnippetChooser

from assessments.items.listing import kind_of, stem_of, title_of
from assessments.items.models import Item


class ItemFilterForm(BaseFilterForm):
    q = forms.CharField(label=_("Words of the question"), required=False)

    def filter(self, objects: QuerySet[Item]) -> QuerySet[Item]:
        words = str(self.cleaned_data.get("q", "")).split()
        for word in words:
            objects = objects.filter(Q(code__icontains=word) | Q(current__stem__icontains=word))
        self.is_searching, self.search_query = bool(words), " ".join(words)
        return objects


class _WithWording:
    filter_form_class = ItemFilterForm
    ordering = ("code",)

    def get_object_list(self) -> QuerySet[Item]:
        return Item.objects.filter(retired_at__isnull=True).select_related("current")

    @property
    def columns(self) -> list[Column]:
        shown: list[Column] = super().columns  # type: ignore[misc]
        return [
            *shown,
            Column("stem", label=_("Question"), accessor=stem_of),
            Column("kind", label=_("Kind"), accessor=kind_of),
        ]


class ItemChooseView(_WithWording, ChooseView):
    pass


class ItemChooseResultsView(_WithWording, ChooseResultsView):
    pass


class _WithTitle:
    def get_display_title(self, instance: Item) -> str:
        return title_of(instance)


class ItemChosenView(_WithTitle, SnippetChosenView):
    pass


class ItemChosenMultipleView(_WithTitle, SnippetChosenMultipleView):
    pass


class ItemChooserWidget(_WithTitle, AdminSnippetChooser):
    pass


class ItemChooserViewSet(SnippetChooserViewSet):
    choose_view_class = ItemChooseView
    choose_results_view_class = ItemChooseResultsView
    chosen_view_class = ItemChosenView
    chosen_multiple_view_class = ItemChosenMultipleView
    base_widget_class = ItemChooserWidget
    icon = "help"
