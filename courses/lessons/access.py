"""Who may open what an author made: courses hold no learner, so that the answer is registered from above.

Every page, handout and package asks ``may_open``. As long as nobody has registered a gate, every door is closed.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from courses.catalog.models import Course

Answer = Literal["sign_in", "not_found", "forbidden"]


@dataclass(frozen=True)
class Decision:
    """``answer`` says how a closed door looks; ``message`` is what the person behind a 403 reads, already translated."""

    allowed: bool
    answer: Answer | None = None
    message: str = ""


Gate = Callable[[HttpRequest, Course], Decision]

OPEN = Decision(allowed=True)
CLOSED = Decision(allowed=False, answer="not_found")

_gates: list[Gate] = []


def register_gate(gate: Gate) -> None:
    """Called in ``apps.ready()``. Registering the same gate again changes nothing."""
    if gate not in _gates:
        _gates.append(gate)


def may_open(request: HttpRequest, course: Course) -> Decision:
    """Every gate must let the request pass; the first that does not has the answer."""
    for gate in _gates:
        decision = gate(request, course)
        if not decision.allowed:
            return decision
    return OPEN if _gates else CLOSED


def refuse(request: HttpRequest, decision: Decision) -> HttpResponse:
    """The response for a closed door: 302 to sign-in and back here, 404, or 403 with the reason in words."""
    if decision.answer == "sign_in":
        return redirect_to_login(request.get_full_path())
    if decision.answer == "forbidden":
        return render(request, "courses/lesson_closed.html", {"message": decision.message}, status=403)
    raise Http404
