"""A job's row is the truth: whatever happens to workers and messages, the work is done once and whole."""

import uuid
from datetime import datetime, timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from office.jobs import actions
from office.jobs.actions import JobError, LostClaimError, run_job, start_job, step, sweep
from office.jobs.enums import JobState
from office.jobs.models import SILENT_AFTER, Job
from office.jobs.rules import is_last_try

pytestmark = pytest.mark.django_db
KIND = "test-copy"


class Killed(BaseException):
    """Nothing of ours catches it, as nothing catches a kill."""


@pytest.fixture
def handle(monkeypatch):
    """``handle(fn)`` makes fn the handler of KIND."""

    def use(handler):
        monkeypatch.setitem(actions._handlers, KIND, handler)

    use(lambda job: None)
    return use


@pytest.fixture
def woken(monkeypatch) -> list[int]:
    """The jobs that a message was sent for."""
    sent: list[int] = []
    monkeypatch.setattr(actions, "_wake", sent.append)
    return sent


def start(at, owner=None, **params):
    return start_job(kind=KIND, title="取込み", params=params, owner=owner, at=at)


def later(job: Job) -> datetime:
    """When the sweep takes a silent job up again."""
    job.refresh_from_db()
    return job.heartbeat_at + SILENT_AFTER + timedelta(seconds=1)


def pieces(*, die_at=None, size=2, count=10):
    """A handler that writes rows 1..count by pieces; each row is a Job of kind "row"."""

    def handler(job: Job) -> None:
        last = job.cursor.get("last", 0)
        while last < count:
            with transaction.atomic():
                for number in range(last + 1, last + size + 1):
                    write_row(job, number)
                    if number == die_at and job.tries == 1:
                        raise Killed
                last += size
                step(job, done=last, cursor={"last": last}, total=count)
        job.result = {"message": f"{last}件を取り込みました。"}

    return handler


def write_row(job: Job, number: int) -> None:
    Job.objects.create(
        kind="row",
        title=str(number),
        state=JobState.DONE,
        created_at=job.created_at,
        heartbeat_at=job.created_at,
    )


def rows() -> list[int]:
    return [
        int(title) for title in Job.objects.filter(kind="row").order_by("pk").values_list("title", flat=True)
    ]


