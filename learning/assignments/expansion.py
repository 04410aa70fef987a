"""From a target to one duty a learner: in chunks, each whole, each safe to repeat."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from learning.assignments.models import Assignment, Duty
from learning.enrollments.enums import EnrollmentOrigin
from learning.enrollments.models import Enrollment
from learning.enrollments.rules import still_valid
from people.appointments.enums import AppointmentKind
from people.appointments.models import Appointment
from people.groups.models import GroupMembership
from people.learners.models import Learner
from people.organizations.models import units_within_body

CHUNK = 500


def learners_of(assignment: Assignment, on: date) -> QuerySet[Learner]:
    """Whom the assignment means on a day. A unit means the holders of posts in it and below, never its pupils.

    A prefecture's assignment stops at its own staff: each municipality assigns to its own people.
    """
    if assignment.group is not None:
        members = GroupMembership.objects.valid_on(on).filter(group=assignment.group)
        people = Learner.objects.filter(pk__in=members.values("learner"))
    elif assignment.organization is not None:
        units = units_within_body(assignment.organization, on=on).values("pk")
        posts = Appointment.objects.valid_on(on).filter(organization__in=units)
        people = Learner.objects.filter(is_primary=True, user__in=posts.values("user"))
    else:
        people = Learner.objects.filter(uuid__in=assignment.named)
    return people.filter(Q(user__isnull=True) | Q(user__is_active=True))


def reference_day(opens_on: date, at: datetime) -> date:
    """The day on which membership and validity are judged: the first day of the assignment, or today if later."""
    return max(opens_on, timezone.localtime(at).date())


@dataclass(frozen=True)
class Piece:
    """What one chunk did: ``last`` is the id of its last learner, None when there was nobody left."""

    count: int
    last: int | None


@transaction.atomic
def expand(assignment: Assignment, *, after: int, at: datetime) -> Piece:
    """Duties for the next learners after an id; a fixed number of queries. Repeating a chunk changes nothing."""
    on = reference_day(assignment.opens_on, at)
    # The same lock as in ``enroll``: nobody opens a period meanwhile.
    people = list(
        learners_of(assignment, on)
        .filter(pk__gt=after)
        .order_by("pk")
        .select_for_update(of=("self",), no_key=True)[:CHUNK]
    )
    if not people:
        return Piece(0, None)
    periods = _periods(assignment, people)
    chosen = {person.pk: _chosen(assignment, periods[_key(person)], on) for person in people}
    _close([period for period in chosen.values() if period is not None and period.is_expired], at)
    opened = _open(assignment, [p for p in people if _needs_new(chosen[p.pk])], periods, at)
    posts = _posts(assignment, people, on)
    Duty.objects.bulk_create(
        (
            Duty(
                assignment=assignment,
                learner=person,
                enrollment_id=opened.get(person.pk) or _kept(chosen[person.pk]).pk,
                why_unit_id=posts.get(person.user_id, (None, ""))[0],
                why_post=posts.get(person.user_id, (None, ""))[1],
                due_on=assignment.due_on,
                done_at=None if person.pk in opened else _kept(chosen[person.pk]).done_at,
            )
            for person in people
        ),
        ignore_conflicts=True,
    )
    return Piece(len(people), people[-1].pk)


@dataclass(frozen=True)
class _Period:
    """One enrollment of a person with the course. ``done_at``: when what is assigned was satisfied in it."""

    pk: int
    number: int
    is_open: bool
    is_own: bool
    completed_at: datetime | None
    done_at: datetime | None
    is_expired: bool = False


def _key(person: Learner) -> tuple[str, int]:
    """One person with all claimed guests, or one learner alone."""
    return ("learner", person.pk) if person.user_id is None else ("user", person.user_id)


def _periods(assignment: Assignment, people: list[Learner]) -> dict[tuple[str, int], list[_Period]]:
    """Every period of these people, read after it was locked: a completion at this moment is waited for."""
    users = [person.user_id for person in people if person.user_id is not None]
    alone = [person.pk for person in people if person.user_id is None]
    theirs = Enrollment.objects.filter(
        Q(learner__user__in=users) | Q(learner__in=alone), course_id=assignment.course_id
    )
    locked = list(
        theirs.order_by("pk").select_for_update(of=("self",), no_key=True).values_list("pk", flat=True)
    )
    satisfied = _satisfied(assignment, locked)
    periods: dict[tuple[str, int], list[_Period]] = defaultdict(list)
    rows = Enrollment.objects.filter(pk__in=locked).values_list(
        "pk",
        "number",
        "closed_at",
        "learner_id",
        "learner__user_id",
        "learner__is_primary",
        "progress__completed_at",
    )
    for pk, number, closed_at, learner, user, is_primary, completed_at in rows:
        key = ("learner", learner) if user is None else ("user", user)
        done_at = completed_at if assignment.activity_id is None else satisfied.get(pk)
        periods[key].append(_Period(pk, number, closed_at is None, bool(is_primary), completed_at, done_at))
    return periods


def _satisfied(assignment: Assignment, periods: list[int]) -> dict[int, datetime]:
    """When the one activity was satisfied, by period."""
    if assignment.activity_id is None:
        return {}
    rows = Enrollment.objects.filter(
        pk__in=periods,
        activity_progress__activity=assignment.activity_id,
        activity_progress__satisfied_at__isnull=False,
    )
    return {pk: at for pk, at in rows.values_list("pk", "activity_progress__satisfied_at") if at is not None}


def _chosen(assignment: Assignment, periods: list[_Period], on: date) -> _Period | None:
    """The period that the duty falls under: a still valid completion, else the open one; None = a new one."""
    every = assignment.course.recertify_every
    valid = [p for p in periods if p.completed_at and still_valid(_day(p.completed_at), every, on)]
    if valid:
        return max(valid, key=lambda p: (p.done_at is not None, p.is_open, p.completed_at))
    opened = [p for p in periods if p.is_open]
    if not opened:
        return None
    current = max(opened, key=lambda p: (p.is_own, -p.pk))
    if current.completed_at is None:
        return current
    return _Period(**{**current.__dict__, "is_expired": True})


def _needs_new(period: _Period | None) -> bool:
    return period is None or period.is_expired


def _kept(period: _Period | None) -> _Period:
    if period is None:
        raise LookupError("a new period was opened instead")
    return period


def _close(periods: Iterable[_Period], at: datetime) -> None:
    Enrollment.objects.filter(pk__in=[period.pk for period in periods]).update(closed_at=at)


def _open(
    assignment: Assignment, people: list[Learner], periods: dict[tuple[str, int], list[_Period]], at: datetime
) -> dict[int, int]:
    """New periods by learner."""
    created = Enrollment.objects.bulk_create(
        Enrollment(
            learner=person,
            course_id=assignment.course_id,
            number=max((period.number for period in periods[_key(person)]), default=0) + 1,
            origin=EnrollmentOrigin.ASSIGNED,
            opened_at=at,
        )
        for person in people
    )
    return {enrollment.learner_id: enrollment.pk for enrollment in created}


def _posts(assignment: Assignment, people: list[Learner], on: date) -> dict[int | None, tuple[int, str]]:
    """The post by which each of them is meant, by user: in the unit assigned to, the main one before others."""
    posts = Appointment.objects.valid_on(on).filter(
        user__in=[p.user_id for p in people if p.user_id is not None]
    )
    if assignment.organization is not None:
        posts = posts.filter(organization__in=units_within_body(assignment.organization, on=on).values("pk"))
    found: dict[int | None, tuple[int, str]] = {}
    for user, unit, post, kind in posts.values_list("user_id", "organization_id", "post", "kind").order_by(
        "pk"
    ):
        if user not in found or kind == AppointmentKind.MAIN:
            found[user] = (unit, post)
    return found


def _day(moment: datetime) -> date:
    return timezone.localtime(moment).date()
