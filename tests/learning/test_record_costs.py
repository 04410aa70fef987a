"""What an event costs, however long the course is."""

import json

import pytest
from django.db import connection

from learning.progress.completions import required_by
from learning.progress.models import Completion
from tests.learning.builders import activities_of, course_of, enrolled, guest, later, learner, read, sat

pytestmark = pytest.mark.django_db
BOOKKEEPING = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT")


def working(captured) -> list[str]:
    """The queries without those that only open and close a transaction."""
    return [q["sql"] for q in captured.captured_queries if not q["sql"].startswith(BOOKKEEPING)]


@pytest.fixture
def capture(django_assert_max_num_queries):
    return lambda: django_assert_max_num_queries(100)


@pytest.mark.parametrize("lessons", [20, 200])
def test_a_plain_event_costs_the_same_however_long_the_course(lessons, capture):
    who, course = learner(), course_of(lessons=lessons)
    enrolled(who, course)
    one, two, *_rest = activities_of(course)
    read(who, one)
    with capture() as captured:
        read(who, two, later(1))
    # On PostgreSQL the three writes are one.
    assert len(working(captured)) == (3 if connection.vendor == "postgresql" else 5)


@pytest.mark.parametrize("lessons", [20, 200])
def test_an_event_that_completes_costs_the_same_however_long_the_course(lessons, capture):
    who, course = learner(), course_of(lessons=lessons)
    enrollment = enrolled(who, course)
    *others, quiz = activities_of(course)
    for lesson in others[:-1]:
        read(who, lesson)
    read(who, others[-1])
    with capture() as captured:
        assert sat(who, quiz, "0.9", later(1)).course_completed
    # The first completion by a list of activities keeps that list, too.
    assert len(working(captured)) <= (6 if connection.vendor == "postgresql" else 9)
    facts = Completion.objects.get(enrollment=enrollment).facts
    assert facts["required"]["count"] == len(required_by(facts)) == lessons + 1


def test_a_completion_is_as_small_in_a_long_course_as_in_a_short_one():
    sizes = []
    for lessons in (2, 20):
        who, course = guest(), course_of(f"T{lessons}", lessons=lessons, quiz=False)
        enrollment = enrolled(who, course)
        for lesson in activities_of(course):
            read(who, lesson)
        statement = Completion.objects.get(enrollment=enrollment).statement
        sizes.append(len(json.dumps(statement.body)))
    assert abs(sizes[0] - sizes[1]) < 20
