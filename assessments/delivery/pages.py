"""The quiz page at the end of a course."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.models import Orderable, Page

from assessments.items.models import Item
from courses.catalog.enums import ActivityKind
from courses.lessons.pages import ActivityPage


class QuizPage(ActivityPage):
    """A quiz: what is asked stands in ``Quiz`` as of the last publishing."""

    activity_kind = ActivityKind.QUIZ

    max_attempts = models.PositiveSmallIntegerField(_("attempts allowed"), null=True, blank=True)
    shuffle_options = models.BooleanField(_("shuffle the choices"), default=False)

    template = "assessments/quiz_page.html"
    content_panels: ClassVar[list[Any]] = [
        *Page.content_panels,
        *ActivityPage.activity_panels,
        FieldPanel("max_attempts"),
        FieldPanel("shuffle_options"),
        InlinePanel("quiz_items", label=_("Questions")),
    ]


class QuizPageItem(Orderable):
    """A question at its place, as the author arranged it."""

    page = ParentalKey(QuizPage, on_delete=models.CASCADE, related_name="quiz_items")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="+")

    panels: ClassVar = [FieldPanel("item")]

    class Meta(Orderable.Meta):
        constraints = [models.UniqueConstraint(fields=["page", "item"], name="quiz_page_item_once")]
