"""Duties as people read them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Case, Count, Q, QuerySet, Value, When
from django.utils.translation import gettext as _

from courses.catalog.enums import Track
from courses.catalog.models import Course
from learning.assignments.models import Assignment, Duty

# What a DutyLine is made of.
DUTY_COLUMNS = (
    "assignment__course_id",
    "enrollment_id",
    "assignment__opens_on",
    "due_on",
    "done_at",
    "assignment__activity_id",
    "assignment__activity__title",
    "assignment__activity__title_ruby",
    "assignment__activity__page_path",
    "assignment__activity__minutes",
    "assignment__reason",
    "assignment__organization_id",
    "assignment__group__name",
    "why_unit__name",
    "why_post",
)


@dataclass(frozen=True)
class Part:
    """The one activity that was assigned, where it is not the whole course; ``title`` is marked text."""

    id: int
    title: str
    path: str
    minutes: int


@dataclass(frozen=True)
class DutyLine:
    """One duty of one learner. ``why`` is one sentence; ``part`` None = the whole course."""

    course: int
    enrollment: int
    opens_on: date
    due_on: date | None
    done_at: datetime | None
    part: Part | None
    why: str

    def is_late(self, today: date) -> bool:
        return self.done_at is None and self.due_on is not None and self.due_on < today


def duty_lines(duties: QuerySet[Duty]) -> list[DutyLine]:
    """The duties that nobody withdrew, the next one due first; one query."""
    return sorted_lines(duties.filter(assignment__withdrawn_at__isnull=True).values_list(*DUTY_COLUMNS))


def sorted_lines(rows: Iterable[tuple[Any, ...]]) -> list[DutyLine]:
    """Rows of DUTY_COLUMNS, the next one due first."""
    lines = [_line(*row) for row in rows]
    return sorted(lines, key=lambda line: (line.due_on or date.max, line.opens_on))


def _line(course: int, enrollment: int, opens_on: date, due_on: date | None, *rest: Any) -> DutyLine:
    done_at, activity, title, title_ruby, path, minutes, *why = rest
    part = None if activity is None else Part(activity, title_ruby or title, path, minutes)
    return DutyLine(course, enrollment, opens_on, due_on, done_at, part, why_sentence(*why))


def why_sentence(
    reason: str, organization: int | None, group: str | None, unit: str | None, post: str
) -> str:
    """«税務課の会計年度任用職員のため（全職員が年に1度受ける研修です）»."""
    because = _because(organization, group, unit, post)
    return (
        _("%(because)s (%(reason)s)") % {"because": because, "reason": reason.rstrip("。. ")}
        if reason
        else because
    )


def _because(organization: int | None, group: str | None, unit: str | None, post: str) -> str:
    names: dict[str, Any] = {"group": group, "unit": unit, "post": post}
    if group:
        return _("For everybody in %(group)s") % names
    if organization and unit:
        return (
            _("For you as %(post)s of %(unit)s") % names if post else _("For the staff of %(unit)s") % names
        )
    return _("Assigned to you by name")


@dataclass(frozen=True)
class Counts:
    """How many have a duty, how many have done it, how many have begun, how many are past their date."""

    total: int
    done: int
    begun: int
    late: int

    @property
    def waiting(self) -> int:
        return self.total - self.done - self.begun


def assignment_counts(assignment: Assignment, today: date) -> Counts:
    """One query however many people."""
    not_done = Q(done_at__isnull=True)
    return Counts(
        **Duty.objects.filter(assignment=assignment).aggregate(
            total=Count("pk"),
            done=Count("pk", filter=~not_done),
            begun=Count("pk", filter=not_done & Q(enrollment__progress__started_at__isnull=False)),
            late=Count("pk", filter=not_done & Q(due_on__lt=today)),
        )
    )


@dataclass(frozen=True)
class AssignmentLine:
    """One assignment in the list: of ``total`` people ``done`` have done it."""

    assignment: Assignment
    total: int
    done: int


def assignment_lines(keys: list[int]) -> list[AssignmentLine]:
    """The assignments with their names, counted by the indexes; in the order of the keys. Three queries."""
    rows = Assignment.objects.select_related("course", "activity", "organization", "group").in_bulk(keys)
    duties = Duty.objects.filter(assignment__in=keys)
    total = _by_assignment(duties)
    waiting = _by_assignment(duties.filter(done_at__isnull=True))
    return [
        AssignmentLine(rows[key], total.get(key, 0), total.get(key, 0) - waiting.get(key, 0))
        for key in keys
        if key in rows
    ]


def _by_assignment(duties: QuerySet[Duty]) -> dict[int, int]:
    return dict(duties.order_by().values_list("assignment_id").annotate(Count("pk")))


def courses_to_assign(words: str, *, first: Track) -> QuerySet[Course]:
    """What may be put before people: everything that is offered, one track before the others."""
    courses = Course.objects.offered()
    for word in words.split():
        courses = courses.filter(
            Q(title__icontains=word) | Q(code__icontains=word) | Q(audience__icontains=word)
        )
    is_first = Case(When(track=first, then=Value(0)), default=Value(1))
    return courses.order_by(is_first, "track", "order", "code")
