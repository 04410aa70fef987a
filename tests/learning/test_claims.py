"""A finished guest seat is claimed: what its person was asked to do is done."""

from datetime import timedelta

from learning.assignments.models import Duty
from learning.enrollments.models import Enrollment
from people.learners.actions import claim_learner
from tests.cast import AT
from tests.learning.builders import activities_of, check_progress, completed, course_of, enrolled, guest, read
from tests.learning.test_assign import assigned


def claimed(visitor, cast):
    claim_learner(learner=visitor, user=cast.hanako, by=cast.hanako, at=AT + timedelta(hours=1))


def duty_of(cast):
    return Duty.objects.get(learner=cast.learner(cast.hanako))


def test_an_open_duty_closes_and_the_record_replays(cast):
    course, visitor = course_of(lessons=1), guest()
    period = completed(visitor, course, AT)
    assigned(course, cast.officer, organization=cast.zeimu)
    waiting = duty_of(cast).enrollment
    assert duty_of(cast).done_at is None
    claimed(visitor, cast)
    assert (duty_of(cast).enrollment, duty_of(cast).done_at) == (period, AT)
    waiting.refresh_from_db()
    assert waiting.closed_at is not None, "nobody waits for the empty period any more"
    check_progress()


def test_nobody_elses_duty_closes(cast):
    course, visitor = course_of(lessons=1), guest()
    completed(visitor, course, AT)
    assigned(course, cast.officer, organization=cast.zeimu)
    claimed(visitor, cast)
    assert Duty.objects.get(learner=cast.learner(cast.kacho)).done_at is None


def test_an_unfinished_seat_closes_nothing(cast):
    course, visitor = course_of(lessons=2, quiz=False), guest()
    enrolled(visitor, course, AT)
    read(visitor, activities_of(course)[0], AT)
    assigned(course, cast.officer, organization=cast.zeimu)
    before = duty_of(cast).enrollment
    claimed(visitor, cast)
    assert (duty_of(cast).enrollment, duty_of(cast).done_at) == (before, None)
    assert Enrollment.objects.get(pk=before.pk).closed_at is None
    check_progress()


def test_one_part_that_was_read_closes_the_duty_for_it(cast):
    course, visitor = course_of(lessons=2, quiz=False), guest()
    one = activities_of(course)[0]
    enrolled(visitor, course, AT)
    read(visitor, one, AT)
    assigned(course, cast.officer, organization=cast.zeimu, activity=one)
    claimed(visitor, cast)
    assert duty_of(cast).done_at == AT
    check_progress()


def test_what_no_longer_holds_closes_nothing(cast):
    course, visitor = course_of(lessons=1, recertify_every=1), guest()
    completed(visitor, course, AT - timedelta(days=400))
    assigned(course, cast.officer, organization=cast.zeimu)
    claimed(visitor, cast)
    assert duty_of(cast).done_at is None


def test_a_period_with_results_of_ones_own_stays_open(cast):
    course, visitor = course_of(lessons=2, quiz=False), guest()
    completed(visitor, course, AT)
    assigned(course, cast.officer, organization=cast.zeimu)
    own = duty_of(cast).enrollment
    read(cast.learner(cast.hanako), activities_of(course)[0], AT)
    claimed(visitor, cast)
    own.refresh_from_db()
    assert duty_of(cast).done_at == AT and own.closed_at is None
    check_progress()
