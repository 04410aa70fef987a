"""Opening, saving and submitting as actions."""

import uuid
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError

from assessments.attempts import actions, registration
from assessments.attempts.actions import (
    AttemptClosed,
    NoAttemptsLeft,
    NothingToAsk,
    check_answer,
    open_attempt,
    save_answer,
    save_answers,
    submit_attempt,
)
from assessments.attempts.models import Attempt, Response
from assessments.attempts.queries import History, history_of
from assessments.attempts.registration import registration_of
from assessments.items.actions import retire_item
from assessments.items.models import Item, ItemVersion
from assessments.marking.rules import AnswerError
from assessments.quizzes.models import Quiz
from assessments.signals import attempt_graded
from tests.assessments.builders import RIGHT

pytestmark = pytest.mark.django_db


@pytest.fixture
def rows(quiz):
    return Quiz.objects.get(activity=quiz.activity)


@pytest.fixture
def opened(rows, cast, at):
    return open_attempt(quiz=rows, learner=cast.learner(cast.hanako), registration=uuid.uuid4(), at=at)


def save_all(attempt, answers, at):
    return save_answers(attempt=attempt, raws=dict(zip(attempt.item_versions, answers, strict=True)), at=at)


def test_opening_again_joins_the_open_attempt(opened, rows, cast, at):
    again = open_attempt(quiz=rows, learner=opened.learner, registration=opened.registration, at=at)
    assert again == opened


def test_a_second_tab_that_comes_at_the_same_moment_joins(opened, rows, monkeypatch, at):
    """The other tab's attempt is not yet there when this one looks, and is there when it writes."""
    monkeypatch.setattr(actions, "history_of", lambda *args: History(None, (), None))
    again = open_attempt(quiz=rows, learner=opened.learner, registration=opened.registration, at=at)
    assert again == opened


def test_another_registration_begins_anew(opened, rows, at):
    other = open_attempt(quiz=rows, learner=opened.learner, registration=uuid.uuid4(), at=at)
    assert other != opened
    assert other.number == 1


def test_two_open_attempts_cannot_exist(opened):
    with pytest.raises(IntegrityError):
        Attempt.objects.create(
            quiz=opened.quiz,
            learner=opened.learner,
            registration=opened.registration,
            number=2,
            item_versions=[],
            opened_at=opened.opened_at,
        )


def test_attempts_run_out(opened, rows, at):
    rows.max_attempts = 1
    rows.save()
    submit_attempt(attempt=opened, at=at, by=None)
    with pytest.raises(NoAttemptsLeft):
        open_attempt(quiz=rows, learner=opened.learner, registration=opened.registration, at=at)


def test_questions_out_of_use_are_not_asked(rows, cast, at):
    first, *others = Item.objects.order_by("code")
    retire_item(item=first, at=at, by=None)
    attempt = open_attempt(quiz=rows, learner=cast.learner(cast.kacho), registration=uuid.uuid4(), at=at)
    assert attempt.item_versions == [item.current_id for item in others]
    for item in others:
        retire_item(item=item, at=at, by=None)
    with pytest.raises(NothingToAsk):
        open_attempt(quiz=rows, learner=cast.learner(cast.officer), registration=uuid.uuid4(), at=at)


def test_saving_the_same_again_changes_nothing(opened, at):
    save_all(opened, RIGHT, at)
    before = list(Response.objects.values().order_by("pk"))
    save_all(opened, RIGHT, at + timedelta(minutes=5))
    assert list(Response.objects.values().order_by("pk")) == before


def test_what_is_wrong_with_one_does_not_stop_the_others(opened, at):
    saved = save_all(opened, [["b"], ["zz"], ["a"], {"a": "a"}, 7], at)
    assert set(saved.answers) == {opened.item_versions[i] for i in (0, 2, 3)}
    assert {error.fault for error in saved.faults.values()} == {"unknown_choice", "wrong_type"}
    assert Response.objects.count() == 3


def test_one_answer_that_is_none(opened, at):
    with pytest.raises(AnswerError):
        save_answer(attempt=opened, item_version_id=opened.item_versions[0], raw=["zz"], at=at)
    with pytest.raises(ItemVersion.DoesNotExist):
        save_answer(attempt=opened, item_version_id=999_999, raw=["a"], at=at)
    assert save_answer(attempt=opened, item_version_id=opened.item_versions[1], raw=["c", "a"], at=at) == [
        "a",
        "c",
    ]


def test_a_submitted_attempt_takes_no_answer(opened, at):
    submit_attempt(attempt=opened, at=at, by=None)
    with pytest.raises(AttemptClosed):
        save_all(opened, RIGHT, at)
    with pytest.raises(AttemptClosed):
        check_answer(attempt=opened, item_version_id=opened.item_versions[0])
    assert not Response.objects.exists()


def test_a_scored_attempt_tells_nothing_before_it_is_submitted(opened, at):
    save_all(opened, RIGHT, at)
    assert check_answer(attempt=opened, item_version_id=opened.item_versions[0]) is None
    assert Response.objects.filter(score__isnull=False).count() == 0


def test_submitting_marks_every_answer(opened, at):
    save_all(opened, [["b"], ["a"], ["a", "b", "c"], {"a": "a", "b": "c"}, "フイッシング"], at)
    done = submit_attempt(attempt=opened, at=at, by=None)
    scores = {response.item_version_id: response.score for response in done.responses.all()}
    assert [scores[id_] for id_ in done.item_versions] == [1, 0, 1, Decimal("0.5"), 0]
    assert [done.score_raw, done.score_scaled, done.success] == [Decimal("2.5"), Decimal("0.5"), False]


def test_submitting_twice_marks_and_tells_once(opened, at):
    heard = []
    attempt_graded.connect(lambda **kwargs: heard.append(kwargs["attempt"]), weak=False, dispatch_uid="test")
    try:
        first = submit_attempt(attempt=opened, at=at, by=None)
        second = submit_attempt(attempt=opened, at=at + timedelta(hours=1), by=None)
    finally:
        attempt_graded.disconnect(dispatch_uid="test")
    assert len(heard) == 1
    assert first.submitted_at == second.submitted_at


def test_a_receiver_that_fails_undoes_the_submission(opened, at):
    def fails(**kwargs):
        raise RuntimeError

    attempt_graded.connect(fails, dispatch_uid="test")
    try:
        with pytest.raises(RuntimeError):
            submit_attempt(attempt=opened, at=at, by=None)
    finally:
        attempt_graded.disconnect(dispatch_uid="test")
    opened.refresh_from_db()
    assert opened.is_open
    assert opened.submitted_at is None


def test_a_history_tells_the_best_attempt(opened, rows, at):
    save_all(opened, RIGHT, at)
    submit_attempt(attempt=opened, at=at, by=None)
    worse = open_attempt(quiz=rows, learner=opened.learner, registration=opened.registration, at=at)
    submit_attempt(attempt=worse, at=at, by=None)
    history = history_of(rows, opened.learner, opened.registration)
    assert history.best == opened
    assert history.open is None
    assert [attempt.number for attempt in history.submitted] == [2, 1]


def test_without_an_enrollment_the_registration_is_always_the_same(rf, cast, quiz, monkeypatch):
    monkeypatch.setattr(registration, "_providers", [lambda request, activity: None])
    learner = cast.learner(cast.hanako)
    first = registration_of(rf.get("/"), quiz.activity, learner)
    assert first == registration_of(rf.get("/"), quiz.activity, learner)
    assert first != registration_of(rf.get("/"), quiz.activity, cast.learner(cast.kacho))
