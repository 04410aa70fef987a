"""Projections from nothing but the statements, compared with those that are there."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from courses.catalog.enums import Scoring
from learning.assignments.models import Duty
from learning.enrollments.models import Enrollment
from learning.progress.completions import completion_of
from learning.progress.models import ActivityProgress, Completion, CourseProgress
from learning.progress.projection import activity_values, course_values
from learning.progress.rules import Event, Standing, replayed
from learning.records.enums import Verb
from learning.records.models import Statement

_COMPLETION_FIELDS = ("completed_at", "course_revision", "source", "score_scaled", "facts", "voided_at")
Rows = dict[Any, dict[str, Any]]


@dataclass(frozen=True)
class Difference:
    """One projection that is not what the statements say; None stands for a missing row."""

    enrollment: UUID
    course: str
    what: str
    found: dict[str, Any] | None
    expected: dict[str, Any] | None

    def __str__(self) -> str:
        return f"{self.course} {self.enrollment} {self.what}: found {_told(self.found)}, expected {_told(self.expected)}"


@dataclass
class Projections:
    """All projections of one enrollment by key: activity id, ``None`` for the course, statement id, duty id."""

    activities: Rows = field(default_factory=dict)
    course: Rows = field(default_factory=dict)
    completions: Rows = field(default_factory=dict)
    duties: Rows = field(default_factory=dict)

    def parts(self) -> dict[str, Rows]:
        return {
            "activity": self.activities,
            "course": self.course,
            "completion": self.completions,
            "duty": self.duties,
        }


def differences(enrollments: list[Enrollment]) -> dict[int, list[Difference]]:
    """What differs, by enrollment id; the enrollments must be locked. A fixed number of queries."""
    found, expected = _found(enrollments), _expected(enrollments)
    told: dict[int, list[Difference]] = {}
    for enrollment in enrollments:
        lines = _compared(enrollment, found[enrollment.pk], expected[enrollment.pk])
        if lines:
            told[enrollment.pk] = lines
    return told


def reproject(enrollments: list[Enrollment]) -> None:
    """Throws the projections of these enrollments away and writes them anew. They must be locked."""
    expected = _expected(enrollments)
    ids = [enrollment.pk for enrollment in enrollments]
    ActivityProgress.objects.filter(enrollment__in=ids).delete()
    CourseProgress.objects.filter(enrollment__in=ids).delete()
    ActivityProgress.objects.bulk_create(
        ActivityProgress(enrollment_id=pk, activity_id=activity, **values)
        for pk in ids
        for activity, values in expected[pk].activities.items()
    )
    CourseProgress.objects.bulk_create(
        CourseProgress(enrollment_id=pk, **values) for pk in ids for values in expected[pk].course.values()
    )
    for pk in ids:
        for statement_id, values in expected[pk].completions.items():
            values = {**values, "enrollment_id": pk}
            due = values["facts"]["course"]["scoring"] == Scoring.SCORED
            Completion.objects.update_or_create(
                statement_id=statement_id, defaults=values, create_defaults={**values, "certificate_due": due}
            )
    done = [Duty(pk=key, **values) for pk in ids for key, values in expected[pk].duties.items()]
    Duty.objects.bulk_update(done, ["done_at"], batch_size=500)


def _expected(enrollments: list[Enrollment]) -> dict[int, Projections]:
    registrations = {enrollment.uuid: enrollment.pk for enrollment in enrollments}
    events = _events(registrations)
    expected: dict[int, Projections] = defaultdict(Projections)
    standings: dict[int, Standing] = {pk: replayed(events[pk]) for pk in registrations.values()}
    for pk, standing in standings.items():
        expected[pk].activities = {key: activity_values(state) for key, state in standing.activities.items()}
        if events[pk]:
            expected[pk].course = {None: course_values(standing.course)}
    for statement in _satisfied(registrations):
        period = registrations[statement.registration]  # type: ignore[index]  # own ones have it
        expected[period].completions[statement.pk] = _completion_values(statement)
    for duty in Duty.objects.filter(enrollment__in=standings).values(
        "pk", "enrollment_id", "assignment__activity_id"
    ):
        done = _done_at(standings[duty["enrollment_id"]], duty["assignment__activity_id"])
        expected[duty["enrollment_id"]].duties[duty["pk"]] = {"done_at": done}
    return expected


def _events(registrations: dict[UUID, int]) -> dict[int, list[Event]]:
    rows = (
        Statement.objects.standing()
        .filter(registration__in=list(registrations))
        .order_by("pk")
        .values_list(
            "registration", "activity_id", "timestamp", "completion", "success", "score_scaled", "verb", "move_on",
            "counts", "activity__parent_id",
        )
    )  # fmt: skip
    events: dict[int, list[Event]] = defaultdict(list)
    for registration, activity, at, completion, success, scaled, verb, move_on, counts, parent in rows:
        event = Event(
            activity=activity,
            at=at,
            completion=completion,
            success=success,
            scaled=scaled,
            waived=verb == Verb.WAIVED,
            move_on=move_on,
            counts=counts,
            place=parent,
        )
        events[registrations[registration]].append(event)  # type: ignore[index]  # own ones have it
    return events


def _satisfied(registrations: dict[UUID, int]) -> Iterable[Statement]:
    """The courses' own «satisfied» with the moment at which they were taken back, if they were."""
    statements = Statement.objects.filter(registration__in=list(registrations), verb=Verb.SATISFIED)
    return statements.filter(activity__isnull=True).select_related("voided_by").order_by("pk")


