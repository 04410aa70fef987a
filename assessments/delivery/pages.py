"""The quiz page at the end of a course."""

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.models import Orderable, Page

from assessments.attempts.models import Attempt
from assessments.attempts.queries import Place, history_of, published_versions
from assessments.attempts.registration import registration_of
from assessments.delivery.forms import QuizPageForm
from assessments.delivery.panels import QuestionVersionsPanel
from assessments.delivery.queries import results_of
from assessments.delivery.versions import hold_missing
from assessments.items.models import Item, ItemVersion
from assessments.marking.rules import needed, points
from assessments.quizzes.models import Quiz
from courses.catalog.enums import ActivityKind, Scoring
from courses.lessons.access import CLOSED, may_open, refuse
from courses.lessons.pages import ActivityPage
from people.learners.queries import current_learner

QUESTIONS = "questions"


class QuizPage(ActivityPage):
    """A quiz: what is asked stands in ``Quiz`` as of the last publishing.

    Each revision holds the versions of its questions. Saving in the editor takes the newest; an edited question
    reaches learners when the page is published, and a revision that is published later asks what it held.
    """

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
        QuestionVersionsPanel(heading=_("Versions of the questions")),
    ]
    base_form_class = QuizPageForm

    preview_modes: ClassVar = [("", _("First page")), (QUESTIONS, _("Questions with answers"))]

    class Meta:
        verbose_name = _("quiz page")
        verbose_name_plural = _("quiz pages")

    def save_revision(self, *args: Any, **kwargs: Any) -> Any:
        hold_missing(self)
        return super().save_revision(*args, **kwargs)

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        course = self.activity.course
        decision = may_open(request, course) if course is not None else CLOSED
        if not decision.allowed:
            return refuse(request, decision)
        response: HttpResponse = super().serve(request, *args, **kwargs)
        # How often somebody tried must not be an old page from the browser's memory.
        patch_cache_control(response, private=True, no_cache=True)
        return response

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        if mode_name == QUESTIONS:
            return render(request, "assessments/preview.html", self._preview())
        response: HttpResponse = super().serve_preview(request, mode_name)
        return response

    def _preview(self) -> dict[str, Any]:
        """The questions of the draft in the versions that it holds, with their answers; nothing is written."""
        held = [entry.version or entry.item.current for entry in self.quiz_items.all()]
        versions = [version for version in held if version is not None]
        attempt = Attempt(quiz=Quiz(activity=self.activity), scoring=Scoring.SCORED)
        places = [Place(number, version, None) for number, version in enumerate(versions, start=1)]
        return {"page": self, "attempt": attempt, "questions": results_of(attempt, places, tells_right=True)}

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        activity = self.activity
        quiz = Quiz.objects.filter(activity=activity).first()
        context |= {"activity": activity, "course": activity.course, "quiz": quiz}
        if quiz is not None:
            context |= _standing(request, quiz, activity)
        return context


class QuizPageItem(Orderable):
    """A question at its place, as the author arranged it, in the version that this revision of the page holds."""

    page = ParentalKey(QuizPage, on_delete=models.CASCADE, related_name="quiz_items")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="+", verbose_name=_("question"))
    version = models.ForeignKey(
        ItemVersion, null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )

    panels: ClassVar = [FieldPanel("item")]

    class Meta(Orderable.Meta):
        constraints = [models.UniqueConstraint(fields=["page", "item"], name="quiz_page_item_once")]


def _standing(request: HttpRequest, quiz: Quiz, activity: Any) -> dict[str, Any]:
    """What a learner wants to know before beginning: how many questions, what passes, what happened so far."""
    learner = current_learner(request)
    registration = registration_of(request, activity, learner) if learner else None
    history = history_of(quiz, learner, registration)
    opened, best = history.open, history.best
    total = len(opened.item_versions) if opened else len(published_versions(quiz))
    pass_mark = opened.pass_mark if opened else quiz.pass_mark
    return {
        "history": history,
        "total": total,
        "pass_mark": pass_mark,
        "needed": needed(total, pass_mark) if pass_mark is not None else None,
        "best_points": points(best.score_scaled) if best and best.score_scaled is not None else None,
    }
