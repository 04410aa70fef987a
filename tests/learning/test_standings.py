"""Where the reader stands with a course."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template import Context, Template
from django.test import RequestFactory

from courses.catalog.enums import CourseStatus
from courses.catalog.models import Activity
from learning.assignments.actions import assign
from learning.certificates.actions import issue_missing_certificates
from learning.home.standings import standing_of
from learning.progress.enums import ProgressStatus
from people.learners.actions import claim_learner
from tests.cast import AT, TODAY
from tests.learning.builders import activities_of, completed, course_of, enrolled, guest, read

pytestmark = pytest.mark.django_db


@pytest.fixture
def stand(cast):
    def standing(who, course, session=None):
        request = RequestFactory().get("/")
        request.user = getattr(cast, who) if who else AnonymousUser()
        request.session = session or {}  # type: ignore[assignment]
        return standing_of(request, course)

    return standing


def test_a_stranger_stands_nowhere_yet(stand):
    course = course_of()
    visitor, member = stand(None, course), stand("hanako", course)
    assert (visitor.enrollment, visitor.status, visitor.total, visitor.can_enroll) == (None, "", 4, False)
    assert (member.can_enroll, member.can_record) == (True, True)
    assert not stand("hanako", course_of("T200", status=CourseStatus.DRAFT)).can_record


def test_it_says_how_far_the_reader_is(stand, cast):
    course, who = course_of(lessons=3), cast.learner(cast.hanako)
    one, two, three, _quiz = activities_of(course)
    Activity.objects.filter(pk=three.pk).update(is_required=False)
    enrolled(who, course, AT)
    assert stand("hanako", course).status == ProgressStatus.NOT_STARTED
    read(who, one, AT)
    read(who, three, AT)
    standing = stand("hanako", course)
    assert (standing.status, standing.done, standing.total) == (ProgressStatus.IN_PROGRESS, 1, 3)
    assert standing.satisfied_ids == {one.pk, three.pk}
    assert standing.next_activity == two and standing.next_activity.url == "/courses/t100/l2/"
    assert not standing.can_enroll and standing.can_record


def test_it_says_why_and_until_when(stand, cast):
    course = course_of()
    due = TODAY + timedelta(days=9)
    assign(
        course=course, organization=cast.zeimu, opens_on=TODAY, due_on=due, reason="必修", by=cast.officer, at=AT
    )  # fmt: skip
    standing = stand("hanako", course)
    assert standing.reasons == ["税務課の会計年度任用職員のため（必修）"]
    assert standing.due_on == due and not standing.is_late


def test_it_shows_the_certificate(stand, cast):
    course = course_of(lessons=1, recertify_every=1)
    completed(cast.learner(cast.hanako), course, AT)
    assert stand("hanako", course).certificate is None
    issue_missing_certificates(at=AT)
    standing = stand("hanako", course)
    assert standing.certificate.code and standing.completed_at == AT and standing.next_activity is None
    assert not standing.is_expired and not standing.can_enroll


def test_a_completion_of_an_earlier_year_may_be_renewed(stand, cast):
    course = course_of(lessons=1, recertify_every=1)
    completed(cast.learner(cast.hanako), course, AT - timedelta(days=500))
    standing = stand("hanako", course)
    assert standing.is_expired and standing.can_enroll and standing.status == ProgressStatus.COMPLETED


def test_a_guest_stands_where_the_session_says(stand, cast):
    course, visitor = course_of(open_to_guests=True), guest()
    enrolled(visitor, course, AT)
    read(visitor, activities_of(course)[0], AT)
    assert stand(None, course, {"guest_learner": str(visitor.uuid)}).done == 1
    assert stand(None, course, {"guest_learner": "x"}).enrollment is None
    claim_learner(learner=visitor, user=cast.hanako, by=None, at=AT)
    assert stand("hanako", course).done == 1
    assert stand(None, course, {"guest_learner": str(visitor.uuid)}).enrollment is None


@pytest.mark.parametrize("lessons", [20, 200])
def test_it_costs_three_queries_however_long_the_course(stand, cast, lessons, django_assert_num_queries):
    course = course_of(lessons=lessons)
    assign(
        course=course, organization=cast.zeimu, opens_on=TODAY, due_on=None, reason="必修", by=cast.officer, at=AT
    )  # fmt: skip
    with django_assert_num_queries(4):
        stand("hanako", course)  # and once for everybody what the course consists of
    with django_assert_num_queries(3):
        stand("hanako", course)
    with django_assert_num_queries(1):
        stand("outsider", course)


def test_a_template_without_a_request_gets_an_empty_standing():
    template = Template(
        "{% load learning_tags %}{% course_standing course as s %}[{{ s.status }}{{ s.done }}]"
    )
    assert template.render(Context({"course": course_of()})) == "[0]"
