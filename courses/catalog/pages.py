"""The pages of the catalog: home, list of courses, a course."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail import blocks
from wagtail.models import Page

from courses.catalog.enums import Delivery, Scoring, Track
from courses.catalog.models import Course
from courses.competencies.models import Competency
from courses.strategy.models import StrategyNode


class HomePage(Page):
    """The public front door: three tracks, the strategy, sign-in."""

    template = "courses/home_page.html"
    max_count = 1
    subpage_types: ClassVar = ["courses.CatalogPage"]


class CatalogPage(Page):
    """The list of offered courses with search and facets."""

    template = "courses/catalog_page.html"
    parent_page_types: ClassVar = ["courses.HomePage"]
    subpage_types: ClassVar = ["courses.CoursePage"]


class CoursePage(Page):
    """What an author writes about a course; its facts reach ``Course`` when it is published."""

    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="pages", editable=False)
    code = models.CharField(_("course code"), max_length=40)
    title_en = models.CharField(_("title in English"), max_length=255, blank=True)
    title_ruby = models.CharField(_("title with readings"), max_length=400, blank=True)
    track = models.CharField(
        _("track"),
        max_length=10,
        choices=[(Track.STAFF.value, _("Staff")), (Track.EDUCATION.value, _("Schools")), (Track.SENIOR.value, _("Seniors"))],
    )
    tier = models.CharField(_("tier"), max_length=40, blank=True)
    audience = models.CharField(_("audience"), max_length=200, blank=True)
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=0)
    is_mandatory = models.BooleanField(_("mandatory"), default=False)
    mandatory_basis = models.TextField(_("basis of the duty"), blank=True)
    recertify_every = models.PositiveSmallIntegerField(_("again every … fiscal years"), null=True, blank=True)
    pass_mark = models.PositiveSmallIntegerField(_("pass mark in percent"), null=True, blank=True)
    scoring = models.CharField(
        _("scoring"),
        max_length=10,
        choices=[(Scoring.SCORED.value, _("Scored")), (Scoring.PRACTICE.value, _("Practice without a score"))],
        default=Scoring.SCORED,
    )
    delivery = models.JSONField(_("delivery"), default=list, blank=True)
    delivery_note = models.CharField(_("delivery in words"), max_length=200, blank=True)
    level = models.CharField(_("level"), max_length=10, blank=True)
    open_to_guests = models.BooleanField(_("open without an account"), default=False)
    self_enrollment = models.BooleanField(_("people may enroll themselves"), default=True)
    objectives = StreamField([("objective", blocks.CharBlock(label=_("objective")))], blank=True)
    planned_lessons = StreamField(
        [
            (
                "lesson",
                blocks.StructBlock(
                    [
                        ("code", blocks.CharBlock()),
                        ("title", blocks.CharBlock()),
                        ("minutes", blocks.IntegerBlock(min_value=0)),
                    ]
                ),
            )
        ],
        blank=True,
        help_text=_("Lessons that are planned and not yet written."),
    )
    prerequisites = ParentalManyToManyField(Course, blank=True, related_name="+")
    strategy_nodes = ParentalManyToManyField(StrategyNode, blank=True, related_name="+")
    competencies = ParentalManyToManyField(Competency, blank=True, related_name="+")
    instructor_note = models.TextField(_("note to the teacher or training office"), blank=True)

    template = "courses/course_page.html"
    parent_page_types: ClassVar = ["courses.CatalogPage"]
    subpage_types: ClassVar = ["courses.LessonPage", "assessments.QuizPage"]

    content_panels: ClassVar[list[Any]] = [
        *Page.content_panels,
        FieldPanel("title_ruby"),
        FieldPanel("code"),
        MultiFieldPanel(
            [FieldPanel("track"), FieldPanel("tier"), FieldPanel("audience"), FieldPanel("level"), FieldPanel("minutes")],
            heading=_("For whom"),
        ),
        FieldPanel("objectives"),
        MultiFieldPanel(
            [
                FieldPanel("is_mandatory"),
                FieldPanel("mandatory_basis"),
                FieldPanel("recertify_every"),
                FieldPanel("scoring"),
                FieldPanel("pass_mark"),
            ],
            heading=_("Duty and passing"),
        ),
        MultiFieldPanel(
            [FieldPanel("open_to_guests"), FieldPanel("self_enrollment"), FieldPanel("delivery_note")],
            heading=_("Who may open it"),
        ),
        FieldPanel("strategy_nodes"),
        FieldPanel("competencies"),
        FieldPanel("planned_lessons"),
        FieldPanel("instructor_note"),
    ]

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        self._hold_course()
        super().full_clean(*args, **kwargs)

    def _hold_course(self) -> None:
        """A translation keeps its course and a copy gets a new one: ``translation_key`` tells them apart."""
        if self.course_id is None or self.course.uuid != self.translation_key:
            code = self.code if not Course.objects.filter(code=self.code).exists() else f"{self.code}-{self.translation_key}"[:40]
            self.course, _created = Course.objects.get_or_create(
                uuid=self.translation_key, defaults={"code": code, "title": self.title, "track": self.track}
            )
            self.code = self.course.code

    @property
    def delivery_codes(self) -> list[Delivery]:
        return [Delivery(code) for code in self.delivery]
