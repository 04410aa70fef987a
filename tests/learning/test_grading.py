"""A submitted quiz becomes a record, in the same transaction."""

from decimal import Decimal
from uuid import uuid4

import pytest

from assessments.attempts.actions import open_attempt, save_answers, submit_attempt
from assessments.attempts.models import Attempt
from assessments.items.models import Item, ItemVersion
from assessments.quizzes.models import Quiz, QuizEntry
from courses.catalog.enums import Scoring
from learning.progress.models import ActivityProgress, Completion
from learning.records.enums import Verb
from learning.records.models import Statement
from tests.learning.builders import NOW, activities_of, course_of, enrolled, guest, later, learner

pytestmark = pytest.mark.django_db


def quiz_of(activity, scoring=Scoring.SCORED, pass_mark=80):
    """Two questions; «a» is right."""
    quiz = Quiz.objects.create(activity=activity, scoring=scoring, pass_mark=pass_mark)
    for order in (0, 1):
        item = Item.objects.create(code=f"{activity.code}-{order}")
        item.current = ItemVersion.objects.create(
            item=item, number=1, kind="single", stem="どれ", key=["a"], created_at=NOW,
            options=[{"id": "a", "text": "これ"}, {"id": "b", "text": "それ"}],
        )  # fmt: skip
        item.save()
        QuizEntry.objects.create(quiz=quiz, item=item, version=item.current, order=order)
    return quiz


def handed_in(quiz, who, registration, answers, at=NOW) -> Attempt:
    attempt = open_attempt(quiz=quiz, learner=who, registration=registration, at=at)
    save_answers(attempt=attempt, raws=dict(zip(attempt.item_versions, answers, strict=True)), at=at)
    return submit_attempt(attempt=attempt, at=at, by=None)


def test_a_failed_and_a_passed_attempt_are_recorded():
    who, course = learner(), course_of(lessons=0)
    period = enrolled(who, course)
    (activity,) = activities_of(course)
    quiz = quiz_of(activity)
    handed_in(quiz, who, period.uuid, [["a"], ["b"]])
    handed_in(quiz, who, period.uuid, [["a"], ["a"]], later(5))
    failed, passed = Statement.objects.filter(activity=activity).order_by("pk")
    assert (failed.verb, failed.success, failed.score_scaled) == (Verb.FAILED, False, Decimal("0.5"))
    assert (passed.verb, passed.success, passed.score_scaled) == (Verb.PASSED, True, Decimal(1))
    assert passed.body["result"]["score"] == {"scaled": 1.0, "raw": 2.0, "min": 0.0, "max": 2.0}
    assert passed.completion is True
    assert Completion.objects.get().source == "quiz"


def test_practice_leaves_no_score():
    who = guest()
    course = course_of(lessons=0, scoring=Scoring.PRACTICE, pass_mark=None, open_to_guests=True)
    period = enrolled(who, course)
    (activity,) = activities_of(course)
    handed_in(quiz_of(activity, Scoring.PRACTICE, None), who, period.uuid, [["b"], ["b"]])
    statement = Statement.objects.get(activity=activity)
    assert (statement.verb, statement.success, statement.score_scaled) == (Verb.COMPLETED, None, None)
    assert "score" not in str(statement.body)
    assert Completion.objects.count() == 1


def test_submitting_twice_is_one_record():
    who, course = learner(), course_of(lessons=0)
    period = enrolled(who, course)
    attempt = handed_in(quiz_of(activities_of(course)[0]), who, period.uuid, [["a"], ["a"]])
    submit_attempt(attempt=attempt, at=later(9), by=None)
    assert ActivityProgress.objects.get().count == 1


def test_an_attempt_outside_any_period_is_marked_and_not_recorded():
    who, course = learner(), course_of(lessons=0)
    attempt = handed_in(quiz_of(activities_of(course)[0]), who, uuid4(), [["a"], ["a"]])
    assert attempt.success and not Statement.objects.exists()


def test_an_attempt_of_a_closed_period_counts_for_that_period():
    who, course = learner(), course_of(lessons=0)
    period = enrolled(who, course)
    quiz = quiz_of(activities_of(course)[0])
    attempt = open_attempt(quiz=quiz, learner=who, registration=period.uuid, at=NOW)
    save_answers(attempt=attempt, raws={key: ["a"] for key in attempt.item_versions}, at=NOW)
    period.closed_at = later(1)
    period.save()
    enrolled(who, course, later(2))
    submit_attempt(attempt=attempt, at=later(3), by=None)
    assert Completion.objects.get().enrollment == period
