"""Two people, tabs or workers at once, on real connections: each call has a thread and a connection of its own."""

import time
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from uuid import uuid4

import pytest
from django.db import connection

from assessments.attempts.actions import open_attempt, submit_attempt
from assessments.quizzes.models import Quiz
from learning.assignments.actions import assign
from learning.assignments.models import Assignment, Duty
from learning.certificates.models import Certificate
from learning.enrollments.models import Enrollment
from learning.progress import projection
from learning.progress.models import ActivityProgress, Completion, CourseProgress
from learning.records.models import Statement
from office.jobs import actions as jobs
from office.jobs.models import Job
from tests.assessments.builders import make_course, make_quiz
from tests.learning.builders import NOW, activities_of, course_of, enrolled, later, learner, person, read, sat

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


@pytest.fixture(scope="module", autouse=True)
def kept_database(django_db_setup, django_db_blocker):
    """Each test here empties the database; the last one puts back what the migrations made (the root page)."""
    yield
    with django_db_blocker.unblock():
        connection.creation.deserialize_db_from_string(getattr(connection, "_test_serialized_contents"))  # noqa: B009


def at_once(*calls):
    def run(call):
        try:
            return call()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


def test_two_last_lessons_complete_the_course_once():
    who, course = learner(), course_of(lessons=2, quiz=False)
    enrolled(who, course)
    one, two = activities_of(course)
    results = at_once(lambda: read(who, one), lambda: read(who, two))
    assert sorted(result.course_completed for result in results) == [False, True]
    assert Completion.objects.count() == 1
    assert CourseProgress.objects.get().satisfied_count == 2


def test_a_double_click_is_one_event():
    who, course = learner(), course_of(lessons=2, quiz=False)
    enrolled(who, course)
    lesson = activities_of(course)[0]
    results = at_once(*[lambda: read(who, lesson, once="completed")] * 4)
    assert len({result.statement for result in results}) == 1
    assert sum(not result.is_repeat for result in results) == 1
    assert Statement.objects.count() == 1


def test_no_result_of_many_is_lost():
    who, course = learner(), course_of(lessons=1)
    enrolled(who, course)
    quiz = activities_of(course)[-1]
    at_once(*[lambda n=n: sat(who, quiz, "0.5", later(n), statement_uuid=uuid4()) for n in range(6)])
    assert ActivityProgress.objects.get().count == 6


def test_two_tabs_open_one_period():
    who, course = learner(), course_of()
    opened = at_once(*[lambda: enrolled(who, course, NOW)] * 4)
    assert len({enrollment.pk for enrollment in opened}) == 1
    assert Enrollment.objects.count() == 1


def test_the_event_that_completes_a_course_comes_twice_and_there_is_one_certificate():
    who, course = learner(), course_of(lessons=1, quiz=False)
    enrolled(who, course)
    (lesson,) = activities_of(course)
    results = at_once(*[lambda: read(who, lesson, once="completed")] * 3)
    assert len({(result.statement, result.course_completed) for result in results}) == 1
    assert Completion.objects.count() == 1
    assert Certificate.objects.count() == 1


def test_a_quiz_that_is_handed_in_twice_is_marked_and_recorded_once():
    who = learner()
    page = make_quiz(make_course())
    quiz = Quiz.objects.get(activity=page.activity)
    period = enrolled(who, page.activity.course)
    attempt = open_attempt(quiz=quiz, learner=who, registration=period.uuid, at=NOW)
    at_once(*[lambda: submit_attempt(attempt=attempt, at=later(1), by=who.user)] * 3)
    assert Statement.objects.filter(activity=page.activity).count() == 1
    assert ActivityProgress.objects.get(activity=page.activity).count == 1


def assigned(course, officer, who, **more):
    values = {"opens_on": NOW.date(), "due_on": None, "reason": "全職員が受けます。", "at": NOW, **more}
    return assign(course=course, learners=[who], by=officer, **values)


def test_the_same_assignment_sent_twice_is_made_once():
    who, officer, course, token = learner(), person("officer"), course_of(), uuid4()
    made = at_once(*[lambda: assigned(course, officer, who, token=token)] * 3)
    assert len({assignment.pk for assignment in made}) == 1
    assert (Assignment.objects.count(), Duty.objects.count()) == (1, 1)


def test_two_officers_assign_the_same_course_at_once_and_it_is_one_period():
    who, course = learner(), course_of()
    officers = [person("one"), person("two")]
    at_once(*[lambda officer=officer: assigned(course, officer, who) for officer in officers])
    assert (Assignment.objects.count(), Duty.objects.count(), Enrollment.objects.count()) == (2, 2, 1)


def test_a_course_is_assigned_to_somebody_at_the_moment_of_an_event(monkeypatch):
    """The event has its period and wants the learner, the assignment has the learner and wants the period."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time: the second one begins when the first has ended")
    who, officer, course = learner(), person("officer"), course_of(lessons=2, quiz=False)
    enrolled(who, course)
    lesson, has_period, real = activities_of(course)[0], Event(), projection.snapshot

    def slowly(*args):
        has_period.set()
        wait_until_somebody_waits()
        return real(*args)

    def assign_then():
        has_period.wait(10)
        return assigned(course, officer, who)

    monkeypatch.setattr(projection, "snapshot", slowly)
    result, _assignment = at_once(lambda: read(who, lesson), assign_then)
    assert result.satisfied
    assert Duty.objects.get().enrollment == Enrollment.objects.get()


def wait_until_somebody_waits():
    """For a lock of this database."""
    until = time.monotonic() + 5
    with connection.cursor() as cursor:
        while time.monotonic() < until:
            cursor.execute(
                "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
            )
            if cursor.fetchone():
                return
            time.sleep(0.02)
            cursor.execute("SELECT pg_stat_clear_snapshot()")


def test_a_double_click_starts_one_job(monkeypatch):
    monkeypatch.setitem(jobs._handlers, "test.at_once", lambda job: None)
    monkeypatch.setattr(jobs, "_wake", lambda job_id: None)

    def start():
        return jobs.start_job(kind="test.at_once", title="取込み", params={"a": 1}, owner=None, at=NOW)

    assert len({job.pk for job in at_once(*[start] * 4)}) == 1
    assert Job.objects.count() == 1
