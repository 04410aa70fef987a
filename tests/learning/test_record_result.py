"""The one way that progress changes."""

from decimal import Decimal
from uuid import uuid4

import pytest

from courses.catalog.enums import ActivityKind, MoveOn, Scoring
from courses.catalog.models import Activity
from learning.enrollments.models import Enrollment
from learning.progress.actions import NotEnrolled, StatementConflict, record_result
from learning.progress.completions import required_by
from learning.progress.enums import ProgressStatus
from learning.progress.models import ActivityProgress, Completion, CourseProgress
from learning.progress.signals import course_completed
from learning.records.enums import ResultSource, Verb
from learning.records.models import Statement
from learning.records.rules import Result
from people.learners.actions import claim_learner
from tests.learning.builders import (
    NOW,
    activities_of,
    completed,
    course_of,
    enrolled,
    guest,
    later,
    learner,
    person,
    read,
    sat,
)

pytestmark = pytest.mark.django_db


def test_it_records_and_projects():
    who, course = learner(), course_of(lessons=2, quiz=False)
    enrollment = enrolled(who, course)
    first, _second = activities_of(course)
    recorded = read(who, first)
    assert (recorded.satisfied, recorded.course_completed, recorded.is_repeat) == (True, False, False)
    statement = Statement.objects.get()
    assert statement.uuid == recorded.statement
    assert statement.registration == recorded.registration == enrollment.uuid
    assert (statement.move_on, statement.counts) == (MoveOn.COMPLETED, True)
    assert statement.body["actor"]["account"]["name"] == str(who.uuid)
    progress = CourseProgress.objects.get(enrollment=enrollment)
    assert (progress.status, progress.satisfied_count, progress.last_activity) == (
        ProgressStatus.IN_PROGRESS,
        1,
        first,
    )


def test_it_completes_a_course_and_freezes_the_facts():
    who, course = learner(), course_of(lessons=2, recertify_every=1)
    enrollment = enrolled(who, course)
    one, two, quiz = activities_of(course)
    read(who, one)
    read(who, two, later(1))
    assert not sat(who, quiz, "0.5", later(2)).course_completed
    recorded = sat(who, quiz, "0.95", later(3))
    assert recorded.course_completed
    completion = Completion.objects.get(enrollment=enrollment)
    assert completion.completed_at == later(3)
    assert (completion.course_revision, completion.source) == (3, ResultSource.QUIZ)
    assert completion.score_scaled == Decimal("0.95")
    assert completion.facts["course"] == {
        "code": "T100", "title": "試験コースT100", "minutes": 30, "revision": 3, "scoring": "scored",
        "recertify_every": 1,
    }  # fmt: skip
    assert [entry["code"] for entry in required_by(completion.facts)] == ["T100-L1", "T100-L2", "T100-Q"]
    assert "3" in completion.facts["rule"] and "80" in completion.facts["rule"]
    assert completion.statement.verb == Verb.SATISFIED
    progress = CourseProgress.objects.get(enrollment=enrollment)
    assert (progress.status, progress.completed_at) == (ProgressStatus.COMPLETED, later(3))


def test_what_comes_after_the_completion_is_recorded_and_reopens_nothing():
    who, course = learner(), course_of(lessons=1)
    enrollment = completed(who, course)
    quiz = activities_of(course)[-1]
    recorded = sat(who, quiz, "0.1", later(10))
    assert recorded.satisfied and not recorded.course_completed
    assert Completion.objects.filter(enrollment=enrollment).count() == 1
    state = ActivityProgress.objects.get(activity=quiz)
    assert (state.is_passed, state.best_scaled, state.count) == (True, Decimal("0.9"), 2)
    assert Statement.objects.filter(activity=quiz).count() == 2


def test_the_same_statement_again_gives_the_first_answer():
    who, course = learner(), course_of(lessons=1)
    enrolled(who, course)
    lesson, quiz = activities_of(course)
    failed_uuid, passed_uuid = uuid4(), uuid4()
    read(who, lesson)
    failed = sat(who, quiz, "0.3", statement_uuid=failed_uuid)
    passed = sat(who, quiz, "0.9", later(1), statement_uuid=passed_uuid)
    again_failed = sat(who, quiz, "0.3", later(2), statement_uuid=failed_uuid)
    again_passed = sat(who, quiz, "0.9", later(3), statement_uuid=passed_uuid)
    assert (again_failed.satisfied, again_failed.course_completed) == (
        failed.satisfied,
        failed.course_completed,
    )
    assert (again_passed.satisfied, again_passed.course_completed) == (
        passed.satisfied,
        passed.course_completed,
    )
    assert again_passed.is_repeat and not passed.is_repeat
    assert Statement.objects.count() == 4
    assert ActivityProgress.objects.get(activity=quiz).count == 2


def test_a_uuid_of_another_record_is_refused():
    one, other, course = learner("one"), learner("other"), course_of(lessons=1, quiz=False)
    enrolled(one, course)
    enrolled(other, course)
    used = read(one, activities_of(course)[0]).statement
    with pytest.raises(StatementConflict):
        read(other, activities_of(course)[0], statement_uuid=used)
    assert Statement.objects.filter(learner=other).count() == 0


def test_once_means_once_a_period():
    who, course = learner(), course_of(lessons=2, quiz=False)
    enrolled(who, course)
    lesson = activities_of(course)[0]
    first = read(who, lesson, once="completed")
    second = read(who, lesson, later(5), once="completed")
    assert second.statement == first.statement and second.is_repeat
    assert Statement.objects.count() == 1