def _completion_values(statement: Statement) -> dict[str, Any]:
    completion = completion_of(statement)
    voiding: Statement | None = getattr(statement, "voided_by", None)
    completion.voided_at = voiding.timestamp if voiding else None
    return {name: getattr(completion, name) for name in _COMPLETION_FIELDS}


def _done_at(standing: Standing, activity: int | None) -> datetime | None:
    if activity is None:
        return standing.course.completed_at
    state = standing.activities.get(activity)
    return state.satisfied_at if state else None


def _found(enrollments: list[Enrollment]) -> dict[int, Projections]:
    found: dict[int, Projections] = defaultdict(Projections)
    of_these = Q(enrollment__in=[enrollment.pk for enrollment in enrollments])
    for activity in ActivityProgress.objects.filter(of_these):
        found[activity.enrollment_id].activities[activity.activity_id] = activity_values(activity)
    for course in CourseProgress.objects.filter(of_these):
        found[course.enrollment_id].course[None] = course_values(course)
    for completion in Completion.objects.filter(of_these):
        values = {name: getattr(completion, name) for name in _COMPLETION_FIELDS}
        found[completion.enrollment_id].completions[completion.statement_id] = values
    for duty in Duty.objects.filter(of_these):
        found[duty.enrollment_id].duties[duty.pk] = {"done_at": duty.done_at}
    return found


def _compared(enrollment: Enrollment, found: Projections, expected: Projections) -> list[Difference]:
    lines = []
    theirs = expected.parts()
    for what, rows in found.parts().items():
        for key in sorted({*rows, *theirs[what]}, key=str):
            one, other = rows.get(key), theirs[what].get(key)
            if one != other:
                name = what if key is None else f"{what} {key}"
                lines.append(Difference(enrollment.uuid, enrollment.course.code, name, *_changed(one, other)))
    return lines


def _changed(found: dict[str, Any] | None, expected: dict[str, Any] | None) -> tuple[Any, Any]:
    """Only the fields that differ, where both rows are there."""
    if found is None or expected is None:
        return found, expected
    names = [name for name in found if found[name] != expected[name]]
    return {name: found[name] for name in names}, {name: expected[name] for name in names}


def _told(values: dict[str, Any] | None) -> str:
    return "nothing" if values is None else ", ".join(f"{name}={value}" for name, value in values.items())
