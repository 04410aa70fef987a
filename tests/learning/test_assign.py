"""Assigning: to a class, a unit with everything below it, people by name."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from wagtail.models import ModelLogEntry

from courses.catalog.enums import CourseStatus
from learning.assignments.actions import assign, withdraw_assignment
from learning.assignments.models import Assignment, Duty
from learning.assignments.queries import assignment_counts, assignment_lines, duty_lines
from learning.enrollments.enums import EnrollmentOrigin
from learning.enrollments.models import Enrollment
from people.appointments.actions import appoint, end_appointment
from people.learners.actions import claim_learner
from tests.cast import AT, TODAY
from tests.learning.builders import activities_of, completed, course_of, enrolled, guest, read

pytestmark = pytest.mark.django_db
DUE = TODAY + timedelta(days=30)


def assigned(course, by, **target):
    values = {"opens_on": TODAY, "due_on": DUE, "reason": "全職員が受ける講座です。", "at": AT, **target}
    return assign(course=course, by=by, **values)


def people_of(assignment):
    return set(Duty.objects.filter(assignment=assignment).values_list("learner__user__username", flat=True))


class TestTargets:
    def test_a_unit_means_everybody_with_a_post_in_it_and_below(self, cast):
        assignment = assigned(course_of(), cast.officer, organization=cast.fukushima)
        assert people_of(assignment) == {"f-1001", "f-1002", "f-1003", "f-1004", "t-3001"}

    def test_a_unit_does_not_mean_the_pupils_below_it(self, cast):
        assignment = assigned(course_of(), cast.officer, organization=cast.school)
        assert people_of(assignment) == {"t-3001"}

    def test_a_prefecture_stops_at_its_own_staff(self, cast):
        """Each municipality assigns to its own people, although it stands below the prefecture in the tree."""
        assignment = assigned(course_of(), cast.admin, organization=cast.prefecture)
        assert people_of(assignment) == {"p-5001", "p-5002", "p-5003"}

    def test_a_class_means_its_members(self, cast):
        assignment = assigned(course_of(), cast.teacher, group=cast.class_1_1)
        assert people_of(assignment) == {"s-4001"}
        duty = Duty.objects.get()
        assert duty.enrollment.origin == EnrollmentOrigin.ASSIGNED

    def test_people_by_name(self, cast):
        named = [cast.learner(cast.hanako), cast.learner(cast.hanako), cast.learner(cast.kacho)]
        assert people_of(assigned(course_of(), cast.officer, learners=named)) == {"f-1001", "f-1002"}

    def test_who_left_or_was_shut_out_is_not_meant(self, cast):
        end_appointment(appointment=cast.hanako.appointments.get(), valid_to=TODAY, by=None, at=AT)
        cast.kacho.is_active = False
        cast.kacho.save()
        assert people_of(assigned(course_of(), cast.officer, organization=cast.somu)) == {"f-1003"}

    def test_who_comes_on_the_first_day_is_meant(self, cast):
        start = TODAY + timedelta(days=10)
        appoint(user=cast.outsider, organization=cast.jinji, valid_from=start, by=None, at=AT)
        assignment = assigned(course_of(), cast.officer, organization=cast.somu, opens_on=start)
        assert "k-2001" in people_of(assignment)


class TestValidity:
    def test_who_holds_a_valid_completion_is_not_chased(self, cast):
        course, who = course_of(lessons=1, recertify_every=1), cast.learner(cast.hanako)
        period = completed(who, course, AT - timedelta(days=100))
        assigned(course, cast.officer, learners=[who])
        duty = Duty.objects.get()
        assert (duty.enrollment, duty.done_at) == (period, AT - timedelta(days=100))
        assert Enrollment.objects.count() == 1

    def test_a_completion_of_last_year_opens_a_new_period(self, cast):
        course, who = course_of(lessons=1, recertify_every=1), cast.learner(cast.hanako)
        old = completed(who, course, AT - timedelta(days=365))
        assigned(course, cast.officer, learners=[who])
        duty = Duty.objects.get()
        old.refresh_from_db()
        assert duty.done_at is None and duty.enrollment.number == 2 and old.closed_at == AT

    def test_what_counts_is_the_year_in_which_it_begins(self, cast):
        course, who = course_of(lessons=1, recertify_every=1), cast.learner(cast.hanako)
        completed(who, course, AT)
        april = date(2027, 4, 1)
        assigned(course, cast.officer, learners=[who], opens_on=april, due_on=date(2027, 6, 30))
        assert Duty.objects.get().done_at is None

    def test_what_was_begun_goes_on(self, cast):
        course, who = course_of(), cast.learner(cast.hanako)
        period = enrolled(who, course, AT)
        assigned(course, cast.officer, learners=[who])
        assert Duty.objects.get().enrollment == period

    def test_what_a_claimed_guest_completed_counts(self, cast):
        course, visitor = course_of(lessons=1), guest()
        period = completed(visitor, course, AT)
        claim_learner(learner=visitor, user=cast.hanako, by=None, at=AT)
        assigned(course, cast.officer, organization=cast.zeimu)
        duty = Duty.objects.get(learner=cast.learner(cast.hanako))
        assert (duty.enrollment, duty.done_at) == (period, AT)

    def test_one_part_of_a_course_is_done_when_it_was_read(self, cast):
        course, who = course_of(), cast.learner(cast.hanako)
        one, two, *_ = activities_of(course)
        enrolled(who, course, AT)
        read(who, one, AT)
        assigned(course, cast.officer, learners=[who], activity=one)
        assigned(course, cast.officer, learners=[who], activity=two)
        assert Duty.objects.get(assignment__activity=one).done_at == AT
        assert Duty.objects.get(assignment__activity=two).done_at is None
        read(who, two, AT + timedelta(minutes=3))
        assert Duty.objects.get(assignment__activity=two).done_at == AT + timedelta(minutes=3)

    def test_a_completion_does_the_duty(self, cast):
        course, who = course_of(lessons=1), cast.learner(cast.hanako)
        assigned(course, cast.officer, organization=cast.zeimu)
        completed(who, course, AT + timedelta(minutes=5))
        assert Duty.objects.get(learner=who).done_at == AT + timedelta(minutes=5)
        assert Duty.objects.get(learner=cast.learner(cast.kacho)).done_at is None


class TestWords:
    def why(self, **target):
        assigned(course_of(), target.pop("by"), **target)
        return duty_lines(Duty.objects.all())[0].why

    def test_a_duty_explains_itself_by_the_post(self, cast):
        end_appointment(appointment=cast.kacho.appointments.get(), valid_to=TODAY, by=None, at=AT)
        told = self.why(by=cast.officer, organization=cast.zeimu)
        assert told == "税務課の会計年度任用職員のため（全職員が受ける講座です）"

    def test_a_duty_explains_itself_by_the_class(self, cast):
        told = self.why(by=cast.teacher, group=cast.class_1_1, reason="授業で使います。")
        assert told == "1年1組のみなさんのため（授業で使います）"

    def test_a_duty_explains_itself_to_one_person(self, cast):
        told = self.why(by=cast.officer, learners=[cast.learner(cast.hanako)], reason="異動したため")
        assert told == "あなたに割り当てられたため（異動したため）"


class TestRefusals:
    @pytest.mark.parametrize(
        ("values", "code"),
        [
            ({"reason": " "}, "reason"),
            ({"reason": "あ" * 301}, "reason"),
            ({"due_on": TODAY - timedelta(days=1), "opens_on": TODAY - timedelta(days=9)}, "due_past"),
            ({"due_on": DUE, "opens_on": DUE + timedelta(days=1)}, "due_before_open"),
            ({"organization": None}, "target"),
        ],
    )
    def test_what_cannot_be_is_refused(self, cast, values, code):
        with pytest.raises(ValidationError) as refused:
            assigned(course_of(), cast.officer, **{"organization": cast.zeimu, **values})
        assert code in [error.code for error in refused.value.error_list]
        assert not Assignment.objects.exists()

    def test_a_draft_cannot_be_assigned(self, cast):
        with pytest.raises(ValidationError, match="受け付けていません"):
            assigned(course_of(status=CourseStatus.DRAFT), cast.officer, organization=cast.zeimu)

    def test_a_part_of_another_course_cannot_be_assigned(self, cast):
        other = activities_of(course_of("T200"))[0]
        with pytest.raises(ValidationError):
            assigned(course_of(), cast.officer, organization=cast.zeimu, activity=other)


class TestRepeats:
    def test_a_double_click_assigns_once(self, cast):
        course, token = course_of(), uuid4()
        first = assigned(course, cast.officer, organization=cast.zeimu, token=token)
        second = assigned(course, cast.officer, organization=cast.zeimu, token=token)
        assert first == second and Duty.objects.count() == 2
        assert ModelLogEntry.objects.filter(action="learning.assigned").count() == 1

    def test_the_token_of_somebody_else_is_refused(self, cast):
        course, token = course_of(), uuid4()
        assigned(course, cast.officer, organization=cast.zeimu, token=token)
        with pytest.raises(ValidationError):
            assigned(course, cast.teacher, group=cast.class_1_1, token=token)

    def test_two_assignments_of_one_course_share_the_period(self, cast):
        course, who = course_of(lessons=1), cast.learner(cast.hanako)
        assigned(course, cast.officer, organization=cast.zeimu)
        assigned(course, cast.officer, learners=[who])
        assert Enrollment.objects.filter(learner=who).count() == 1
        completed(who, course, AT)
        assert not Duty.objects.filter(learner=who, done_at=None).exists()


class TestWithdrawal:
    def test_nobody_has_to_do_it_any_more_and_what_was_done_stays(self, cast):
        course, who = course_of(lessons=1), cast.learner(cast.hanako)
        assignment = assigned(course, cast.officer, organization=cast.zeimu)
        completed(who, course, AT)
        withdraw_assignment(assignment=assignment, reason="対象を誤った", by=cast.officer, at=AT)
        assert duty_lines(Duty.objects.filter(done_at=None)) == []
        assert Duty.objects.filter(done_at__isnull=False).count() == 1
        assert (
            ModelLogEntry.objects.get(action="learning.assignment_withdrawn").data["reason"] == "対象を誤った"
        )

    def test_not_without_a_reason_and_not_twice(self, cast):
        assignment = assigned(course_of(), cast.officer, organization=cast.zeimu)
        with pytest.raises(ValidationError):
            withdraw_assignment(assignment=assignment, reason="", by=cast.officer, at=AT)
        withdraw_assignment(assignment=assignment, reason="誤り", by=cast.officer, at=AT)
        with pytest.raises(ValidationError):
            withdraw_assignment(assignment=assignment, reason="誤り", by=cast.officer, at=AT)


def test_it_counts_how_far_they_are(cast, django_assert_num_queries):
    course = course_of(lessons=2)
    assignment = assigned(course, cast.officer, organization=cast.fukushima)
    completed(cast.learner(cast.hanako), course, AT)
    read(cast.learner(cast.kacho), activities_of(course)[0], AT)
    with django_assert_num_queries(1):
        counts = assignment_counts(assignment, DUE + timedelta(days=1))
    assert (counts.total, counts.done, counts.begun, counts.waiting, counts.late) == (5, 1, 1, 3, 4)
    line = assignment_lines([assignment.pk])[0]
    assert (line.total, line.done) == (5, 1)
    assert timezone.is_aware(assignment.created_at)
