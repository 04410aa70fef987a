"""Who may open a course."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory

from courses.catalog.enums import CourseStatus
from courses.lessons.access import may_open
from learning.enrollments.models import Enrollment
from tests.learning.builders import course_of, enrolled

pytestmark = pytest.mark.django_db
SIGN_IN, CLOSED, OPEN = "sign_in", "not_found", None


@pytest.fixture
def ask(cast):
    def answer(who, course):
        request = RequestFactory().get("/")
        request.user = getattr(cast, who) if who else AnonymousUser()
        request.session = {}  # type: ignore[assignment]
        decision = may_open(request, course)
        assert decision.allowed is (decision.answer is None)
        return decision.answer

    return answer


@pytest.mark.parametrize(
    ("facts", "answers"),
    [
        ({"open_to_guests": True}, {None: OPEN, "hanako": OPEN}),
        ({}, {None: SIGN_IN, "hanako": OPEN, "outsider": OPEN, "pupil": OPEN}),
        (
            {"self_enrollment": False},
            {
                None: SIGN_IN,
                "hanako": CLOSED,
                "teacher": OPEN,
                "officer": OPEN,
                "author": OPEN,
                "kacho": CLOSED,
            },
        ),
        (
            {"status": CourseStatus.DRAFT, "open_to_guests": True},
            {
                None: SIGN_IN,
                "hanako": CLOSED,
                "teacher": CLOSED,
                "author": OPEN,
                "editor": OPEN,
                "admin": OPEN,
            },
        ),
        ({"status": CourseStatus.RETIRED}, {None: SIGN_IN, "hanako": CLOSED, "author": OPEN}),
    ],
)
def test_the_table_of_doors(ask, facts, answers):
    course = course_of(**facts)
    assert {who: ask(who, course) for who in answers} == answers


def test_who_is_enrolled_comes_in(ask, cast):
    course = course_of()
    enrolled(cast.learner(cast.hanako), course)
    course.self_enrollment = False
    assert ask("hanako", course) is OPEN
    course.status = CourseStatus.RETIRED
    assert ask("hanako", course) is OPEN
    Enrollment.objects.update(closed_at=Enrollment.objects.get().opened_at)
    assert ask("hanako", course) is OPEN
    course.status = CourseStatus.DRAFT
    assert ask("hanako", course) is CLOSED


def test_what_is_open_to_every_member_costs_no_query(ask, django_assert_num_queries):
    course = course_of()
    with django_assert_num_queries(0):
        ask("hanako", course)
