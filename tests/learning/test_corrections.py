"""Statements taken back, and projections rebuilt."""

from io import StringIO

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from wagtail.models import ModelLogEntry

from learning.assignments.models import Assignment, Duty
from learning.progress.corrections import void_statement
from learning.progress.enums import ProgressStatus
from learning.progress.models import ActivityProgress, Completion, CourseProgress
from learning.records.enums import Verb
from learning.records.models import Statement
from tests.learning.builders import (
    NOW,
    activities_of,
    completed,
    course_of,
    enrolled,
    later,
    learner,
    person,
    read,
    sat,
)

pytestmark = pytest.mark.django_db


def voided(statement, reason="他の人の答えだった"):
    void_statement(statement=statement, reason=reason, by=person("officer"), at=later(60))


def duty_for(enrollment, done_at=None):
    by = person("assigner")
    assignment = Assignment.objects.create(
        course=enrollment.course, opens_on=NOW, reason="研修", assigned_by=by, created_at=NOW
    )
    return Duty.objects.create(
        assignment=assignment, learner=enrollment.learner, enrollment=enrollment, done_at=done_at
    )


def test_nothing_follows_from_a_statement_that_was_taken_back():
    who, course = learner(), course_of(lessons=2, quiz=False)
    enrollment = enrolled(who, course)
    one, two = activities_of(course)
    wrong = read(who, one)
    read(who, two, later(1))
    assert Completion.objects.standing().count() == 1
    voided(Statement.objects.get(uuid=wrong.statement))
    assert not ActivityProgress.objects.filter(activity=one).exists()
    assert ActivityProgress.objects.filter(activity=two).exists()
    assert CourseProgress.objects.get(enrollment=enrollment).status == ProgressStatus.IN_PROGRESS
    assert Completion.objects.get().voided_at == later(60)
    assert Statement.objects.filter(verb=Verb.VOIDED).count() == 2
    entry = ModelLogEntry.objects.get(action="learning.statement_voided")
    assert entry.data["reason"] == "他の人の答えだった"


def test_a_course_may_be_completed_again_in_the_same_period():
    who, course = learner(), course_of(lessons=1, quiz=False)
    enrollment = enrolled(who, course)
    lesson = activities_of(course)[0]
    wrong = read(who, lesson, once="completed")
    duty = duty_for(enrollment, done_at=NOW)
    voided(Statement.objects.get(uuid=wrong.statement))
    duty.refresh_from_db()
    assert duty.done_at is None
    again = read(who, lesson, later(90), once="completed")
    assert again.course_completed and again.statement != wrong.statement
    duty.refresh_from_db()
    assert duty.done_at == later(90)
    assert Completion.objects.standing().get().completed_at == later(90)


def test_a_retry_of_what_was_taken_back_does_not_bring_it_back():
    who, course = learner(), course_of(lessons=2, quiz=False)
    enrolled(who, course)
    lesson = activities_of(course)[0]
    wrong = read(who, lesson)
    voided(Statement.objects.get(uuid=wrong.statement))
    again = read(who, lesson, later(90), statement_uuid=wrong.statement)
    assert again.is_voided and again.is_repeat and not again.satisfied
    assert not ActivityProgress.objects.exists()


def test_a_statement_that_something_else_also_proves_may_go():
    who, course = learner(), course_of(lessons=0)
    enrolled(who, course)
    (quiz,) = activities_of(course)
    first = sat(who, quiz, "0.9")
    sat(who, quiz, "1.0", later(1))
    voided(Statement.objects.get(uuid=first.statement))
    assert Completion.objects.standing().count() == 1
    assert ActivityProgress.objects.get().satisfied_at == later(1)


def test_the_satisfied_of_a_course_may_itself_be_taken_back():
    who, course = learner(), course_of(lessons=1, quiz=False)
    completed(who, course)
    voided(Completion.objects.get().statement)
    assert CourseProgress.objects.get().status == ProgressStatus.IN_PROGRESS
    assert not Completion.objects.standing().exists()


def test_nothing_is_taken_back_twice_or_without_a_reason():
    who, course = learner(), course_of(lessons=2, quiz=False)
    enrolled(who, course)
    statement = Statement.objects.get(uuid=read(who, activities_of(course)[0]).statement)
    officer = person("officer")
    with pytest.raises(ValidationError):
        void_statement(statement=statement, reason=" ", by=officer, at=NOW)
    void_statement(statement=statement, reason="誤り", by=officer, at=NOW)
    with pytest.raises(ValidationError):
        void_statement(statement=statement, reason="誤り", by=officer, at=NOW)
    with pytest.raises(ValidationError):
        void_statement(statement=Statement.objects.get(verb=Verb.VOIDED), reason="誤り", by=officer, at=NOW)


def rebuild(*args):
    out = StringIO()
    call_command("rebuild_progress", *args, stdout=out)
    return out.getvalue()


def test_it_says_that_all_is_well():
    completed(learner(), course_of())
    assert "Progress is what the statements say." in rebuild("--check")


def test_it_names_what_differs_and_repairs_it():
    enrollment = completed(learner(), course_of("T100"))
    duty_for(enrollment)
    completed(learner("other"), course_of("T200"))
    ActivityProgress.objects.filter(enrollment=enrollment).update(satisfied_at=None)
    CourseProgress.objects.filter(enrollment=enrollment).delete()
    Completion.objects.filter(enrollment=enrollment).delete()
    out = StringIO()
    with pytest.raises(CommandError, match="7 projections"):
        call_command("rebuild_progress", "--check", stdout=out)
    told = out.getvalue()
    assert f"T100 {enrollment.uuid} course: found nothing" in told
    assert "completion" in told and "duty" in told and "T200" not in told
    assert not CourseProgress.objects.filter(enrollment=enrollment).exists()
    assert "7 replaced." in rebuild()
    assert Completion.objects.get(enrollment=enrollment).facts["course"]["code"] == "T100"
    assert Duty.objects.get().done_at == NOW


def test_it_looks_at_one_course_alone():
    enrollment = completed(learner(), course_of("T100"))
    course_of("T200")
    CourseProgress.objects.filter(enrollment=enrollment).update(satisfied_count=0)
    rebuild("--check", "--course", "T200")
    with pytest.raises(CommandError, match="1 projections"):
        rebuild("--check", "--course", "T100")
    with pytest.raises(CommandError, match="No course"):
        rebuild("--check", "--course", "X")
    rebuild("--course", "T100")


def test_it_goes_through_enrollments_in_chunks(monkeypatch, django_assert_max_num_queries):
    monkeypatch.setattr("learning.progress.corrections.CHUNK", 2)
    course = course_of(lessons=1)
    for name in "abcde":
        completed(learner(name), course)
    CourseProgress.objects.update(satisfied_count=9)
    assert "5 replaced." in rebuild()


def test_a_statement_of_no_enrollment_is_reported(request):
    who, course = learner(), course_of(lessons=1, quiz=False)
    enrollment = enrolled(who, course)
    read(who, activities_of(course)[0])
    kept = enrollment.uuid
    type(enrollment).objects.filter(pk=enrollment.pk).update(uuid=who.uuid)
    with pytest.raises(CommandError, match="2 statements without enrollment"):
        rebuild("--check")
    type(enrollment).objects.filter(pk=enrollment.pk).update(uuid=kept)
