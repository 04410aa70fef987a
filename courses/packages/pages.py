"""A package as a lesson of its own."""

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from courses.catalog.enums import ActivityKind, MoveOn
from courses.catalog.queries import contents_of
from courses.lessons.access import CLOSED, may_open, refuse
from courses.lessons.pages import ActivityPage
from courses.lessons.queries import place_of
from courses.packages.forms import PackagePageForm
from courses.packages.models import Package
from courses.readability.validators import validate_marked_text


class PackagePage(ActivityPage):
    """A page of a course that plays one package. What counts as done is said on the package."""

    activity_kind = ActivityKind.PACKAGE

    package = models.ForeignKey(
        Package, verbose_name=_("package"), on_delete=models.PROTECT, related_name="+"
    )
    introduction = models.TextField(_("introduction"), blank=True, validators=[validate_marked_text])
    move_on = models.CharField(
        _("completed when"),
        max_length=20,
        choices=[
            (MoveOn.COMPLETED.value, _("The package has been gone through")),
            (MoveOn.PASSED.value, _("The package has been passed")),
        ],
        default=MoveOn.COMPLETED,
    )

    base_form_class = PackagePageForm
    template = "courses/package_page.html"
    content_panels: ClassVar[list[Any]] = [
        *Page.content_panels,
        *ActivityPage.activity_panels,
        FieldPanel("introduction"),
        FieldPanel("package"),
        FieldPanel("move_on"),
    ]

    class Meta:
        verbose_name = _("package page")
        verbose_name_plural = _("package pages")

    def clean(self) -> None:
        super().clean()
        validate_marked_text(self.title_ruby)

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        course = self.activity.course
        decision = may_open(request, course) if course is not None else CLOSED
        if not decision.allowed:
            return refuse(request, decision)
        response: HttpResponse = super().serve(request, *args, **kwargs)
        patch_cache_control(response, private=True)
        return response

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        course = self.activity.course
        crumbs = [(course.title, course.url)] if course is not None else []
        place = place_of(self.activity, contents_of(course)) if course is not None else None
        return context | {"activity": self.activity, "course": course, "crumbs": crumbs, "place": place}
