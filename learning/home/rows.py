"""What home reads, as queries that are built once: the page that everybody opens first must stay light.

Each comes in two shapes: for a person with all claimed guests, and for a guest alone (``Owner``).
"""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db.models import Count, Exists, F, FilteredRelation, OuterRef, Q, Subquery, Sum, Window
from django.db.models.functions import RowNumber
from django.db.models.lookups import IsNull

from courses.catalog.enums import Scoring, Track
from courses.catalog.models import Activity, Course
from learning.assignments.models import Duty
from learning.assignments.queries import DUTY_COLUMNS
from learning.certificates.models import Certificate
from learning.enrollments.models import Enrollment
from learning.enrollments.queries import Owner
from learning.progress.models import ActivityProgress, Completion, Place
from office.prepared.queries import Prepared
from people.appointments.models import Appointment
from people.groups.models import GroupMembership
from people.organizations.enums import OrganizationKind

SHOWN_OPEN = 60
FINISHED_PAGE = 10
SUGGESTED = 6


class _Owned:
    """A prepared query in both shapes."""

    def __init__(
        self, build: Callable[..., Any], *, ints: tuple[str, ...] = (), days: tuple[str, ...] = ()
    ) -> None:
        def for_owner(user: int | None = None, learner: int | None = None, **values: Any) -> Any:
            return build(Owner(user, learner), **values)

        self._shapes = {
            name: Prepared(for_owner, ints=(name, *ints), days=days) for name in ("user", "learner")
        }

    def __call__(self, owner: Owner, **values: Any) -> list[tuple[Any, ...]]:
        ((name, key),) = owner.ids.items()
        return self._shapes[name].rows(**{name: key}, **values)


def _duties(owner: Owner) -> Any:
    open_ones = Duty.objects.filter(owner.q(), done_at__isnull=True, assignment__withdrawn_at__isnull=True)
    return open_ones.values_list(*DUTY_COLUMNS)


PERIOD_COLUMNS = (
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
)


def _periods(owner: Owner) -> Any:
    """Open periods not completed yet, and those in which a duty for one part is still open."""
    waits = Duty.objects.filter(
        enrollment=OuterRef("pk"), done_at__isnull=True, assignment__withdrawn_at__isnull=True
    )
    not_done = Q(progress__isnull=True) | Q(progress__completed_at__isnull=True)
    rows = Enrollment.objects.filter(owner.q()).filter(not_done & Q(closed_at__isnull=True) | Exists(waits))
    return rows.order_by("-opened_at", "-pk").values_list(*PERIOD_COLUMNS)[:SHOWN_OPEN]


def _waiting(owner: Owner) -> Any:
    """By period: the first activity still needed, how many there are and how many minutes they take."""
    needed = Activity.objects.counting()
    satisfied = ActivityProgress.objects.filter(
        enrollment=OuterRef("pk"), activity=OuterRef("need"), satisfied_at__isnull=False
    )
    not_done = Q(progress__isnull=True) | Q(progress__completed_at__isnull=True)
    return (
        Enrollment.objects.open()
        .filter(owner.q(), not_done)
        # Named once: each further «course__activities» would be a join of its own.
        .annotate(
            need=FilteredRelation("course__activities", condition=Q(course__activities__is_offered=True))
        )
        # A subquery that PostgreSQL cannot turn into a join: it would compare each activity with all that is done.
        .filter(IsNull(Subquery(satisfied.values("pk")[:1]), True), need__in=needed.values("pk"))
        .annotate(
            rank=Window(RowNumber(), partition_by=[F("pk")], order_by=["need__order", "need__pk"]),
            left=Window(Count("need__pk"), partition_by=[F("pk")]),
            minutes_left=Window(Sum("need__minutes"), partition_by=[F("pk")]),
        )
        .filter(rank=1)
        .values_list(
            *("pk", "need__pk", "need__title", "need__title_ruby", "need__page_path", "left", "minutes_left"),
            *("need__uuid", "need__parent_id"),
        )
    )


