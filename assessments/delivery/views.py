"""Going through a quiz: begin, answer, submit, read the result. The first page is ``QuizPage`` itself."""

import uuid
from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assessments.attempts.actions import (
    AttemptClosed,
    NoAttemptsLeft,
    NothingToAsk,
    check_answer,
    open_attempt,
    submit_attempt,
)
from assessments.attempts.models import Attempt
from assessments.attempts.queries import Place, history_of, places_of
from assessments.attempts.registration import registration_of
from assessments.delivery import pending
from assessments.delivery.access import Refused, already_submitted, attempt_of, open_attempt_of, wants_json
from assessments.delivery.actions import Taken, take_form
from assessments.delivery.queries import questions_of, results_of
from assessments.delivery.replies import json_reply, sent_fields, taken_from
from assessments.delivery.wording import fault_text
from assessments.marking.rules import points
from assessments.quizzes.models import Quiz
from courses.lessons.access import may_open, refuse
from courses.lessons.queries import contents_of
from people.accounts.models import User
from people.learners.actions import guest_learner, learner_of
from people.learners.models import Learner
from people.learners.queries import current_learner, remember_learner
from people.preferences.enums import Face

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def _answers_refusals(view: View[P]) -> View[P]:
    """Not kept by the browser: the back button after submitting must ask again."""

    @never_cache
    @wraps(view)
    def inner(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except Refused as refused:
            return refused.response

    return inner


@require_http_methods(["GET", "POST"])
def start(request: HttpRequest, activity: uuid.UUID) -> HttpResponse:
    """Opens an attempt or goes on with the open one; coming here by address leads to the quiz's page."""
    quiz = get_object_or_404(Quiz.objects.select_related("activity__course"), activity__uuid=activity)
    course = quiz.activity.course
    if course is None or not quiz.activity.is_offered:
        raise Http404
    decision = may_open(request, course)
    if not decision.allowed:
        return refuse(request, decision)
    if request.method != "POST":
        return redirect(quiz.activity.url)
    learner = _learner(request)
    registration = registration_of(request, quiz.activity, learner)
    try:
        attempt = open_attempt(quiz=quiz, learner=learner, registration=registration, at=timezone.now())
    except NoAttemptsLeft:
        messages.warning(
            request,
            _("All attempts are used. Your results are kept. Please ask the person in charge of training."),
        )
        return redirect(quiz.activity.url)
    except NothingToAsk:
        messages.info(request, _("This quiz has no questions yet. Please come back later."))
        return redirect(quiz.activity.url)
    return redirect("assessments:attempt", attempt.uuid)


@require_http_methods(["GET", "POST"])
@_answers_refusals
def questions(request: HttpRequest, attempt: uuid.UUID) -> HttpResponse:
    """All questions on one page; one a screen in the large face. A sent form is saved, whatever button sent it."""
    found = open_attempt_of(request, attempt)
    places = places_of(found)
    if request.method == "POST":
        return _take_sent_form(request, found, places)
    kept = pending.take(request, found.uuid)
    if kept is not None:
        take_form(attempt=found, places=places, post=kept, at=timezone.now())
        messages.success(request, _("The answers from before you signed in again are saved."))
        places = places_of(found)
    return _questions_page(request, found, places)


@require_POST
@_answers_refusals
def answer(request: HttpRequest, attempt: uuid.UUID, number: int) -> HttpResponse:
    """Saves one answer, sent by a script or by a form."""
    found = open_attempt_of(request, attempt)
    places = places_of(found)
    if not 1 <= number <= len(places):
        raise Http404
    place = places[number - 1]
    try:
        taken = taken_from(request, found, place, at=timezone.now())
    except AttemptClosed:
        return already_submitted(request, found)
    if wants_json(request):
        return json_reply(taken, place)
    if taken.faults:
        return _questions_page(request, found, places_of(found), taken=taken, here=number)
    return redirect(_address(found, number, f"#q{number}"))


@require_http_methods(["GET", "POST"])
@_answers_refusals
def submit(request: HttpRequest, attempt: uuid.UUID) -> HttpResponse:
    """Asks once more and says what is not answered yet; then marks."""
    found = open_attempt_of(request, attempt)
    if request.method == "POST":
        return _submitted(request, found)
    places = places_of(found)
    left = [place.number for place in places if not place.is_answered]
    return render(request, "assessments/confirm.html", {**_facts(found), "left": left, "total": len(places)})


@require_safe
@_answers_refusals
def result(request: HttpRequest, attempt: uuid.UUID) -> HttpResponse:
    """What was right and why, and where to go from here."""
    found = attempt_of(request, attempt)
    if found.is_open:
        return redirect("assessments:attempt", found.uuid)
    quiz, course = found.quiz, found.quiz.activity.course
    history = history_of(quiz, found.learner, found.registration)
    # As long as somebody can still pass, the explanation must be enough: else the next attempt is copying.
    tells_right = found.success is not False or not history.may_begin
    lessons = {entry.code: entry for entry in contents_of(course)} if course else {}
    context = {
        **_facts(found),
        "questions": results_of(found, places_of(found), tells_right=tells_right),
        "history": history,
        "lessons": lessons,
        "points": None if found.score_scaled is None else points(found.score_scaled),
        "counts_whole": found.score_raw is not None
        and found.score_raw == found.score_raw.to_integral_value(),
    }
    return render(request, "assessments/result.html", context)


def _learner(request: HttpRequest) -> Learner:
    learner = current_learner(request)
    if learner is None:
        at = timezone.now()
        learner = learner_of(request.user, at=at) if isinstance(request.user, User) else guest_learner(at=at)
        remember_learner(request, learner)
    return learner


def _take_sent_form(request: HttpRequest, attempt: Attempt, places: Sequence[Place]) -> HttpResponse:
    try:
        taken = take_form(attempt=attempt, places=places, post=sent_fields(request), at=timezone.now())
        if taken.faults:
            return _questions_page(request, attempt, places_of(attempt), taken=taken)
        return _go_on(request, attempt, places)
    except AttemptClosed:
        return already_submitted(request, attempt)


def _go_on(request: HttpRequest, attempt: Attempt, places: Sequence[Place]) -> HttpResponse:
    go = request.POST.get("go", "save")
    here = _number(request.POST.get("place"), len(places))
    if go.startswith("check-"):
        return _checked(request, attempt, _number(go.removeprefix("check-"), len(places)) or 1)
    if here is not None and go in ("next", "submit") and _is_untold(attempt, here):
        return _checked(request, attempt, here)
    if go == "submit":
        if attempt.is_practice and all(place.is_answered for place in places_of(attempt)):
            return _submitted(request, attempt)
        return redirect("assessments:submit", attempt.uuid)
    if go == "save" or here is None:
        messages.success(request, _("Saved. You can go on later from here."))
        return redirect(_address(attempt, here))
    return redirect(_address(attempt, here + 1 if go == "next" else max(1, here - 1)))


def _checked(request: HttpRequest, attempt: Attempt, number: int) -> HttpResponse:
    """Practice: whether one answer was right, at once."""
    if not attempt.is_practice:
        return redirect(_address(attempt, number))
    if check_answer(attempt=attempt, item_version_id=attempt.item_versions[number - 1]) is None:
        text = _("This question is not answered completely yet. Answer it, then look at the answer.")
        return _questions_page(request, attempt, places_of(attempt), faults={number: text})
    return redirect(_address(attempt, number if request.POST.get("place") else None, f"#q{number}-told"))


def _is_untold(attempt: Attempt, number: int) -> bool:
    """One question a screen: nobody goes on from an answer without having heard whether it was right."""
    place = places_of(attempt)[number - 1]
    return attempt.is_practice and place.is_answered and not place.is_told


def _submitted(request: HttpRequest, attempt: Attempt) -> HttpResponse:
    by = request.user if isinstance(request.user, User) else None
    submit_attempt(attempt=attempt, at=timezone.now(), by=by)
    return redirect("assessments:result", attempt.uuid)


def _questions_page(
    request: HttpRequest,
    attempt: Attempt,
    places: Sequence[Place],
    *,
    taken: Taken | None = None,
    faults: dict[int, str] | None = None,
    here: int | None = None,
) -> HttpResponse:
    posted = (
        {number: taken.filled[number] for number in taken.faults if number in taken.filled} if taken else {}
    )
    faults = faults or (
        {number: fault_text(fault) for number, fault in taken.faults.items()} if taken else {}
    )
    wanted = request.POST.get("place") or request.GET.get("q")
    here = here or _number(wanted, len(places)) or _first_unanswered(places)
    shown = [places[here - 1]] if _is_large(request) else places
    context = {
        **_facts(attempt),
        "questions": questions_of(attempt, shown, posted=posted, faults=faults),
        "faults": faults,
        "kept": _kept_text(taken) if taken else "",
        "place": here if _is_large(request) else None,
        "total": len(places),
        "answered": sum(place.is_answered for place in places),
    }
    return render(request, "assessments/attempt.html", context, status=422 if faults else 200)


def _kept_text(taken: Taken) -> str:
    if not taken.kept:
        return _("What you had saved before is kept.")
    text = ngettext("%(count)s other answer was saved.", "%(count)s other answers were saved.", taken.kept)
    return text % {"count": taken.kept}


def _facts(attempt: Attempt) -> dict[str, Any]:
    activity = attempt.quiz.activity
    return {"attempt": attempt, "activity": activity, "course": activity.course}


def _is_large(request: HttpRequest) -> bool:
    return bool(request.reading.face == Face.LARGE)  # type: ignore[attr-defined]


def _first_unanswered(places: Sequence[Place]) -> int:
    return next((place.number for place in places if not place.is_answered), len(places)) or 1


def _number(text: str | None, most: int) -> int | None:
    if not text or not text.isascii() or not text.isdigit():
        return None
    return min(max(int(text[:6]), 1), most)


def _address(attempt: Attempt, number: int | None, anchor: str = "") -> str:
    query = f"?q={number}" if number else ""
    return reverse("assessments:attempt", args=[attempt.uuid]) + query + anchor
