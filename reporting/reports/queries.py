"""Duties of the people in a scope: rows, counts and units. Only what was assigned is ever shown here."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, cast

from django.db.models import Case, Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When

from courses.catalog.models import Course
from learning.assignments.models import Duty
from people.appointments.enums import AppointmentKind
from people.appointments.models import Appointment
from people.groups.models import GroupMembership
from people.organizations.models import Organization, units_within_body
from people.roles.queries import Scope, learners_in_scope
from reporting.reports.enums import DutyStanding
from reporting.reports.rules import SOON, Tally, standing


@dataclass(frozen=True)
class Filters:
    """What the reader of the list asked for; None = everything."""

    course: Course | None = None
    unit: Organization | None = None
    standing: DutyStanding | None = None
    words: str = ""


@dataclass(frozen=True)
class DutyRow:
    """One line of the list."""

    name: str
    kana: str
    login: str
    unit: str
    post: str
    course: str
    due_on: date | None
    done_on: date | None
    standing: DutyStanding


@dataclass(frozen=True)
class UnitRow:
    """One unit with its counts."""

    unit_id: int | None
    name: str
    tally: Tally


def duties(scope: Scope, filters: Filters, on: date) -> QuerySet[Duty]:
    """Duties of the people in the scope, those that need attention first."""
    rows = Duty.objects.filter(
        learner__in=learners_in_scope(scope, on).filter(user__isnull=False),
        assignment__withdrawn_at__isnull=True,
        assignment__opens_on__lte=on,
    )
    if filters.course:
        rows = rows.filter(assignment__course=filters.course)
    if filters.unit:
        rows = rows.filter(learner__user__in=_people_below(filters.unit, on))
    for word in filters.words.split():
        rows = rows.filter(_named(word))
    return _standing_filter(rows, filters.standing, on)


def duty_list(scope: Scope, filters: Filters, on: date) -> QuerySet[Duty]:
    """``duties`` with what a line shows, late ones first, then by date and kana."""
    undone_first = Case(
        When(done_at__isnull=True, then=Value(0)), default=Value(1), output_field=IntegerField()
    )
    return (
        duties(scope, filters, on)
        .select_related("learner__user", "assignment__course", "assignment__activity")
        .annotate(
            unit_name=_unit("organization__name", on), post=_unit("post", on), group_name=_group_name(on)
        )
        .order_by(
            undone_first,
            F("due_on").asc(nulls_last=True),
            "learner__user__last_name_kana",
            "learner__user__first_name_kana",
            "pk",
        )
    )


def duty_row(duty: Duty, on: date) -> DutyRow:
    """A line from an annotated duty; runs no query."""
    person, work = duty.learner.user, duty.assignment
    assert person is not None  # noqa: S101 - the queryset asks for it
    title = work.activity.title if work.activity else ""
    return DutyRow(
        name=person.name,
        kana=person.name_kana,
        login=person.username,
        unit=getattr(duty, "unit_name", None) or getattr(duty, "group_name", None) or "",
        post=getattr(duty, "post", None) or "",
        course=f"{work.course.title}（{title}）" if title else work.course.title,
        due_on=duty.due_on,
        done_on=duty.done_at.date() if duty.done_at else None,
        standing=standing(due_on=duty.due_on, is_done=duty.done_at is not None, on=on),
    )


def duty_rows(rows: QuerySet[Duty], on: date) -> Iterator[DutyRow]:
    """Lines for an export, in pieces, so that memory stays flat."""
    for duty in rows.iterator(chunk_size=1000):
        yield duty_row(duty, on)


def tally(rows: QuerySet[Duty], on: date) -> Tally:
    counts = rows.order_by().aggregate(**_counts(on))
    return Tally(counts["total"], counts["done"], counts["late"])


def tallies_by_unit(rows: QuerySet[Duty], on: date) -> list[UnitRow]:
    """Counts by the unit of the main post, in one query, named ones first by order."""
    grouped = (
        rows.order_by()
        .annotate(unit_pk=_unit("organization_id", on))
        .values("unit_pk")
        .annotate(**_counts(on))
    )
    rows_of = cast(Iterable[dict[str, Any]], grouped)
    counts = {row["unit_pk"]: Tally(row["total"], row["done"], row["late"]) for row in rows_of}
    named = Organization.objects.filter(pk__in=[pk for pk in counts if pk]).order_by("order", "code")
    found = [UnitRow(unit.pk, unit.name, counts[unit.pk]) for unit in named]
    return [*found, UnitRow(None, "", counts[None])] if None in counts else found


def courses_assigned(scope: Scope, on: date) -> QuerySet[Course]:
    """Courses that the filter offers."""
    return Course.objects.filter(
        pk__in=duties(scope, Filters(), on).order_by().values("assignment__course")
    ).order_by("code")


def _counts(on: date) -> dict[str, Count]:
    return {
        "total": Count("pk"),
        "done": Count("pk", filter=Q(done_at__isnull=False)),
        "late": Count("pk", filter=Q(done_at__isnull=True, due_on__lt=on)),
    }


def _standing_filter(rows: QuerySet[Duty], wanted: DutyStanding | None, on: date) -> QuerySet[Duty]:
    soon: timedelta = SOON
    match wanted:
        case DutyStanding.DONE:
            return rows.filter(done_at__isnull=False)
        case DutyStanding.LATE:
            return rows.filter(done_at__isnull=True, due_on__lt=on)
        case DutyStanding.SOON:
            return rows.filter(done_at__isnull=True, due_on__gte=on, due_on__lte=on + soon)
        case DutyStanding.OPEN:
            return rows.filter(done_at__isnull=True)
    return rows


def _named(word: str) -> Q:
    fields = ("last_name", "first_name", "last_name_kana", "first_name_kana", "display_name", "username")
    found = Q()
    for field in fields:
        found |= Q(**{f"learner__user__{field}__icontains": word})
    return found


def _people_below(unit: Organization, on: date) -> QuerySet[Appointment, tuple[int]]:
    posts = Appointment.objects.valid_on(on).filter(organization__in=units_within_body(unit, on=on))
    return posts.values_list("user_id")


def _unit(field: str, on: date) -> Subquery:
    """A value of the main post held on the day."""
    posts = Appointment.objects.valid_on(on).filter(user=OuterRef("learner__user"), kind=AppointmentKind.MAIN)
    return Subquery(posts.order_by("-valid_from").values(field)[:1])


def _group_name(on: date) -> Subquery:
    members = GroupMembership.objects.valid_on(on).filter(learner=OuterRef("learner"))
    return Subquery(members.order_by("-valid_from").values("group__name")[:1])
