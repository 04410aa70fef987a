"""A course that asks for less than before completes those who have all of it."""

import pytest

from courses.catalog.models import Activity
from learning.assignments.actions import assign
from learning.assignments.models import Duty
from learning.certificates.models import Certificate
from learning.progress.completions import required_by
from learning.progress.models import Completion
from learning.progress.readiness import complete_if_ready, ready, start_if_needed
from office.jobs.models import Job
from tests.cast import AT, TODAY
from tests.learning.builders import activities_of, course_of, enrolled, later, learner, read

pytestmark = pytest.mark.django_db


def withdrawn(course, activity):
    """As the catalog does it when a page is unpublished."""
    Activity.objects.filter(pk=activity.pk).update(is_offered=False)
    course.required_count -= 1
    course.save(update_fields=["required_count", "lesson_titles"])


def test_who_lacked_only_the_withdrawn_lesson_has_completed(cast, django_capture_on_commit_callbacks):
    course = course_of(lessons=3, quiz=False)
    one, two, three = activities_of(course)
    assign(
        course=course,
        organization=cast.zeimu,
        opens_on=TODAY,
        due_on=None,
        reason="必修",
        by=cast.officer,
        at=AT,
    )
    for lesson in (one, two):
        read(cast.learner(cast.hanako), lesson, AT)
    read(cast.learner(cast.kacho), one, AT)
    with django_capture_on_commit_callbacks(execute=True):
        withdrawn(course, three)
    completion = Completion.objects.get()
    assert completion.enrollment.learner == cast.learner(cast.hanako)
    assert [entry["code"] for entry in required_by(completion.facts)] == ["T100-L1", "T100-L2"]
    assert completion.source == "lesson"
    assert Duty.objects.get(learner=cast.learner(cast.hanako)).done_at == completion.completed_at
    assert Duty.objects.get(learner=cast.learner(cast.kacho)).done_at is None
    assert Certificate.objects.filter(completion=completion).exists()
    assert Job.objects.get().state == "done"


def test_it_completes_once():
    who, course = learner(), course_of(lessons=2, quiz=False)
    period = enrolled(who, course)
    one, two = activities_of(course)
    read(who, one)
    assert not complete_if_ready(enrollment_id=period.pk, at=later(1))
    withdrawn(course, two)
    assert complete_if_ready(enrollment_id=period.pk, at=later(2))
    assert not complete_if_ready(enrollment_id=period.pk, at=later(3))
    assert Completion.objects.get().completed_at == later(2)


def test_a_course_with_nothing_left_completes_nobody():
    who, course = learner(), course_of(lessons=1, quiz=False)
    enrolled(who, course)
    (lesson,) = activities_of(course)
    withdrawn(course, lesson)
    assert not ready(course).exists()
    assert start_if_needed(course=course, at=later(1)) is None


@pytest.mark.parametrize("people", [3, 30])
def test_asking_costs_one_query(people, django_assert_num_queries):
    course = course_of(lessons=2, quiz=False)
    for number in range(people):
        enrolled(learner(f"p{number}"), course)
    with django_assert_num_queries(1):
        assert start_if_needed(course=course, at=later(1)) is None
