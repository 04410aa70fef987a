"""Periods: joined, renewed, refused."""

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import ValidationError
from wagtail.models import ModelLogEntry

from courses.catalog.enums import CourseStatus
from learning.enrollments.actions import enroll
from learning.enrollments.enums import EnrollmentOrigin
from learning.enrollments.models import Enrollment
from learning.enrollments.rules import still_valid, valid_until
from people.learners.actions import claim_learner
from tests.learning.builders import NOW, completed, course_of, enrolled, guest, later, learner, person

NEXT_YEAR = datetime(2027, 4, 1, 0, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("completed_on", "every", "on", "valid"),
    [
        (date(2026, 4, 1), 1, date(2027, 3, 31), True),
        (date(2027, 3, 31), 1, date(2027, 3, 31), True),
        (date(2027, 3, 31), 1, date(2027, 4, 1), False),
        (date(2026, 6, 1), 3, date(2029, 3, 31), True),
        (date(2026, 6, 1), 3, date(2029, 4, 1), False),
        (date(2006, 6, 1), None, date(2026, 4, 1), True),
    ],
)
def test_a_completion_holds_by_fiscal_years(completed_on, every, on, valid):
    assert still_valid(completed_on, every, on) is valid


def test_it_says_until_when_a_completion_holds():
    assert valid_until(date(2026, 6, 1), 1) == date(2027, 3, 31)
    assert valid_until(date(2026, 6, 1), None) is None


@pytest.mark.django_db
class TestEnroll:
    def test_it_joins_the_open_period(self):
        who, course = learner(), course_of()
        assert enrolled(who, course) == enrolled(who, course, later(5))
        assert Enrollment.objects.count() == 1

    @pytest.mark.parametrize("status", [CourseStatus.DRAFT, CourseStatus.RETIRED])
    def test_a_course_that_is_not_offered_is_refused(self, status):
        who, course = learner(), course_of(status=status)
        with pytest.raises(ValidationError) as refused:
            enrolled(who, course)
        assert refused.value.code == "not_offered"
        assert "受け付けていません" in refused.value.messages[0]

    def test_a_completion_that_holds_opens_no_new_period(self):
        who, course = learner(), course_of(lessons=1, recertify_every=1)
        first = completed(who, course)
        assert enrolled(who, course, later(60)) == first

    def test_a_new_fiscal_year_opens_the_next_period_and_resets_nothing(self):
        who, course = learner(), course_of(lessons=1, recertify_every=1)
        first = completed(who, course)
        second = enrolled(who, course, NEXT_YEAR)
        first.refresh_from_db()
        assert (second.number, second.closed_at, first.closed_at) == (2, None, NEXT_YEAR)
        assert first.completions.count() == 1 and first.activity_progress.count() == 2

    def test_an_unfinished_period_goes_on_over_the_year(self):
        who, course = learner(), course_of(recertify_every=1)
        assert enrolled(who, course) == enrolled(who, course, NEXT_YEAR)

    def test_it_joins_what_the_person_began_as_a_guest(self):
        visitor, course, user = guest(), course_of(lessons=1, recertify_every=1), person()
        begun = completed(visitor, course)
        claim_learner(learner=visitor, user=user, by=None, at=NOW)
        own = learner_for(user)
        assert enrolled(own, course) == begun
        renewed = enrolled(own, course, NEXT_YEAR)
        assert (renewed.learner, renewed.number) == (own, 2)

    def test_enrolling_somebody_else_is_logged_and_oneself_is_not(self):
        who, course, officer = learner(), course_of(), person("officer")
        enroll(learner=who, course=course, origin=EnrollmentOrigin.SELF, by=who.user, at=NOW)
        assert not ModelLogEntry.objects.filter(action="learning.enrolled").exists()
        enroll(learner=learner("x"), course=course, origin=EnrollmentOrigin.ASSIGNED, by=officer, at=NOW)
        assert ModelLogEntry.objects.filter(action="learning.enrolled").count() == 1


def learner_for(user):
    from people.learners.actions import learner_of

    return learner_of(user, at=NOW)
