"""わたしの学び: what somebody has to do, is doing and has done; a fixed number of queries."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, Subquery, Sum, Window
from django.db.models.functions import RowNumber
from django.http import HttpRequest
from django.utils import timezone

from courses.catalog.enums import CourseStatus, MoveOn, Scoring, Track
from courses.catalog.models import Activity, Course, page_url
from learning.assignments.models import Duty
from learning.assignments.queries import DutyLine, duty_lines
from learning.certificates.models import Certificate
from learning.enrollments.models import Enrollment
from learning.enrollments.queries import mine
from learning.home.rules import DueLine, due_line
from learning.progress.models import ActivityProgress, Completion, Place
from people.appointments.models import Appointment
from people.groups.models import GroupMembership
from people.organizations.enums import OrganizationKind

SHOWN_OPEN = 60
FINISHED_PAGE = 10
SUGGESTED = 6


@dataclass(frozen=True)
class Step:
    """Where つづきから leads. ``title`` is marked text; ``place`` is the screen the reader was on."""

    id: int
    title: str
    path: str
    place: str = ""

    @property
    def url(self) -> str:
        address = page_url(self.path)
        return f"{address}?step={self.place}#screen-{self.place}" if address and self.place else address


@dataclass(frozen=True)
class Task:
    """One course (or one part of it) that somebody is in. ``minutes_left`` and ``left`` count what is still needed.

    ``due`` is worded without blame; ``title`` is marked text. ``is_available``: the course is offered now.
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
class Home:
    """``next`` is the one thing to do first; ``tasks`` the others; ``later`` what has not opened yet."""

    next: Task | None
    tasks: list[Task]
    later: list[Task]
    finished: list[Finished]
    finished_page: int
    has_more_finished: bool
    suggestions: list[Course]

    @property
    def is_empty(self) -> bool:
        return not (self.next or self.later or self.finished)


def home_of(request: HttpRequest, *, finished_page: int = 1) -> Home:
    """Six queries, whatever somebody has done (a guest costs one more to recognize)."""
    today = timezone.localdate()
    own = mine(request, "learner__")
    if own is None:
        return Home(None, [], [], [], 1, False, _suggestions(request, None, today))
    tasks = _tasks(own, today)
    ready = [task for task in tasks if task.opens_on is None or task.opens_on <= today]
    finished = _finished(own, finished_page)
    return Home(
        next=next((task for task in ready if task.is_available), None),
        tasks=[task for task in ready if task is not next((t for t in ready if t.is_available), None)],
        later=[task for task in tasks if task not in ready],
        finished=finished[:FINISHED_PAGE],
        finished_page=finished_page,
        has_more_finished=len(finished) > FINISHED_PAGE,
        suggestions=_suggestions(request, own, today),
    )


def _tasks(own: Q, today: date) -> list[Task]:
    """Duties by their date first, then what was begun last."""
    duties = duty_lines(Duty.objects.filter(own, done_at__isnull=True))
    by_period: dict[int, list[DutyLine]] = {}
    for line in duties:
        by_period.setdefault(line.enrollment, []).append(line)
    periods = list(_periods(own, list(by_period)))
    waiting = _waiting([period["pk"] for period in periods])
    places = _places([period["pk"] for period in periods])
    tasks = [
        _task(period, waiting.get(period["pk"]), places, by_period.get(period["pk"], []), today)
        for period in periods
    ]
    last = {period["pk"]: period["progress__last_at"] or period["opened_at"] for period in periods}
    newest_first = sorted(tasks, key=lambda task: last[task.enrollment], reverse=True)
    return sorted(newest_first, key=lambda task: (not task.is_duty, task.due.on if task.due else date.max))


def _periods(own: Q, with_duties: list[int]) -> Iterable[Mapping[str, Any]]:
    """Open periods not completed yet, and those in which a duty for one part is still open."""
    not_done = Q(progress__isnull=True) | Q(progress__completed_at__isnull=True)
    rows = Enrollment.objects.filter(own).filter(not_done & Q(closed_at__isnull=True) | Q(pk__in=with_duties))
    return rows.order_by("-opened_at", "-pk").values(
        "pk",
        "opened_at",
        "progress__started_at",
        "progress__last_at",
        "course__title",
        "course__title_ruby",
        "course__code",
        "course__page_path",
        "course__status",
        "course__required_count",
    )[:SHOWN_OPEN]


