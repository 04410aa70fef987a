"""One lesson assigned beside the whole course: what is due first leads, at home and on the course's page."""

from datetime import timedelta

import pytest
from django.test import RequestFactory
from django.utils import timezone

from learning.assignments.actions import assign
from learning.home.queries import home_of
from learning.home.standings import standing_of
from tests.learning.builders import activities_of, course_of, read

pytestmark = pytest.mark.django_db


@pytest.fixture
def both_assigned(cast, clock):
    """The whole course by next month, its second lesson by next week."""
    course, now = course_of(), timezone.now()
    today = timezone.localtime(now).date()
    second = activities_of(course)[1]
    for days, part in ((30, None), (7, second)):
        assign(
            course=course,
            activity=part,
            organization=cast.zeimu,
            opens_on=today,
            due_on=today + timedelta(days=days),
            reason="必修",
            by=cast.officer,
            at=now,
        )
    return course, second


def as_hanako(cast):
    request = RequestFactory().get("/")
    request.user = cast.hanako
    request.session = {}  # type: ignore[assignment]
    return request


def leading_title(request):
    """The title of the one thing to do first."""
    task = home_of(request).next
    assert task and task.step
    return task.step.title


def test_the_lesson_that_is_due_first_leads(cast, both_assigned):
    course, second = both_assigned
    request = as_hanako(cast)
    assert leading_title(request) == second.title
    assert standing_of(request, course).next_activity == second


def test_then_the_course_goes_on_at_its_beginning(cast, both_assigned):
    course, second = both_assigned
    read(cast.learner(cast.hanako), second, timezone.now())
    first = activities_of(course)[0]
    assert leading_title(as_hanako(cast)) == first.title
    assert standing_of(as_hanako(cast), course).next_activity == first
