"""A worker is killed (SIGKILL) in the middle of assigning to many people: a process of its own, and the sweep."""

import os
import signal
import subprocess
import sys
from datetime import timedelta

import pytest
from django.db import connection

from learning.assignments import expansion
from learning.assignments.actions import assign
from learning.assignments.models import Duty
from learning.enrollments.models import Enrollment
from office.benches.databases import database_url
from office.jobs import actions as jobs
from office.jobs.enums import JobState
from office.jobs.models import SILENT_AFTER, Job
from tests.learning.builders import NOW, course_of, learner, person

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

# The second piece is written, and its transaction open, when the process dies.
WORKER = """
import sys, time
import django
django.setup()
from learning.assignments import actions, expansion
from office.jobs.actions import run_job
expansion.CHUNK = 2
real, pieces = actions.expand, []
def expand(*args, **kwargs):
    piece = real(*args, **kwargs)
    pieces.append(piece)
    if len(pieces) == 2:
        print("in the second piece", flush=True)
        time.sleep(60)
    return piece
actions.expand = expand
run_job(int(sys.argv[1]))
"""


@pytest.fixture(scope="module", autouse=True)
def kept_database(django_db_setup, django_db_blocker):
    """The test here empties the database; afterwards what the migrations made (the root page) is put back."""
    yield
    with django_db_blocker.unblock():
        connection.creation.deserialize_db_from_string(getattr(connection, "_test_serialized_contents"))  # noqa: B009


def killed_in_the_middle(job: Job) -> None:
    command = [sys.executable, "-c", WORKER, str(job.pk)]
    environment = {
        **os.environ,
        "DATABASE_URL": database_url(),
        "DJANGO_SETTINGS_MODULE": "config.settings.test",
    }
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as worker:
        assert worker.stdout is not None
        try:
            assert worker.stdout.readline() == "in the second piece\n"
        finally:
            worker.send_signal(signal.SIGKILL)
        assert worker.wait() == -signal.SIGKILL


def test_a_worker_killed_while_assigning_leaves_whole_pieces_and_the_next_goes_on(monkeypatch):
    monkeypatch.setattr("learning.assignments.actions.CHUNK", 2)
    monkeypatch.setattr(jobs, "_wake", lambda job_id: None)
    people = [learner(f"p{number}") for number in range(5)]
    course, officer = course_of(), person("officer")
    assignment = assign(
        course=course, learners=people, opens_on=NOW.date(), due_on=None, reason="全員", by=officer, at=NOW
    )
    assert assignment.job is not None
    job = Job.objects.get(uuid=assignment.job)

    killed_in_the_middle(job)

    job.refresh_from_db()
    assert (job.state, job.done, Duty.objects.count()) == (JobState.RUNNING, 2, 2)
    monkeypatch.setattr(expansion, "CHUNK", 2)
    assert jobs.sweep(job.heartbeat_at + SILENT_AFTER + timedelta(seconds=1)) == 1
    jobs.run_job(job.pk)
    job.refresh_from_db()
    assert (job.state, job.done, job.tries) == (JobState.DONE, 5, 2)
    assert set(Duty.objects.values_list("learner", flat=True)) == {one.pk for one in people}
    assert Enrollment.objects.count() == 5
