"""A class and one course: who has done which part. No score and no ranking, for nobody."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import BigIntegerField, BooleanField, Count, ExpressionWrapper, Q, QuerySet
from django.db.models.functions import Cast

from courses.catalog.enums import CourseStatus
from courses.catalog.models import Activity, Course
from learning.assignments.models import Assignment
from learning.enrollments.models import Enrollment
from learning.progress.models import ActivityProgress
from office.prepared.queries import Prepared, columns, loaded
from people.accounts.rules import full_kana, shown_name
from people.groups.models import GroupMembership, LearnerGroup
from reporting.classes.enums import Mark

# Parts of a course side by side: more would be a table that nobody can take in.
PARTS = 20
# So many more do not open a second page.
ORPHANS = 5


@dataclass(frozen=True)
class Part:
    """One part of the course: the head of a column."""

    id: int
    title: str
    order: int


@dataclass(frozen=True)
class PupilRow:
    """One pupil. ``marks``: one for each part that is shown; ``done``: of all parts of the course.

    ``needs_a_look`` = has begun nothing while others have.
    """

    number: int | None
    name: str
    kana: str
    marks: list[Mark]
    done: int
    last_at: datetime | None
    needs_a_look: bool

    @property
    def shown_number(self) -> str:
        return "" if self.number is None else str(self.number)


@dataclass(frozen=True)
class ClassBoard:
    """The whole class with one course. ``page``: the parts that are shown, of ``total`` in all."""

    page: Page[Part]
    rows: list[PupilRow]
    total: int

    @property
    def parts(self) -> list[Part]:
        return list(self.page.object_list)

    @property
    def finished(self) -> int:
        """Pupils who have done every part."""
        return sum(row.done == self.total for row in self.rows) if self.total else 0

    @property
    def not_begun(self) -> int:
        return sum(row.last_at is None for row in self.rows)


def courses_of(group: LearnerGroup, on: date) -> QuerySet[Course]:
    """Courses put before the class or begun by somebody in it."""
    return _courses(group=group.pk, on=on).only("code", "title")


def listed_courses(group: LearnerGroup, on: date) -> list[Course]:
    """The same, each with its code and title alone."""
    return [loaded(Course, _COURSE, iter(row)) for row in _LISTED.rows(group=group.pk, on=on)]


def _courses(*, group: int, on: date) -> QuerySet[Course]:
    # Two subqueries, each over an index: joined, the rows of every learner of the install would be sorted.
    members = GroupMembership.objects.valid_on(on).filter(group=group).values("learner")
    assigned = Assignment.objects.filter(group=group).values("course")
    begun = Enrollment.objects.filter(learner__in=members).values("course")
    wanted = Course.objects.filter(Q(pk__in=assigned) | Q(pk__in=begun))
    return wanted.exclude(status=CourseStatus.DRAFT).order_by("code")


def _listed(*, group: int, on: date) -> QuerySet[Any, Any]:
    return _courses(group=group, on=on).values_list(*_COURSE)


def class_board(group: LearnerGroup, course: Course, on: date, *, page: int | str | None = 1) -> ClassBoard:
    """The parts of one page, PARTS of them; ``page`` None: all parts of the course.

    At most five queries, however large the class and long the course.
    """
    everything = [Part(*row) for row in _PARTS.rows(course=course.pk)]
    size = max(1, len(everything)) if page is None else PARTS
    shown = Paginator(everything, size, orphans=ORPHANS).get_page(page)
    values = {"course": course.pk, "group": group.pk, "on": on}
    last = _last_times(_LAST_TIMES.rows(**values))
    marks = _marks(_MARKS.rows(**values, **_stretch(shown)))
    counts = dict(_COUNTS.rows(**values)) if shown.has_other_pages() else {}
    columns = [part.id for part in shown]
    rows = []
    for pupil, number, name, kana in map(_member, _MEMBERS.rows(group=group.pk, on=on)):
        own = marks.get(pupil, _NOTHING)
        row = [own.get(column, Mark.NOT_YET) for column in columns]
        done = counts.get(pupil, 0) if shown.has_other_pages() else row.count(Mark.DONE)
        look = bool(last) and pupil not in last
        rows.append(PupilRow(number, name, kana, row, done, last.get(pupil), needs_a_look=look))
    return ClassBoard(shown, rows, len(everything))


_NAMES = ("display_name", "last_name", "first_name", "username", "last_name_kana", "first_name_kana")
_COURSE = columns(Course, "id", "code", "title")
_Row = tuple[Any, ...]
_NOTHING: dict[int, Mark] = {}


def _member(row: _Row) -> tuple[int, int | None, str, str]:
    """Learner, number, name and its reading; a learner without a person has no name."""
    learner, number, *texts = row
    words = [text or "" for text in texts]
    return learner, number, shown_name(*words[:4]), full_kana(*words[4:])


def _last_times(rows: list[_Row]) -> dict[int, datetime]:
    """When each of those who have begun last learned, over every period of the course."""
    last: dict[int, datetime] = {}
    for learner, at in rows:
        last[learner] = max(at, last.get(learner, at))
    return last


def _marks(rows: list[_Row]) -> dict[int, dict[int, Mark]]:
    """The marks of each pupil by part, over every period: what was done once stays done."""
    marks: dict[int, dict[int, Mark]] = {}
    for learner, part, is_done in rows:
        own = marks.setdefault(learner, {})
        own[part] = Mark.DONE if is_done else own.get(part, Mark.BEGUN)
    return marks


def _stretch(shown: Page[Part]) -> dict[str, int]:
    """The places of the first and the last part that are shown."""
    orders = [part.order for part in shown]
    return {"first": min(orders, default=0), "last": max(orders, default=0)}


def _parts(*, course: int) -> QuerySet[Any, Any]:
    activities = Activity.objects.filter(course=course).counting().order_by("order", "pk")
    return activities.values_list("pk", "title", "order")


def _members(*, group: int, on: date) -> QuerySet[Any, Any]:
    rows = GroupMembership.objects.valid_on(on).filter(group=group).order_by("number", "pk")
    return rows.values_list("learner_id", "number", *(f"learner__user__{name}" for name in _NAMES))


def _in_class(group: int, on: date) -> QuerySet[Any, Any]:
    return GroupMembership.objects.valid_on(on).filter(group=group).values("learner")


def _times(*, course: int, group: int, on: date) -> QuerySet[Any, Any]:
    periods = Enrollment.objects.filter(course=course, learner__in=_in_class(group, on))
    return periods.filter(progress__last_at__isnull=False).values_list("learner_id", "progress__last_at")


def _results(course: int, group: int, on: date) -> QuerySet[Any, Any]:
    periods = Enrollment.objects.filter(course=course, learner__in=_in_class(group, on))
    return ActivityProgress.objects.filter(enrollment__in=periods).order_by()


def _shown_results(*, course: int, group: int, on: date, first: int, last: int) -> Any:
    is_done = ExpressionWrapper(Q(satisfied_at__isnull=False), output_field=BooleanField())
    rows = _results(course, group, on).annotate(place=Cast("activity__order", BigIntegerField()))
    rows = rows.filter(place__gte=first, place__lte=last)
    return rows.values_list("enrollment__learner_id", "activity_id", is_done)


def _done_counts(*, course: int, group: int, on: date) -> Any:
    counting = Activity.objects.filter(course=course).counting()
    rows = _results(course, group, on).filter(satisfied_at__isnull=False, activity__in=counting)
    counted = rows.values("enrollment__learner_id").annotate(count=Count("activity_id", distinct=True))
    return counted.values_list("enrollment__learner_id", "count")


_LISTED = Prepared(_listed, ints=("group",), days=("on",))
_PARTS = Prepared(_parts, ints=("course",))
_MEMBERS = Prepared(_members, ints=("group",), days=("on",))
_LAST_TIMES = Prepared(_times, ints=("course", "group"), days=("on",))
_MARKS = Prepared(_shown_results, ints=("course", "group", "first", "last"), days=("on",))
_COUNTS = Prepared(_done_counts, ints=("course", "group"), days=("on",))
