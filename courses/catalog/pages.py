"""The front door and the page of a course."""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from courses.catalog.arrivals import restrictions_of
from courses.catalog.enums import Delivery, Scoring, Track
from courses.catalog.forms import CoursePageForm
from courses.catalog.models import Course, page_url
from courses.catalog.permissions import can_read_instructor_note
from courses.catalog.queries import Outline, outline_of, track_counts
from courses.catalog.rules import CATALOG_PATH
from courses.competencies.models import Competency
from courses.strategy.models import StrategyNode
from people.preferences.rules import Reading


class HomePage(Page):
    """The public front door: three tracks, the strategy, sign-in."""

    template = "courses/home_page.html"
    max_count = 1
    subpage_types: ClassVar = ["courses.CatalogPage"]

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return context | {"tracks": track_counts(), "catalog_url": page_url(CATALOG_PATH)}


class CoursePage(Page):
    """What an author writes about a course; its facts reach ``Course`` when it is published."""

    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="+", editable=False)
    code = models.CharField(_("course code"), max_length=40)
    title_en = models.CharField(_("title in English"), max_length=255, blank=True)
    title_ruby = models.CharField(_("title with readings"), max_length=400, blank=True)
    track = models.CharField(
        _("track"),
        max_length=10,
        choices=[
            (Track.STAFF.value, _("Staff")),
            (Track.EDUCATION.value, _("Schools")),
            (Track.SENIOR.value, _("Seniors")),
        ],
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
        choices=[
            (Scoring.SCORED.value, _("Scored")),
            (Scoring.PRACTICE.value, _("Practice without a score")),
        ],
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
    subpage_types: ClassVar = ["courses.LessonPage", "courses.PackagePage", "assessments.QuizPage"]

    content_panels: ClassVar[list[Any]] = [
        *Page.content_panels,
        FieldPanel("title_ruby"),
        FieldPanel("code"),
        MultiFieldPanel(
            [
                FieldPanel("track"),
                FieldPanel("tier"),
                FieldPanel("audience"),
                FieldPanel("level"),
                FieldPanel("minutes"),
            ],
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
            [FieldPanel("open_to_guests"), FieldPanel("self_enrollment")],
            heading=_("Who may open it"),
        ),
        MultiFieldPanel([FieldPanel("delivery"), FieldPanel("delivery_note")], heading=_("How it is held")),
        MultiFieldPanel(
            [
                FieldPanel("prerequisites"),
                FieldPanel("strategy_nodes", widget=forms.CheckboxSelectMultiple),
                FieldPanel("competencies", widget=forms.CheckboxSelectMultiple),
            ],
            heading=_("What it belongs to"),
            classname="collapsed",
        ),
        FieldPanel("planned_lessons"),
        FieldPanel("instructor_note"),
    ]
    base_form_class = CoursePageForm

    class Meta:
        verbose_name = _("course page")
        verbose_name_plural = _("course pages")

    is_restricted: bool | None = None
    """Known where the route asked beforehand."""

    def get_view_restrictions(self) -> Any:
        return super().get_view_restrictions() if self.alias_of_id else restrictions_of(self)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        course = self.course if self.course_id else None
        reading = getattr(request, "reading", None) or Reading()
        is_preview = bool(getattr(request, "is_preview", False))
        return context | {
            "course": course,
            "course_key": None if is_preview or course is None else course.edition,
            "voice": reading.voice,
            "plain": reading.plain,
            "whole": self.with_its_texts,
            "outline": outline_of(course) if course else Outline(),
            "instructor_note": self._note_for(request),
            "crumbs": [(_("Courses"), page_url(CATALOG_PATH))],
        }

    def with_its_texts(self) -> "CoursePage":
        """The page with every column, in one query where the route left some out."""
        return CoursePage.objects.get(pk=self.pk) if self.get_deferred_fields() else self

    def _note_for(self, request: HttpRequest) -> str:
        if not self.instructor_note:
            return ""
        return self.instructor_note if can_read_instructor_note(request.user, timezone.localdate()) else ""

    def clean(self) -> None:
        super().clean()
        is_copy = self.course_id is not None and self.course.uuid != self.translation_key
        if not is_copy and Course.objects.filter(code=self.code).exclude(uuid=self.translation_key).exists():
            raise ValidationError(
                {"code": _("Another course has this code. Nothing was saved. Choose another code.")}
            )

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Wagtail checks a draft only in part, so the identity is held here and not in ``full_clean``."""
        if self._state.adding:
            self._hold_course()
        super().save(*args, **kwargs)

    def _hold_course(self) -> None:
        """A translation keeps its course and a copy gets a new one: ``translation_key`` tells them apart."""
        if self.course_id is None or self.course.uuid != self.translation_key:
            self.course, _created = Course.objects.get_or_create(
                uuid=self.translation_key,
                defaults={"code": self._free_code(), "title": self.title, "track": self.track},
            )
            self.code = self.course.code

    def _free_code(self) -> str:
        """The code itself, or the first of ``S105-2``, ``S105-3`` … that no course has."""
        stem = (self.code or "course")[:34]
        taken = set(Course.objects.filter(code__startswith=stem).values_list("code", flat=True))
        numbered = (f"{stem}-{number}" for number in range(2, len(taken) + 3))
        return next(code for code in (stem, *numbered) if code not in taken)

    @property
    def delivery_codes(self) -> list[Delivery]:
        return [Delivery(code) for code in self.delivery]
