"""Pages behind which an activity stands, and the lesson page."""

from dataclasses import replace
from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, HelpPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from courses.catalog.arrivals import restrictions_of
from courses.catalog.enums import ActivityKind, MoveOn
from courses.catalog.models import Activity
from courses.lessons.access import CLOSED, may_open, refuse
from courses.lessons.blocks import LESSON_BLOCKS
from courses.lessons.forms import LessonPageForm
from courses.lessons.queries import shapes_of
from courses.lessons.rules import screen_of_block
from courses.lessons.visits import Visit, redirect_of
from courses.readability.validators import validate_marked_text
from people.preferences.enums import Face
from people.preferences.rules import Reading


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

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Wagtail checks a draft only in part, so the identity is held here and not in ``full_clean``."""
        if self._state.adding:
            self._hold_activity()
        super().save(*args, **kwargs)

    def _hold_activity(self) -> None:
        """A translation keeps its activity and a copy gets a new one: ``translation_key`` tells them apart."""
        if self.activity_id is None or self.activity.uuid != self.translation_key:
            self.activity, _created = Activity.objects.get_or_create(
                uuid=self.translation_key,
                defaults={"kind": self.activity_kind, "title": self.title, "code": self.code},
            )

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """A page that was never saved has no activity, and its preview makes none: one without a row stands in."""
        if self.activity_id is None:
            self.activity = Activity(
                pk=0, uuid=self.translation_key, kind=self.activity_kind, title=self.title
            )
        response: HttpResponse = super().serve_preview(request, mode_name)
        return response

    is_restricted: bool | None = None
    """Known where the route asked beforehand."""

    def get_view_restrictions(self) -> Any:
        return super().get_view_restrictions() if self.alias_of_id else restrictions_of(self)


class LessonPage(ActivityPage):
    """One lesson: a single text that every face shows."""

    activity_kind = ActivityKind.LESSON

    title_easy = models.CharField(
        _("title in easy Japanese"), max_length=400, blank=True, validators=[validate_marked_text]
    )
    body = StreamField(LESSON_BLOCKS, blank=True, verbose_name=_("text of the lesson"))
    move_on = models.CharField(
        _("completed when"),
        max_length=20,
        choices=[
            (MoveOn.COMPLETED.value, _("The learner has read to the end")),
            (MoveOn.NOT_APPLICABLE.value, _("No record is needed")),
        ],
        default=MoveOn.COMPLETED,
    )

    base_form_class = LessonPageForm
    template = "courses/lesson_page.html"
    content_panels: ClassVar[list[Any]] = [
        *Page.content_panels,
        *ActivityPage.activity_panels,
        FieldPanel("title_easy"),
        HelpPanel(template="courses/faces/writing_help.html"),
        FieldPanel("body"),
        FieldPanel("move_on"),
    ]
    preview_modes: ClassVar = [
        (Face.STANDARD.value, _("Standard")),
        (Face.RUBY.value, _("With readings")),
        (Face.EASY.value, _("Easy Japanese, with the gaps")),
        (Face.LARGE.value, _("Large screen")),
    ]

    class Meta:
        verbose_name = _("lesson page")
        verbose_name_plural = _("lesson pages")

    def clean(self) -> None:
        super().clean()
        validate_marked_text(self.title_ruby)

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        course = self.activity.course
        decision = may_open(request, course) if course is not None else CLOSED
        if not decision.allowed:
            return refuse(request, decision)
        if (elsewhere := redirect_of(request, self._screen_of)) is not None:
            return HttpResponseRedirect(elsewhere)
        response: HttpResponse = super().serve(request, *args, **kwargs)
        return response

    def _screen_of(self, block: str) -> int:
        return screen_of_block(self.activity.uuid, shapes_of(self.body), block)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return context | Visit(self, request).context()

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """The draft as a reader of that face will see it; in やさしい日本語 with what is still missing."""
        request.reading = replace(Reading(), face=Face(mode_name))  # type: ignore[attr-defined]
        response: HttpResponse = super().serve_preview(request, mode_name)
        return response

    @cached_property
    def marked_title(self) -> str:
        return self.title_ruby or self.title
