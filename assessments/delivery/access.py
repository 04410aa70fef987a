"""Which attempt a request means, and what to answer when it may not have it."""

import uuid

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from assessments.attempts.models import Attempt
from assessments.attempts.permissions import visible_to
from assessments.delivery import pending
from courses.lessons.access import Decision, may_open, refuse


class Refused(Exception):
    """The request goes no further; ``response`` is what it gets."""

    def __init__(self, response: HttpResponse) -> None:
        super().__init__(response.status_code)
        self.response = response


def wants_json(request: HttpRequest) -> bool:
    if request.content_type == "application/json":
        return True
    return request.get_preferred_type(["text/html", "application/json"]) == "application/json"


def attempt_of(request: HttpRequest, attempt_uuid: uuid.UUID) -> Attempt:
    """The attempt, if it is the person's own and its course is open to them. Raises ``Refused`` and ``Http404``."""
    attempt = visible_to(request).for_screen().filter(uuid=attempt_uuid).first()
    if attempt is None:
        raise Refused(_not_yours(request, attempt_uuid))
    course = attempt.quiz.activity.course
    if course is None:
        raise Http404
    decision = may_open(request, course)
    if not decision.allowed:
        raise Refused(_closed(request, decision))
    return attempt


def open_attempt_of(request: HttpRequest, attempt_uuid: uuid.UUID) -> Attempt:
    """The same, for what only an open attempt allows: a submitted one leads to its result."""
    attempt = attempt_of(request, attempt_uuid)
    if not attempt.is_open:
        raise Refused(already_submitted(request, attempt))
    return attempt


def already_submitted(request: HttpRequest, attempt: Attempt) -> HttpResponse:
    text = _("This attempt has already been submitted. Here is the result.")
    url = reverse("assessments:result", args=[attempt.uuid])
    if wants_json(request):
        return JsonResponse({"saved": False, "message": text, "url": url}, status=409)
    messages.info(request, text)
    return redirect(url)


def _not_yours(request: HttpRequest, attempt_uuid: uuid.UUID) -> HttpResponse:
    if request.user.is_authenticated:
        raise Http404
    attempt = Attempt.objects.for_screen().filter(uuid=attempt_uuid).first()
    if attempt is not None and attempt.learner.user_id is None and attempt.quiz.activity.url:
        return _guest_lost(request, attempt)
    target = reverse("assessments:attempt", args=[attempt_uuid])
    response = redirect_to_login(target)
    if wants_json(request):
        text = _("You are no longer signed in. Your answers are kept on this device. Please sign in again.")
        return JsonResponse({"saved": False, "message": text, "url": response["Location"]}, status=401)
    # A script keeps its answers on the device; a form without one has nowhere else to keep them.
    if attempt is not None and request.method == "POST" and pending.keep(request, attempt_uuid):
        messages.warning(
            request,
            _("You are no longer signed in. Your answers are kept. Sign in again to go on from here."),
        )
    return response


def _guest_lost(request: HttpRequest, attempt: Attempt) -> HttpResponse:
    """A visitor without an account whose browser session ended: nobody can say any more whose answers these were."""
    text = _("This device no longer knows where you were. You can begin again from here.")
    url = attempt.quiz.activity.url
    if wants_json(request):
        return JsonResponse({"saved": False, "message": text, "url": url}, status=401)
    messages.info(request, text)
    return redirect(url)


def _closed(request: HttpRequest, decision: Decision) -> HttpResponse:
    if not wants_json(request):
        return refuse(request, decision)
    text = decision.message or _("This course is closed now. What you had answered is kept.")
    return JsonResponse({"saved": False, "message": text}, status=403)
