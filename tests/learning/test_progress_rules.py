"""cmi5's moveOn and the fold over results, whatever comes in whatever order."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.catalog.enums import MoveOn
from learning.progress.enums import ProgressStatus
from learning.progress.rules import ActivityState, Event, advanced, move_on_met, replayed

START = datetime(2026, 4, 1, tzinfo=UTC)
TABLE = [
    (MoveOn.PASSED, False, True),
    (MoveOn.COMPLETED, True, False),
    (MoveOn.COMPLETED_AND_PASSED, False, False),
    (MoveOn.COMPLETED_OR_PASSED, True, True),
    (MoveOn.NOT_APPLICABLE, True, True),
]

moments = st.integers(0, 10_000).map(lambda minutes: START + timedelta(minutes=minutes))
scores = st.none() | st.integers(-100_000, 100_000).map(lambda n: Decimal(n) / 100_000)
events = st.builds(
    Event,
    activity=st.integers(1, 4),
    at=moments,
    completion=st.sampled_from([None, True, False]),
    success=st.sampled_from([None, True, False]),
    scaled=scores,
    waived=st.booleans(),
    move_on=st.sampled_from(list(MoveOn)),
    counts=st.booleans(),
)
histories = st.lists(events, max_size=20)


@pytest.mark.parametrize(("move_on", "when_completed", "when_passed"), TABLE)
def test_it_follows_cmi5(move_on, when_completed, when_passed):
    assert move_on_met(move_on, is_completed=True, is_passed=None) is when_completed
    assert move_on_met(move_on, is_completed=False, is_passed=True) is when_passed
    assert move_on_met(move_on, is_completed=True, is_passed=True) is True
    assert move_on_met(move_on, is_completed=False, is_passed=False) is (move_on == MoveOn.NOT_APPLICABLE)


@given(histories, events)
def test_a_later_result_takes_nothing_away(history, event):
    before, after = replayed(history), replayed([*history, event])
    for activity, state in before.activities.items():
        grown = after.activities[activity]
        assert grown.is_completed or not state.is_completed
        assert grown.is_passed or not state.is_passed
        assert state.satisfied_at is None or grown.satisfied_at == state.satisfied_at
        assert state.best_scaled is None or (grown.best_scaled or 0) >= state.best_scaled
        assert grown.count >= state.count
    assert after.course.satisfied_count >= before.course.satisfied_count
    assert (
        before.course.score_scaled is None or (after.course.score_scaled or 0) >= before.course.score_scaled
    )


@given(histories)
def test_a_replay_in_pieces_is_the_same_as_in_one(history):
    states: dict[int, ActivityState] = {}
    for event in history:
        states[event.activity] = advanced(states.get(event.activity, ActivityState()), event)
    assert replayed(history).activities == states


@given(histories)
def test_activities_do_not_touch_each_other(history):
    whole = replayed(history).activities
    for activity in whole:
        assert (
            replayed([e for e in history if e.activity == activity]).activities[activity] == whole[activity]
        )


@given(st.permutations(range(6)), st.lists(events, min_size=6, max_size=6))
def test_the_order_decides_only_when_something_was_satisfied(order, history):
    one, other = replayed(history), replayed([history[i] for i in order])
    for activity, state in one.activities.items():
        twin = other.activities[activity]
        assert (state.is_completed, state.best_scaled, state.count) == (
            twin.is_completed,
            twin.best_scaled,
            twin.count,
        )
        assert (state.first_at, state.last_at) == (twin.first_at, twin.last_at)
        assert bool(state.is_passed) == bool(twin.is_passed)


@given(histories, moments)
def test_a_completed_course_never_reopens(history, at):
    course = replayed([Event(activity=None, at=at), *history]).course
    assert course.completed_at == at
    assert course.status == ProgressStatus.COMPLETED


def test_nothing_done_is_not_started():
    assert replayed([]).course.status == ProgressStatus.NOT_STARTED
