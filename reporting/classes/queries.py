"""A class and one course: who has done which part. No score and no ranking, for nobody."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet

from courses.catalog.enums import CourseStatus
from courses.catalog.models import Activity, Course
from learning.assignments.models import Assignment
from learning.enrollments.models import Enrollment
from learning.progress.models import ActivityProgress
from people.groups.models import GroupMembership, LearnerGroup


@dataclass(frozen=True)
class Cell:
    """One pupil and one activity."""

    activity: Activity
    is_done: bool
    is_begun: bool


@dataclass(frozen=True)
class PupilRow:
    """One pupil; ``needs_a_look`` = has begun nothing while others have."""

    number: int | None
    name: str
    kana: str
    cells: list[Cell]
    last_at: datetime | None
    needs_a_look: bool

    @property
    def done(self) -> int:
        return sum(cell.is_done for cell in self.cells)


@dataclass(frozen=True)
class ClassBoard:
    """The whole class with one course. ``finished`` = pupils who have done every part."""

    activities: list[Activity]
    rows: list[PupilRow]

    @property
    def finished(self) -> int:
        return sum(bool(row.cells) and row.done == len(row.cells) for row in self.rows)

    @property
    def not_begun(self) -> int:
        return sum(row.last_at is None for row in self.rows)


def courses_of(group: LearnerGroup, on: date) -> QuerySet[Course]:
    """Courses put before the class or begun by somebody in it."""
    # Two subqueries, each over an index: joined, the rows of every learner of the install would be sorted.
    members = GroupMembership.objects.valid_on(on).filter(group=group).values("learner")
    assigned = Assignment.objects.filter(group=group).values("course")
    begun = Enrollment.objects.filter(learner__in=members).values("course")
    wanted = Course.objects.filter(Q(pk__in=assigned) | Q(pk__in=begun))
    return wanted.exclude(status=CourseStatus.DRAFT).order_by("code")


def class_board(group: LearnerGroup, course: Course, on: date) -> ClassBoard:
    """Three queries, whatever the size of the class and the course."""
    activities = list(Activity.objects.filter(course=course).counting().order_by("order"))
    members = list(
        GroupMembership.objects.valid_on(on)
        .filter(group=group)
        .select_related("learner__user")
        .order_by("number", "pk")
    )
    progress = _progress([member.learner_id for member in members], course)
    anyone = any(progress.values())
    rows = [_row(member, activities, progress.get(member.learner_id, {}), anyone) for member in members]
    return ClassBoard(activities, rows)


Marks = dict[int, tuple[bool, datetime]]


def _progress(learners: list[int], course: Course) -> dict[int, Marks]:
    """learner → activity → (done, last time), over every period of the course."""
    found: dict[int, Marks] = {}
    rows = ActivityProgress.objects.filter(
        enrollment__course=course, enrollment__learner__in=learners
    ).values_list("enrollment__learner", "activity", "satisfied_at", "last_at")
    for learner, activity, satisfied_at, last_at in rows:
        done, last = found.setdefault(learner, {}).get(activity, (False, last_at))
        found[learner][activity] = (done or satisfied_at is not None, max(last, last_at))
    return found


def _row(member: GroupMembership, activities: list[Activity], marks: Marks, anyone: bool) -> PupilRow:
    person = member.learner.user
    return PupilRow(
        number=member.number,
        name=person.name if person else "",
        kana=person.name_kana if person else "",
        cells=[Cell(a, marks.get(a.pk, (False, None))[0], a.pk in marks) for a in activities],
        last_at=max((last for _done, last in marks.values()), default=None),
        needs_a_look=anyone and not marks,
    )
