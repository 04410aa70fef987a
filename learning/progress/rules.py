"""How results become progress: a fold over the statements of one enrollment, in their order (pure).

The vocabulary is cmi5's moveOn. Progress only grows: a later, worse result takes nothing away.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from uuid import UUID, uuid5

from courses.catalog.enums import MoveOn
from learning.progress.enums import ProgressStatus


@dataclass(frozen=True)
class Event:
    """What a statement says, with the rule it was judged by. ``activity`` None: the course itself was satisfied."""

    activity: int | None
    at: datetime
    completion: bool | None = None
    success: bool | None = None
    scaled: Decimal | None = None
    waived: bool = False
    move_on: str = MoveOn.COMPLETED
    counts: bool = False
    place: int | None = None  # the activity that つづきから leads to: the lesson around a block


@dataclass(frozen=True)
class ActivityState:
    """Where an enrollment stands with one activity; ``first_at`` and ``last_at`` are None before the first result."""

    is_completed: bool = False
    is_passed: bool | None = None
    best_scaled: Decimal | None = None
    satisfied_at: datetime | None = None
    first_at: datetime | None = None
    last_at: datetime | None = None
    count: int = 0


@dataclass(frozen=True)
class CourseState:
    """Where an enrollment stands with its course."""

    satisfied_count: int = 0
    last_activity: int | None = None
    started_at: datetime | None = None
    last_at: datetime | None = None
    completed_at: datetime | None = None
    score_scaled: Decimal | None = None

    @property
    def status(self) -> ProgressStatus:
        if self.completed_at is not None:
            return ProgressStatus.COMPLETED
        return ProgressStatus.NOT_STARTED if self.started_at is None else ProgressStatus.IN_PROGRESS


@dataclass(frozen=True)
class Standing:
    """Everything that follows from the statements of one enrollment."""

    course: CourseState = field(default_factory=CourseState)
    activities: Mapping[int, ActivityState] = field(default_factory=dict)


@dataclass(frozen=True)
class Recorded:
    """What came of one event; sending the same event again gives the same answer (but ``is_repeat``).

    ``satisfied``: the activity's rule is met now. ``course_completed``: this very event completed the course.
    ``is_voided``: it was recorded once and has been taken back since, so that nothing follows from it.
    """

    statement: UUID
    registration: UUID
    satisfied: bool
    course_completed: bool
    is_repeat: bool = False
    is_voided: bool = False


def move_on_met(move_on: str, *, is_completed: bool, is_passed: bool | None) -> bool:
    """cmi5 10.2.4. NotApplicable asks for nothing, so that any result meets it."""
    passed = is_passed is True
    match MoveOn(move_on):
        case MoveOn.PASSED:
            return passed
        case MoveOn.COMPLETED:
            return is_completed
        case MoveOn.COMPLETED_AND_PASSED:
            return is_completed and passed
        case MoveOn.COMPLETED_OR_PASSED:
            return is_completed or passed
        case MoveOn.NOT_APPLICABLE:
            return True


def advanced(state: ActivityState, event: Event) -> ActivityState:
    """The activity after one more result."""
    is_completed = state.is_completed or event.completion is True
    is_passed = True if state.is_passed or event.success else _last_known(event.success, state.is_passed)
    met = event.waived or move_on_met(event.move_on, is_completed=is_completed, is_passed=is_passed)
    return ActivityState(
        is_completed=is_completed,
        is_passed=is_passed,
        best_scaled=_best(state.best_scaled, event.scaled),
        satisfied_at=state.satisfied_at or (event.at if met else None),
        first_at=min(state.first_at or event.at, event.at),
        last_at=max(state.last_at or event.at, event.at),
        count=state.count + 1,
    )


def course_advanced(state: CourseState, event: Event, *, newly_satisfied: bool) -> CourseState:
    """The course after one more result in one of its activities, or after its own «satisfied»."""
    moved = replace(
        state,
        started_at=min(state.started_at or event.at, event.at),
        last_at=max(state.last_at or event.at, event.at),
    )
    if event.activity is None:
        return replace(moved, completed_at=state.completed_at or event.at)
    return replace(
        moved,
        last_activity=event.place or event.activity,
        satisfied_count=state.satisfied_count + (1 if newly_satisfied and event.counts else 0),
        score_scaled=_best(state.score_scaled, event.scaled) if event.counts else state.score_scaled,
    )


def replayed(events: Iterable[Event]) -> Standing:
    """The standing that a row of events leads to, from nothing."""
    course = CourseState()
    activities: dict[int, ActivityState] = {}
    for event in events:
        newly = False
        if event.activity is not None:
            before = activities.get(event.activity, ActivityState())
            after = activities[event.activity] = advanced(before, event)
            newly = before.satisfied_at is None and after.satisfied_at is not None
        course = course_advanced(course, event, newly_satisfied=newly)
    return Standing(course, activities)


def satisfied_uuid(trigger: UUID) -> UUID:
    """The identity of the course's «satisfied» that an event brings about: known from the event alone."""
    return uuid5(trigger, "satisfied")


def _last_known(new: bool | None, old: bool | None) -> bool | None:
    return old if new is None else new


def _best(one: Decimal | None, other: Decimal | None) -> Decimal | None:
    known = [value for value in (one, other) if value is not None]
    return max(known, default=None)