def test_a_worker_is_woken_when_the_job_is_committed(at, handle, woken, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        job = start(at)
        assert woken == []
    assert woken == [job.pk]


def test_a_message_reaches_the_handler_through_celery(at, handle, django_capture_on_commit_callbacks):
    handle(pieces())
    with django_capture_on_commit_callbacks(execute=True):
        job = start(at)
    job.refresh_from_db()
    assert (job.state, job.done, job.total, job.percent) == (JobState.DONE, 10, 10, 100)
    assert job.result == {"message": "10件を取り込みました。"}
    assert job.finished_at is not None


def test_a_second_message_does_nothing(at, handle, woken):
    handle(pieces())
    job = start(at)
    run_job(job.pk)
    run_job(job.pk)
    assert rows() == list(range(1, 11))


def test_two_workers_never_run_one_job(at, handle, woken):
    runs = []

    def handler(job):
        runs.append(job.tries)
        run_job(job.pk)  # the second message arrives while the first worker is at it

    handle(handler)
    run_job(start(at).pk)
    assert runs == [1]


def test_a_killed_workers_job_goes_on_from_its_cursor(at, handle, woken):
    handle(pieces(die_at=6))
    job = start(at)
    with pytest.raises(Killed):
        run_job(job.pk)
    job.refresh_from_db()
    assert (job.state, job.done, job.cursor) == (JobState.RUNNING, 4, {"last": 4})
    assert rows() == [1, 2, 3, 4]  # the piece in which it died left nothing

    assert sweep(job.heartbeat_at) == 0  # it may still be alive
    assert sweep(later(job)) == 1
    run_job(job.pk)
    job.refresh_from_db()
    assert (job.state, job.tries) == (JobState.DONE, 2)
    assert rows() == list(range(1, 11))


def test_a_lost_message_is_found_by_the_sweep(at, handle, woken, django_capture_on_commit_callbacks):
    job = start(at)
    woken.clear()
    with django_capture_on_commit_callbacks(execute=True):
        assert sweep(later(job)) == 1
        assert sweep(later(job) - SILENT_AFTER) == 0  # not again at once: the message may be on its way
    assert woken == [job.pk]


def test_a_worker_that_was_taken_over_stops_and_leaves_nothing(at, handle, woken):
    """It was only slow: the sweep gave its job to another worker, which finished it."""

    def slow(job):
        if job.tries == 1:
            sweep(timezone.now() + 2 * SILENT_AFTER)
            run_job(job.pk)
            with pytest.raises(LostClaimError), transaction.atomic():
                write_row(job, 99)
                step(job, done=1, cursor={"last": 1})
            raise LostClaimError
        pieces()(job)

    handle(slow)
    job = start(at)
    run_job(job.pk)
    job.refresh_from_db()
    assert (job.state, job.tries, job.done) == (JobState.DONE, 2, 10)
    assert rows() == list(range(1, 11))


def test_an_unexpected_error_is_tried_again_and_given_up_with_a_clear_message(at, handle, woken):
    def broken(job):
        raise ZeroDivisionError("secret of 佐藤")

    handle(broken)
    job = start(at)
    for tried in range(1, 6):
        run_job(job.pk)
        job.refresh_from_db()
        assert job.tries == tried
        if tried < 5:
            assert (job.state, job.error) == (JobState.WAITING, "")
            sweep(later(job))
    assert job.state == JobState.FAILED
    assert "続けて" in job.error
    assert "佐藤" not in job.error
    assert sweep(later(job)) == 0


def test_a_job_that_kills_its_worker_every_time_is_given_up(at, handle, woken):
    def deadly(job):
        raise Killed

    handle(deadly)
    job = start(at)
    for _ in range(5):
        with pytest.raises(Killed):
            run_job(job.pk)
        sweep(later(job))
    job.refresh_from_db()
    assert job.state == JobState.FAILED
    assert job.error


def test_an_error_for_the_person_ends_the_job_at_once(at, handle, woken):
    def refuse(job):
        raise JobError("3行目の職員番号が空です。")

    handle(refuse)
    job = start(at)
    run_job(job.pk)
    job.refresh_from_db()
    assert (job.state, job.error, job.tries) == (JobState.FAILED, "3行目の職員番号が空です。", 1)


def test_a_double_click_gives_the_same_job(at, handle, woken):
    owner = uuid.uuid4()
    job = start(at, owner, file="a.csv")
    assert start(at, owner, file="a.csv") == job
    assert start(at, owner, file="b.csv") != job
    assert start(at, uuid.uuid4(), file="a.csv") != job
    run_job(job.pk)
    assert start(at, owner, file="a.csv") != job


def test_only_known_kinds_are_started_and_one_kind_has_one_handler(at, handle):
    with pytest.raises(actions.UnknownKindError):
        start_job(kind="nobody-knows", title="x", params={}, owner=None, at=at)
    with pytest.raises(ValueError, match=KIND):
        actions.register_handler(KIND, lambda job: None)


def test_a_missing_broker_does_not_fail_the_request(at, handle, monkeypatch, caplog):
    class NoBroker:
        def apply_async(self, **options):
            raise ConnectionRefusedError

    monkeypatch.setattr(actions, "signature", lambda *args, **kwargs: NoBroker())
    actions._wake(start(at).pk)
    assert "no broker" in caplog.text


@pytest.mark.parametrize(
    ("tries", "last"), [(0, False), (1, False), (4, False), (5, True), (6, False), (10, True)]
)
def test_a_person_who_asks_again_gets_as_many_tries_anew(tries, last):
    assert is_last_try(tries) is last
