"""Lists of people with what came of one package; a fixed number of queries, however many people there are."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery

from courses.catalog.models import Activity
from courses.packages.h5p import Trust
from learning.enrollments.models import Enrollment
from learning.launches.grading import Counted, Go, counted
from learning.launches.models import Launch, PackageAttempt
from learning.launches.queries import goes, last_opened, marked
from learning.progress.models import ActivityProgress
from people.accounts.rules import full_kana, shown_name
from people.appointments.enums import AppointmentKind
from people.appointments.models import Appointment
from people.groups.models import GroupMembership, LearnerGroup
from people.learners.models import Learner
from people.roles.queries import Scope
from reporting.packages.enums import Standing
from reporting.packages.permissions import live_duties

CHUNK = 500
_NAMES = ("display_name", "last_name", "first_name", "username", "last_name_kana", "first_name_kana")


@dataclass(frozen=True)
class Person:
    """Somebody on a list. ``place`` is the number in the class or the unit; ``user`` None for a guest."""

    learner: int
    uuid: Any
    user: int | None
    name: str
    kana: str
    place: str


@dataclass(frozen=True)
class ResultRow:
    """One person with one package. ``counted`` is of the period in which they were last at it."""

    person: Person
    standing: Standing
    counted: Counted
    last_at: datetime | None

    @property
    def keeps_another(self) -> bool:
        """The course keeps a result that is not the one shown."""
        return self.counted.points != self.counted.kept_points


def pupils(group: LearnerGroup, on: date) -> QuerySet[Any, Any]:
    """Rows for ``person_of``: the class in the order of its numbers."""
    rows = GroupMembership.objects.valid_on(on).filter(group=group).order_by("number", "pk")
    names = (f"learner__user__{name}" for name in _NAMES)
    return rows.values_list("learner_id", "learner__uuid", "learner__user_id", *names, "number")


def staff(learners: QuerySet[Learner], on: date) -> QuerySet[Any, Any]:
    """Rows for ``person_of``: by kana, with the unit of the main post or else the class."""
    posts = Appointment.objects.valid_on(on).filter(user=OuterRef("user"), kind=AppointmentKind.MAIN)
    members = GroupMembership.objects.valid_on(on).filter(learner=OuterRef("pk"))
    rows = learners.annotate(
        unit=Subquery(posts.order_by("-valid_from").values("organization__name")[:1]),
        group_name=Subquery(members.order_by("-valid_from").values("group__name")[:1]),
    ).order_by("user__last_name_kana", "user__first_name_kana", "pk")
    names = (f"user__{name}" for name in _NAMES)
    return rows.values_list("pk", "uuid", "user_id", *names, "unit", "group_name")


def person_of(row: Sequence[Any]) -> Person:
    learner, uuid, user, *rest = row
    words = [text or "" for text in rest[: len(_NAMES)]]
    place = next((str(value) for value in rest[len(_NAMES) :] if value not in (None, "")), "")
    return Person(learner, uuid, user, shown_name(*words[:4]), full_kana(*words[4:]), place)


def result_rows(rows: Iterable[Sequence[Any]], activity: Activity) -> list[ResultRow]:
    """With what came of the package; four queries."""
    people = [person_of(row) for row in rows]
    periods = _periods(people, activity)
    ids = [pk for mine in periods.values() for pk in mine]
    of_these = Q(enrollment__in=ids, activity=activity)
    done = _done(of_these)
    made, opened = goes(PackageAttempt.objects.filter(of_these)), last_opened(Launch.objects.filter(of_these))
    method, key = activity.package_use.package.grade_method, activity.pk
    found = []
    for person in people:
        mine = periods[person.learner]
        times = {pk: _last(made.get((pk, key), []), opened.get((pk, key))) for pk in mine}
        begun = [(at, pk) for pk, at in times.items() if at is not None]
        last_at, period = max(begun, default=(None, None))
        standing = Standing.BEGUN if begun else Standing.NOT_YET
        if any(pk in done for pk in mine):
            standing = Standing.DONE
        result = counted(made.get((period, key), []) if period is not None else [], method)
        found.append(ResultRow(person, standing, result, last_at))
    return found


def all_rows(rows: QuerySet[Any, Any], activity: Activity) -> Iterator[ResultRow]:
    """For a sheet, in pieces, so that memory stays flat."""
    left = iter(rows.iterator(chunk_size=CHUNK))
    while piece := list(islice(left, CHUNK)):
        yield from result_rows(piece, activity)


def periods_of(learner: Learner, activity: Activity) -> list[int]:
    """Ids of the learner's periods with the activity's course, and of claimed guests'."""
    person = Person(learner.pk, learner.uuid, learner.user_id, "", "", "")
    return _periods([person], activity)[learner.pk]


def _last(made: Sequence[Go], opened: datetime | None) -> datetime | None:
    return max((at for at in (*(go.finished_at for go in made), opened) if at is not None), default=None)


def _done(of_these: Q) -> set[int]:
    """Periods in which the package is done."""
    satisfied = ActivityProgress.objects.filter(of_these, satisfied_at__isnull=False)
    return set(satisfied.values_list("enrollment_id", flat=True))


def _periods(people: Sequence[Person], activity: Activity) -> dict[int, list[int]]:
    """By learner: periods with the course, also those of guests whom the person claimed."""
    by_user = {person.user: person.learner for person in people if person.user is not None}
    ids = [person.learner for person in people]
    rows = Enrollment.objects.filter(
        Q(learner__in=ids) | Q(learner__user__in=list(by_user)), course=activity.course_id
    )
    found: dict[int, list[int]] = {learner: [] for learner in ids}
    for pk, learner, user in rows.order_by("pk").values_list("pk", "learner_id", "learner__user_id"):
        found[by_user.get(user, learner)].append(pk)
    return found


def contradicted(scope: Scope, on: date) -> QuerySet[PackageAttempt]:
    """Attempts of the scope's people, in what was assigned to them, that their answers contradict; the newest first.

    ``person`` is the UUID of the learner by whom the person is on lists.
    """
    own = Learner.objects.filter(user=OuterRef("enrollment__learner__user"), is_primary=True)
    return (
        marked(_contradicted(scope, on))
        .annotate(person=Subquery(own.values("uuid")[:1]))
        .select_related("enrollment__learner__user", "activity__course")
        .order_by("-finished_at", "-pk")
    )


def contradicted_counts(scope: Scope, activities: Sequence[int], on: date) -> dict[int, int]:
    """How many there are, by activity id."""
    rows = _contradicted(scope, on).filter(activity__in=activities).order_by()
    return dict(rows.values("activity_id").annotate(count=Count("pk")).values_list("activity_id", "count"))


def _contradicted(scope: Scope, on: date) -> QuerySet[PackageAttempt]:
    asked = live_duties(scope, on).filter(learner__user=OuterRef("enrollment__learner__user"))
    place = Q(assignment__activity__isnull=True) | Q(assignment__activity=OuterRef("activity"))
    place |= Q(assignment__activity=OuterRef("activity__parent"))
    asked = asked.filter(place, assignment__course=OuterRef("activity__course"))
    return PackageAttempt.objects.filter(Exists(asked), verification=Trust.MISMATCH)
