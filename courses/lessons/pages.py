"""Pages behind which an activity stands, and the lesson page."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from courses.catalog.enums import ActivityKind, MoveOn
from courses.catalog.models import Activity
from courses.lessons.blocks import LESSON_BLOCKS


class ActivityPage(Page):
    """A page whose reader leaves a record: the activity is the identity, the page is how it looks today."""

    activity_kind: ClassVar[ActivityKind]

    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="+", editable=False)
    code = models.CharField(_("code"), max_length=60, blank=True)
    title_ruby = models.CharField(_("title with readings"), max_length=400, blank=True)
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=5)
    is_required = models.BooleanField(_("needed for completion"), default=True)

    parent_page_types: ClassVar = ["courses.CoursePage"]
    subpage_types: ClassVar[list[str]] = []

    activity_panels: ClassVar[list[Any]] = [
        FieldPanel("title_ruby"),
        MultiFieldPanel(
            [FieldPanel("code"), FieldPanel("minutes"), FieldPanel("is_required")], heading=_("In the course")
        ),
    ]

    class Meta:
        abstract = True

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        self._hold_activity()
        super().full_clean(*args, **kwargs)

    def _hold_activity(self) -> None:
        """A translation keeps its activity and a copy gets a new one: ``translation_key`` tells them apart."""
        if self.activity_id is None or self.activity.uuid != self.translation_key:
            self.activity, _created = Activity.objects.get_or_create(
                uuid=self.translation_key, defaults={"kind": self.activity_kind, "title": self.title, "code": self.code}
            )


class LessonPage(ActivityPage):
    """One lesson: a single text that every face shows."""

    activity_kind = ActivityKind.LESSON

    body = StreamField(LESSON_BLOCKS, blank=True)
    move_on = models.CharField(
        _("completed when"),
        max_length=20,
        choices=[
            (MoveOn.COMPLETED.value, _("The learner has read to the end")),
            (MoveOn.NOT_APPLICABLE.value, _("No record is needed")),
        ],
        default=MoveOn.COMPLETED,
    )

    template = "courses/lesson_page.html"
    content_panels: ClassVar[list[Any]] = [*Page.content_panels, *ActivityPage.activity_panels, FieldPanel("body"), FieldPanel("move_on")]
