"""What a reader's browser posts. Each answers a plain form with a redirect and a script with JSON."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
    JsonResponse,
)
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.generic import View

from courses.catalog.enums import ActivityKind
from courses.catalog.models import Activity, Course
from courses.lessons.access import may_open, refuse
from courses.lessons.queries import contents_of, place_of
from courses.lessons.rules import block_activity_uuid
from learning.enrollments.models import Enrollment
from learning.enrollments.queries import owner_of
from learning.progress.actions import StatementConflict
from learning.progress.rules import Recorded
from learning.runtime.actions import NotALesson, Withdrawn, check_readable, declare, finish_lesson, keep_place
from learning.runtime.forms import DeclarationForm, EventForm, PlaceForm
from learning.runtime.participants import Refused, participant, recorded


def wants_json(request: HttpRequest) -> bool:
    return request.headers.get("X-Requested-With") == "fetch" or "application/json" in request.headers.get(
        "Accept", ""
    )


def front_door() -> str:
    """The home page, below a sub-path, too."""
    return reverse("wagtail_serve", args=[""])


def asked_for(request: HttpRequest) -> str:
    """Where the form asked to go on, if that is on this site; else nothing."""
    wanted = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if safe else ""


def back(request: HttpRequest, otherwise: str) -> str:
    return asked_for(request) or otherwise


class RuntimeView(View):
    """Common answers; a GET (after a sign-in, or typed) leads to the page where the post comes from."""

    http_method_names = ["get", "post"]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return super().dispatch(request, *args, **kwargs)
        except Refused as refused:
            if wants_json(request) and refused.decision.answer == "sign_in":
                return JsonResponse({"saved": False, "message": _("Please sign in again.")}, status=401)
            return refuse(request, refused.decision)
        except ValidationError as error:
            return self.problem(request, " ".join(map(str, error.messages)))
        except StatementConflict:
            return self.problem(request, _("This was already recorded elsewhere. Nothing was changed."))

    def problem(self, request: HttpRequest, text: str) -> HttpResponse:
        if wants_json(request):
            return JsonResponse({"saved": False, "message": text}, status=409)
        messages.error(request, text)
        return redirect("learning:home") if request.user.is_authenticated else redirect(front_door())


class EnrollView(RuntimeView):
    def get(self, request: HttpRequest, course: UUID) -> HttpResponse:
        row = get_object_or_404(Course, uuid=course)
        return _to_page(request, row, row.url)

    def post(self, request: HttpRequest, course: UUID) -> HttpResponse:
        row = get_object_or_404(Course, uuid=course)
        participant(request, row, timezone.now())
        if wants_json(request):
            return JsonResponse({"saved": True, "message": _("You have enrolled.")})
        messages.success(request, _("You have enrolled. You find the course in My learning at any time."))
        return HttpResponseRedirect(back(request, row.url or front_door()))


def _to_page(request: HttpRequest, course: Course | None, url: str) -> HttpResponse:
    """The address of a page is told only to who may open it: a draft's would give its name away."""
    if course is None:
        raise Http404
    decision = may_open(request, course)
    return HttpResponseRedirect(url or front_door()) if decision.allowed else refuse(request, decision)


class ActivityView(RuntimeView):
    """A post about one activity. Quizzes are marked on the server and cannot be declared done."""

    kinds = (ActivityKind.LESSON,)

    def activity(self, uuid: UUID) -> Activity:
        return get_object_or_404(Activity, uuid=uuid, kind__in=self.kinds)

    def get(self, request: HttpRequest, activity: UUID, **kwargs: Any) -> HttpResponse:
        row = self.activity(activity)
        return _to_page(request, row.course, row.url)


class LessonDoneView(ActivityView):
    def post(self, request: HttpRequest, activity: UUID) -> HttpResponse:
        form = EventForm(request.POST)
        statement = form.cleaned_data["statement"] if form.is_valid() else None
        at = timezone.now()
        try:
            done = recorded(
                request,
                activity,
                lambda who: finish_lesson(owner=who, activity=activity, statement=statement, at=at),
                at,
                accept=check_readable,
            )
        except NotALesson as error:
            raise Http404 from error
        except Withdrawn:
            return self.problem(
                request, _("This lesson is no longer offered. What you did until now is kept.")
            )
        return self.answer(request, activity, done)

    def answer(self, request: HttpRequest, activity: UUID, done: Recorded) -> HttpResponse:
        text = _("You have completed the course. Well done.") if done.course_completed else _("Saved.")
        follow = asked_for(request) or follow_url(self.activity(activity))
        if wants_json(request):
            return JsonResponse(
                {
                    "saved": True,
                    "message": text,
                    "statement": str(done.statement),
                    "satisfied": done.satisfied,
                    "course_completed": done.course_completed,
                    "next": follow,
                }
            )
        messages.success(request, text)
        return HttpResponseRedirect(follow)


class PlaceView(ActivityView):
    def post(self, request: HttpRequest, activity: UUID) -> HttpResponse:
        row = self.activity(activity)
        form = PlaceForm(request.POST)
        owner = owner_of(request)
        periods = Enrollment.objects.filter(owner.q(), course__activities=row).open() if owner else None
        enrollment = periods.order_by("-learner__is_primary", "pk").first() if periods is not None else None
        saved = enrollment is not None and form.is_valid()
        if enrollment is not None and saved:
            keep_place(
                enrollment=enrollment, activity=row, position=form.cleaned_data["place"], at=timezone.now()
            )
        if wants_json(request):
            return JsonResponse({"saved": saved})
        return HttpResponseRedirect(back(request, row.url or front_door()))


class DeclareView(ActivityView):
    """A refused text is never lost: it stands in the form that says what is wrong with it."""

    def post(self, request: HttpRequest, activity: UUID, block_id: str) -> HttpResponse:
        lesson = self.activity(activity)
        block = get_object_or_404(Activity, uuid=block_activity_uuid(lesson.uuid, block_id), parent=lesson)
        form = DeclarationForm(request.POST)
        if not form.is_valid():
            return self.refused(request, lesson, block, form)
        at, text, statement = timezone.now(), form.cleaned_data["text"], form.cleaned_data["statement"]
        recorded(
            request,
            block.uuid,
            lambda who: declare(owner=who, activity=block, text=text, statement=statement, at=at),
            at,
        )
        if wants_json(request):
            return JsonResponse({"saved": True, "message": _("Saved.")})
        messages.success(request, _("Your declaration is saved."))
        return HttpResponseRedirect(back(request, lesson.url or front_door()))

    def refused(
        self, request: HttpRequest, lesson: Activity, block: Activity, form: DeclarationForm
    ) -> HttpResponse:
        if wants_json(request):
            lines = [str(line) for errors in form.errors.values() for line in errors]
            return JsonResponse({"saved": False, "message": " ".join(lines)}, status=422)
        context = {
            "form": form,
            "lesson": lesson,
            "declaration": block,
            "back_url": back(request, lesson.url or front_door()),
        }
        return render(request, "learning/declaration.html", context, status=422)


def follow_url(activity: Activity) -> str:
    """The next part of the course, or the course itself after the last one."""
    course = activity.course
    if course is None:
        return activity.url or front_door()
    following = place_of(activity, contents_of(course)).next
    return following.url if following else course.url or front_door()
