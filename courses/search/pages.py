"""The list of courses: search and facets. The search's own page, so it stands in its room."""

from typing import Any, ClassVar

from django.core.paginator import Paginator
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.models import Page

from courses.catalog.enums import Track
from courses.search.queries import Facet, Filters, listing
from courses.search.rules import MAX_LENGTH, MinutesBucket

PAGE_SIZE = 24

_FACET_LABELS: dict[str, Promise] = {
    "track": pgettext_lazy("course", "Track"),
    "tier": pgettext_lazy("course", "Tier"),
    "audience": _("For whom"),
    "minutes": pgettext_lazy("course", "Time"),
    "measure": _("Measure of the strategy"),
}
_CHOICE_LABELS: dict[str, Promise] = {
    Track.STAFF.value: _("Staff"),
    Track.EDUCATION.value: _("Schools"),
    Track.SENIOR.value: _("Seniors"),
    MinutesBucket.HALF_HOUR.value: _("Up to 30 minutes"),
    MinutesBucket.HOUR.value: _("31 to 60 minutes"),
    MinutesBucket.TWO_HOURS.value: _("61 to 120 minutes"),
    MinutesBucket.LONGER.value: _("More than two hours"),
}


class CatalogPage(Page):
    """The list of offered courses with search and facets."""

    template = "courses/catalog_page.html"
    parent_page_types: ClassVar = ["courses.HomePage"]
    subpage_types: ClassVar = ["courses.CoursePage"]
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("catalog page")
        verbose_name_plural = _("catalog pages")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        found = listing(request.user, Filters.of(request.GET))
        page_obj = Paginator(found.cards, PAGE_SIZE).get_page(request.GET.get("page"))
        return context | {
            "listing": found,
            "page_obj": page_obj,
            "facets": [_labelled(facet) for facet in found.facets if facet.is_useful],
            "max_length": MAX_LENGTH,
        }


def _labelled(facet: Facet) -> dict[str, Any]:
    """A facet with its words: what courses call themselves (tier, audience, measure) is shown as it is."""
    choices = [
        {
            "value": choice.value,
            "label": _CHOICE_LABELS.get(choice.value, choice.label),
            "count": choice.count,
            "is_chosen": choice.is_chosen,
        }
        for choice in facet.choices
    ]
    return {"name": facet.name, "label": _FACET_LABELS[facet.name], "choices": choices}
