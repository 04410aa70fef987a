"""Two events at once, on real connections."""

from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from django.db import connection

from learning.enrollments.models import Enrollment
from learning.progress.models import ActivityProgress, Completion, CourseProgress
from learning.records.models import Statement
from tests.learning.builders import NOW, activities_of, course_of, enrolled, later, learner, read, sat

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