def _places(owner: Owner) -> Any:
    """The screens on which the reader was last; those of long ago do not matter."""
    rows = Place.objects.filter(owner.q("enrollment__")).order_by("-saved_at")
    return rows.values_list("enrollment_id", "activity_id", "position")[: SHOWN_OPEN * 2]


def finished_query(owner: Owner) -> Any:
    """Completed courses, newest first."""
    valid = Certificate.objects.filter(completion=OuterRef("pk"), revoked_at__isnull=True).values("uuid")[:1]
    return (
        Completion.objects.standing()
        .filter(owner.q("enrollment__"))
        .annotate(certificate=Subquery(valid))
        .order_by("-completed_at", "-pk")
        .values_list(
            "enrollment__course__title_ruby",
            "facts",
            "enrollment__course__page_path",
            "completed_at",
            "certificate",
        )
    )


def _first_finished(owner: Owner) -> Any:
    """The first page, and one row more to see whether there is another."""
    return finished_query(owner)[: FINISHED_PAGE + 1]


def _suggestions(owner: Owner, today: date) -> Any:
    """A few open courses that suit who asks and that they are not in yet."""
    courses = Course.objects.offered().exclude(page_path="")
    if owner.user is not None:
        courses = courses.filter(_suits(owner.user, today) | Q(open_to_guests=True), self_enrollment=True)
    else:
        courses = courses.filter(open_to_guests=True)
    theirs = Enrollment.objects.filter(owner.q(), course=OuterRef("pk"))
    return (
        courses.filter(~Exists(theirs))
        .order_by("-is_mandatory", "open_to_guests", "order", "code")
        .values_list("title", "title_ruby", "page_path", "audience", "minutes")[:SUGGESTED]
    )


def _suits(user: int, today: date) -> Q:
    """Staff by their post, teachers by their school, pupils by their class."""
    posts = Appointment.objects.valid_on(today).filter(user_id=user)
    at_school = posts.filter(organization__kind=OrganizationKind.SCHOOL)
    in_class = GroupMembership.objects.valid_on(today).filter(learner__user_id=user)
    return (
        Q(Exists(posts), track=Track.STAFF)
        | Q(Exists(at_school), track=Track.EDUCATION, scoring=Scoring.SCORED)
        | Q(Exists(in_class), track=Track.EDUCATION, scoring=Scoring.PRACTICE)
    )


PERIOD_OF_COURSE = (
    "pk",
    "uuid",
    "learner_id",
    "number",
    "origin",
    "opened_at",
    "closed_at",
    "progress__status",
    "progress__completed_at",
    "certificate",
    "certificate_code",
)


def _period_in(owner: Owner, course: int) -> Any:
    """The open period with a course, the person's own before that of a claimed guest; else the last one."""
    valid = Certificate.objects.filter(completion__enrollment=OuterRef("pk"), revoked_at__isnull=True)
    return (
        Enrollment.objects.filter(owner.q(), course_id=course)
        .annotate(
            certificate=Subquery(valid.values("uuid")[:1]),
            certificate_code=Subquery(valid.values("code")[:1]),
        )
        .order_by(F("closed_at").desc(nulls_first=True), "-learner__is_primary", "-number")
        .values_list(*PERIOD_OF_COURSE)[:1]
    )


def _satisfied_in(period: int) -> Any:
    """Ids of what is done in a period; some of it may have been withdrawn from the course since."""
    return ActivityProgress.objects.filter(enrollment_id=period, satisfied_at__isnull=False).values_list(
        "activity_id"
    )


def _duties_in(period: int) -> Any:
    theirs = Duty.objects.filter(enrollment_id=period, assignment__withdrawn_at__isnull=True)
    return theirs.values_list(*DUTY_COLUMNS)


duties = _Owned(_duties)
periods = _Owned(_periods)
waiting = _Owned(_waiting)
places = _Owned(_places)
first_finished = _Owned(_first_finished)
suggestions = _Owned(_suggestions, days=("today",))
period_in = _Owned(_period_in, ints=("course",))
satisfied_in = Prepared(_satisfied_in, ints=("period",)).rows
duties_in = Prepared(_duties_in, ints=("period",)).rows
