"""わたしの学び: what somebody has to do, is doing and has done; a fixed number of queries."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone

from courses.catalog.enums import CourseStatus, Scoring
from courses.catalog.models import activity_url, page_url
from learning.assignments.queries import DutyLine, sorted_lines
from learning.enrollments.queries import Owner, owner_of
from learning.home import rows
from learning.home.rows import FINISHED_PAGE, PERIOD_COLUMNS
from learning.home.rules import DueLine, due_line


@dataclass(frozen=True)
class Step:
    """Where つづきから leads. ``title`` is marked text; ``place`` is the screen the reader was on.

    ``block``: an exercise inside the lesson at ``path``.
    """

    id: int
    title: str
    path: str
    block: UUID | None = None
    place: str = ""

    @property
    def url(self) -> str:
        if self.block:
            return activity_url(self.path, self.block)
        address = page_url(self.path)
        return f"{address}?step={self.place}#screen-{self.place}" if address and self.place else address


@dataclass(frozen=True)
class Task:
    """One course (or the parts of it that were assigned) that somebody is in.

    ``minutes_left`` and ``total`` count what is still needed; ``total`` 0: only parts are asked for. ``due`` is worded
    without blame; ``title`` is marked text. ``is_available``: the course is offered now.
    """

    title: str
    code: str
    course_url: str
    enrollment: int
    begun: bool
    done: int
    total: int
    minutes_left: int
    step: Step | None
    why: list[str]
    due: DueLine | None
    is_duty: bool
    opens_on: date | None
    is_available: bool
    last_at: datetime

    @property
    def url(self) -> str:
        return (self.step.url if self.step else "") or self.course_url


@dataclass(frozen=True)
class Finished:
    """A completed course. ``certificate`` None: none is given, or it is on its way (``is_scored``)."""

    title: str
    course_url: str
    completed_at: datetime
    certificate: UUID | None
    is_scored: bool


@dataclass(frozen=True)
class Suggestion:
    """A course that the reader may begin. ``title`` is marked text."""

    title: str
    url: str
    audience: str
    minutes: int


@dataclass(frozen=True)
class Home:
    """``next`` is the one thing to do first; ``tasks`` the others; ``later`` what has not opened yet."""

    next: Task | None
    tasks: list[Task]
    later: list[Task]
    finished: list[Finished]
    finished_page: int
    has_more_finished: bool
    suggestions: tuple[Suggestion, ...]

    @property
    def is_empty(self) -> bool:
        return not (self.next or self.tasks or self.later or self.finished)


def home_of(request: HttpRequest, *, finished_page: int = 1) -> Home:
    """Six queries, whatever somebody has done (a guest costs one more to recognize)."""
    today = timezone.localdate()
    owner = owner_of(request)
    if owner is None:
        return Home(None, [], [], [], 1, False, ())
    tasks = _tasks(owner, today)
    ready = [task for task in tasks if task.opens_on is None or task.opens_on <= today]
    first = next((task for task in ready if task.is_available), None)
    finished = _finished(owner, finished_page)
    return Home(
        next=first,
        tasks=[task for task in ready if task is not first],
        later=[task for task in tasks if task not in ready],
        finished=finished[:FINISHED_PAGE],
        finished_page=finished_page,
        has_more_finished=len(finished) > FINISHED_PAGE,
        suggestions=tuple(
            Suggestion(ruby or title, page_url(path), audience, minutes)
            for title, ruby, path, audience, minutes in rows.suggestions(owner, today=today)
        ),
    )


@dataclass(frozen=True)
class _Waiting:
    """What a course still needs: the first activity of it, how many there are, how many minutes."""

    id: int
    title: str
    title_ruby: str
    path: str
    left: int
    minutes: int
    uuid: UUID
    parent: int | None

    @property
    def step(self) -> tuple[int, str, str, UUID | None]:
        return self.id, self.title_ruby or self.title, self.path, self.uuid if self.parent else None


def _tasks(owner: Owner, today: date) -> list[Task]:
    """Duties by their date first, then what was begun last."""
    by_period: dict[int, list[DutyLine]] = {}
    for line in sorted_lines(rows.duties(owner)):
        by_period.setdefault(line.enrollment, []).append(line)
    periods = [dict(zip(PERIOD_COLUMNS, row, strict=True)) for row in rows.periods(owner)]
    waiting = {key: _Waiting(*row) for key, *row in rows.waiting(owner)}
    places = {(period, activity): place for period, activity, place in rows.places(owner)}
    tasks = [
        _task(one, waiting.get(one["pk"]), places, by_period.get(one["pk"], []), today) for one in periods
    ]
    newest_first = sorted(tasks, key=lambda task: task.last_at, reverse=True)
    return sorted(newest_first, key=lambda task: (not task.is_duty, task.due.on if task.due else date.max))


def _task(
    period: Mapping[str, Any],
    waiting: _Waiting | None,
    places: dict[tuple[int, int], str],
    duties: list[DutyLine],
    today: date,
) -> Task:
    parts = [line.part for line in duties if line.part is not None]
    only_parts = bool(parts) and len(parts) == len(duties)
    total = 0 if only_parts else period["course__required_count"]
    # What is due first leads: one lesson of a course that is also assigned whole goes before the rest of it.
    leading = parts if only_parts else [line.part for line in duties[:1] if line.part is not None]
    steps: list[tuple[int, str, str, UUID | None]] = [
        (part.id, part.title, part.path, None) for part in leading
    ]
    if waiting and not only_parts:
        steps.append(waiting.step)
    minutes = sum(part.minutes for part in parts) if only_parts else (waiting.minutes if waiting else 0)
    step = next((Step(*one, place=places.get((period["pk"], one[0]), "")) for one in steps), None)
    due = next((line.due_on for line in duties if line.due_on is not None), None)
    return Task(
        title=period["course__title_ruby"] or period["course__title"],
        code=period["course__code"],
        course_url=page_url(period["course__page_path"]),
        enrollment=period["pk"],
        begun=period["progress__started_at"] is not None,
        done=max(0, total - (waiting.left if waiting else 0)),
        total=total,
        minutes_left=minutes,
        step=step,
        why=[line.why for line in duties],
        due=due_line(due, today) if due else None,
        is_duty=bool(duties),
        opens_on=min((line.opens_on for line in duties), default=None),
        is_available=period["course__status"] == CourseStatus.OFFERED,
        last_at=period["progress__last_at"] or period["opened_at"],
    )


def _finished(owner: Owner, page: int) -> list[Finished]:
    """One page of what was completed and one row more, newest first."""
    begin = (page - 1) * FINISHED_PAGE
    found = (
        rows.first_finished(owner)
        if page == 1
        else rows.finished_query(owner)[begin : begin + FINISHED_PAGE + 1]
    )
    return [
        Finished(
            title=ruby or facts["course"]["title"],
            course_url=page_url(path),
            completed_at=completed_at,
            certificate=certificate,
            is_scored=facts["course"]["scoring"] == Scoring.SCORED,
        )
        for ruby, facts, path, completed_at, certificate in found
    ]
