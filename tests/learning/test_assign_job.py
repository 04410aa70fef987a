"""Assigning to many people is a job: resumed after a killed worker, safe to repeat."""

import pytest

from learning.assignments import expansion
from learning.assignments.actions import expand_in_job, withdraw_assignment
from learning.assignments.models import Duty
from learning.enrollments.models import Enrollment
from office.jobs.enums import JobState
from office.jobs.models import Job
from people.learners.models import Learner
from tests.cast import AT
from tests.learning.builders import course_of
from tests.learning.test_assign import assigned, people_of

pytestmark = pytest.mark.django_db


class TestJob:
    @pytest.fixture
    def in_twos(self, monkeypatch):
        monkeypatch.setattr(expansion, "CHUNK", 2)
        monkeypatch.setattr("learning.assignments.actions.CHUNK", 2)

    def job_for(self, course, by, **target):
        """The assignment and its job, not yet run."""
        assignment = assigned(course, by, **target)
        return assignment, Job.objects.get(uuid=assignment.job)

    def test_many_people_are_a_job(self, cast, in_twos, django_capture_on_commit_callbacks):
        with django_capture_on_commit_callbacks(execute=True):
            assignment = assigned(course_of(), cast.officer, organization=cast.fukushima)
        job = Job.objects.get(uuid=assignment.job)
        assert (job.kind, job.state, job.done, job.total) == ("assign", JobState.DONE, 5, 5)
        assert job.owner == cast.officer.uuid
        assert job.result["message"] == "5人に割り当てました。"
        assert len(people_of(assignment)) == 5

    def test_a_killed_worker_goes_on_where_it_was(self, cast, in_twos, monkeypatch):
        assignment, job = self.job_for(course_of(), cast.officer, organization=cast.fukushima)
        Job.objects.filter(pk=job.pk).update(state=JobState.RUNNING, tries=1)
        job.refresh_from_db()
        real, calls = expansion.expand, []

        def dies(assignment, *, after, at):
            calls.append(after)
            if len(calls) == 2:
                raise SystemExit
            return real(assignment, after=after, at=at)

        monkeypatch.setattr("learning.assignments.actions.expand", dies)
        with pytest.raises(SystemExit):
            expand_in_job(job)
        assert Duty.objects.count() == 2
        job.refresh_from_db()
        assert job.done == 2
        expand_in_job(job)
        assert len(people_of(assignment)) == 5
        assert calls[2] == calls[1]
        assert job.done == 5

    def test_a_chunk_twice_changes_nothing(self, cast):
        assignment = assigned(course_of(), cast.officer, organization=cast.fukushima)
        before = list(Duty.objects.order_by("pk").values())
        expansion.expand(assignment, after=0, at=AT)
        assert list(Duty.objects.order_by("pk").values()) == before
        assert Enrollment.objects.count() == 5

    def test_a_withdrawn_assignment_is_not_gone_on_with(self, cast, in_twos):
        assignment, job = self.job_for(course_of(), cast.officer, organization=cast.fukushima)
        withdraw_assignment(assignment=assignment, reason="誤り", by=cast.officer, at=AT)
        Job.objects.filter(pk=job.pk).update(state=JobState.RUNNING, tries=1)
        job.refresh_from_db()
        expand_in_job(job)
        assert not Duty.objects.exists()

    @pytest.mark.parametrize("people", [10, 400])
    def test_a_chunk_costs_the_same_however_many_people(self, cast, people, django_assert_max_num_queries):
        named = Learner.objects.bulk_create(Learner(created_at=AT) for _ in range(people))
        course = course_of()
        with django_assert_max_num_queries(16):
            assigned(course, cast.officer, learners=named)
        assert Duty.objects.count() == people