def test_without_a_period_there_is_nothing_to_record_under():
    who, course = learner(), course_of()
    with pytest.raises(NotEnrolled):
        read(who, activities_of(course)[0])
    with pytest.raises(NotEnrolled):
        read(who, Activity.objects.create(kind=ActivityKind.LESSON, title="どこにもない課"))
    assert Statement.objects.count() == 0


def test_a_result_may_name_a_closed_period():
    who, course = learner(), course_of(lessons=1, quiz=False)
    enrollment = enrolled(who, course)
    Enrollment.objects.filter(pk=enrollment.pk).update(closed_at=NOW)
    assert read(who, activities_of(course)[0], registration=enrollment.uuid).course_completed
    with pytest.raises(NotEnrolled):
        read(learner("stranger"), activities_of(course)[0], registration=enrollment.uuid)


def test_what_does_not_count_never_completes():
    who, course = learner(), course_of(lessons=2, quiz=False)
    enrolled(who, course)
    one, two = activities_of(course)
    Activity.objects.filter(pk=two.pk).update(is_required=False)
    block = Activity.objects.create(
        course=course,
        parent=one,
        kind=ActivityKind.PRACTICE,
        title="行動宣言",
        is_offered=True,
        is_required=False,
    )
    two.refresh_from_db()
    assert not read(who, two).course_completed
    assert not read(who, block, later(1)).course_completed
    progress = CourseProgress.objects.get()
    assert (progress.satisfied_count, progress.last_activity) == (0, one)
    assert read(who, one, later(2)).course_completed


def test_a_lesson_that_needs_no_record_is_not_waited_for():
    who, course = learner(), course_of(lessons=2, quiz=False)
    enrolled(who, course)
    one, two = activities_of(course)
    Activity.objects.filter(pk=two.pk).update(move_on=MoveOn.NOT_APPLICABLE)
    assert read(who, one).course_completed


def test_a_retired_lesson_is_not_waited_for_and_its_record_stays():
    who, course = learner(), course_of(lessons=3, quiz=False)
    enrolled(who, course)
    one, two, three = activities_of(course)
    read(who, one)
    Activity.objects.filter(pk=one.pk).update(is_offered=False)
    assert not read(who, two, later(1)).course_completed
    assert read(who, three, later(2)).course_completed
    assert Statement.objects.filter(activity=one).exists()
    assert CourseProgress.objects.get().satisfied_count == 3


def test_a_lesson_that_was_added_is_waited_for():
    who, course = learner(), course_of(lessons=2, quiz=False)
    enrolled(who, course)
    one, two = activities_of(course)
    read(who, one)
    Activity.objects.filter(pk=one.pk).update(is_offered=False)
    new = Activity.objects.create(
        course=course, kind=ActivityKind.LESSON, title="新しい課", is_offered=True, order=9
    )
    assert not read(who, two, later(1)).course_completed
    assert read(who, new, later(2)).course_completed


def test_practice_completes_without_a_score():
    who, course = guest(), course_of(lessons=1, scoring=Scoring.PRACTICE, pass_mark=None)
    enrolled(who, course)
    lesson, quiz = activities_of(course)
    read(who, lesson)
    recorded = record_result(
        learner=who,
        activity=quiz,
        result=Result(completion=True),
        verb=Verb.COMPLETED,
        source=ResultSource.QUIZ,
        at=NOW,
    )
    assert recorded.course_completed
    assert Completion.objects.get().score_scaled is None


def test_a_waived_activity_is_satisfied():
    who, course = learner(), course_of(lessons=0)
    enrolled(who, course)
    (quiz,) = activities_of(course)
    recorded = record_result(
        learner=who,
        activity=quiz,
        result=Result(),
        verb=Verb.WAIVED,
        source=ResultSource.OBSERVER,
        at=NOW,
        by=person("officer"),
    )
    assert recorded.course_completed
    assert Statement.objects.filter(activity=quiz).get().body["context"]["instructor"]


def test_somebody_who_claims_a_guest_goes_on_with_the_same_record():
    visitor, course = guest(), course_of(lessons=2, quiz=False)
    enrollment = enrolled(visitor, course)
    one, two = activities_of(course)
    read(visitor, one)
    user = person()
    who = learner_for(user)
    claim_learner(learner=visitor, user=user, by=None, at=later(1))
    assert enrolled(who, course, later(2)) == enrollment
    assert read(who, two, later(3)).course_completed
    assert set(Statement.objects.values_list("learner", flat=True)) == {visitor.pk}


def learner_for(user):
    from people.learners.actions import learner_of

    return learner_of(user, at=NOW)


def test_listeners_hear_of_a_completion_after_the_commit(django_capture_on_commit_callbacks):
    heard = []

    def hear(sender, completion_id, course, at, **kwargs):
        heard.append((completion_id, course.code, at))

    def break_down(sender, **kwargs):
        raise RuntimeError("broker is down")

    course_completed.connect(break_down)
    course_completed.connect(hear)
    try:
        with django_capture_on_commit_callbacks(execute=False) as callbacks:
            completed(learner(), course_of(lessons=1))
        assert heard == []
        with pytest.raises(RuntimeError):
            callbacks[0]()
    finally:
        course_completed.disconnect(break_down)
        course_completed.disconnect(hear)
    assert Completion.objects.count() == 1