def _waiting(periods: list[int]) -> dict[int, dict[str, Any]]:
    """By period: the first activity still needed, how many there are and how many minutes they take."""
    satisfied = ActivityProgress.objects.filter(
        enrollment=OuterRef("course__enrollments"), activity=OuterRef("pk"), satisfied_at__isnull=False
    )
    by_period = [F("course__enrollments")]
    rows = (
        Activity.objects.counting()
        .exclude(move_on=MoveOn.NOT_APPLICABLE)
        .filter(course__enrollments__in=periods)
        .filter(~Exists(satisfied))
        .annotate(
            period=F("course__enrollments"),
            place=Window(RowNumber(), partition_by=by_period, order_by=["order", "pk"]),
            left=Window(Count("pk"), partition_by=by_period),
            minutes_left=Window(Sum("minutes"), partition_by=by_period),
        )
        .filter(place=1)
        .values("period", "pk", "title", "title_ruby", "page_path", "left", "minutes_left")
    )
    return {row["period"]: dict(row) for row in rows}


def _places(periods: list[int]) -> dict[tuple[int, int], str]:
    """The screen on which the reader last was, by period and activity; only those of the last months matter."""
    rows = Place.objects.filter(enrollment__in=periods).order_by("-saved_at")[: SHOWN_OPEN * 2]
    return {(enrollment, activity): at for enrollment, activity, at in rows.values_list(
        "enrollment_id", "activity_id", "position"
    )}  # fmt: skip


def _task(
    period: Mapping[str, Any],
    waiting: dict[str, Any] | None,
    places: dict[tuple[int, int], str],
    duties: list[DutyLine],
    today: date,
) -> Task:
    pk, total = period["pk"], period["course__required_count"]
    left = waiting["left"] if waiting else 0
    due = next((line for line in duties if line.due_on is not None), None)
    step = None
    if waiting:
        place = places.get((pk, waiting["pk"]), "")
        step = Step(waiting["pk"], waiting["title_ruby"] or waiting["title"], waiting["page_path"], place)
    return Task(
        title=period["course__title_ruby"] or period["course__title"],
        code=period["course__code"],
        course_url=page_url(period["course__page_path"]),
        enrollment=pk,
        begun=period["progress__started_at"] is not None,
        done=max(0, total - left),
        total=total,
        minutes_left=waiting["minutes_left"] if waiting else 0,
        step=step,
        why=[line.why for line in duties],
        due=due_line(due.due_on, today) if due and due.due_on else None,
        is_duty=bool(duties),
        opens_on=min((line.opens_on for line in duties), default=None),
        is_available=period["course__status"] == CourseStatus.OFFERED,
    )


def _finished(own: Q, page: int) -> list[Finished]:
    """One page of what was completed and one row more, newest first."""
    valid = Certificate.objects.filter(completion=OuterRef("pk"), revoked_at__isnull=True).values("uuid")[:1]
    begin = (page - 1) * FINISHED_PAGE
    theirs = Q(enrollment__in=Enrollment.objects.filter(own).values("pk"))
    rows = (
        Completion.objects.standing()
        .filter(theirs)
        .annotate(certificate=Subquery(valid))
        .order_by("-completed_at", "-pk")
        .values_list(
            "enrollment__course__title_ruby",
            "facts",
            "enrollment__course__page_path",
            "completed_at",
            "certificate",
        )
    )[begin : begin + FINISHED_PAGE + 1]
    return [
        Finished(
            title=ruby_title or facts["course"]["title"],
            course_url=page_url(path),
            completed_at=completed_at,
            certificate=certificate,
            is_scored=facts["course"]["scoring"] == Scoring.SCORED,
        )
        for ruby_title, facts, path, completed_at, certificate in rows
    ]


def _suggestions(request: HttpRequest, own: Q | None, today: date) -> list[Course]:
    """A few open courses that suit who asks: staff by their post, pupils by their class, a visitor what is open to all."""
    courses = Course.objects.offered().exclude(page_path="")
    if request.user.is_authenticated:
        courses = courses.filter(
            _suits(request.user.pk, today) | Q(open_to_guests=True), self_enrollment=True
        )
    else:
        courses = courses.filter(open_to_guests=True)
    if own is not None:
        courses = courses.exclude(pk__in=Enrollment.objects.filter(own).values("course"))
    return list(courses.order_by("-is_mandatory", "open_to_guests", "order", "code")[:SUGGESTED])


def _suits(user: int, today: date) -> Q:
    posts = Appointment.objects.valid_on(today).filter(user=user)
    at_school = posts.filter(organization__kind=OrganizationKind.SCHOOL)
    in_class = GroupMembership.objects.valid_on(today).filter(learner__user=user)
    return (
        Q(Exists(posts), track=Track.STAFF)
        | Q(Exists(at_school), track=Track.EDUCATION, scoring=Scoring.SCORED)
        | Q(Exists(in_class), track=Track.EDUCATION, scoring=Scoring.PRACTICE)
    )
