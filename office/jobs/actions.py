"""Starts, runs and resumes long jobs.

The row is the truth; a message of the broker only wakes a worker and may come twice or never.
A handler works in pieces and saves each piece together with its progress::

    def handler(job: Job) -> None:
        for piece in pieces_after(job.cursor.get("last", 0)):
            with transaction.atomic():
                work(piece)
                step(job, done=job.done + len(piece), cursor={"last": piece[-1].pk}, total=...)
        job.result = {"message": ..., "url": ..., "url_label": ...}   # all optional

so that a worker that dies leaves whole pieces, and the next one goes on from the cursor.
"""

import logging
import uuid
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from typing import Any

from celery import signature
from django.contrib.auth.models import AbstractBaseUser
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from kombu.exceptions import KombuError

from office.audit.actions import record
from office.jobs.enums import JobState
from office.jobs.models import Job
from office.jobs.rules import is_last_try, work_key

logger = logging.getLogger(__name__)

RUN_TASK = "office.jobs.run_job"
_SWEPT_AT_ONCE = 100

Handler = Callable[[Job], None]
_handlers: dict[str, Handler] = {}


class JobError(Exception):
    """A handler cannot go on and trying again would not help; the message is for the person who asked."""


class UnknownKindError(LookupError):
    """No handler has been registered for this kind of job."""


class LostClaimError(RuntimeError):
    """The worker was silent for too long and another one has taken the job over: stop at once."""


def register_handler(kind: str, handler: Handler) -> None:
    """Names the function that does jobs of a kind; called when the app is ready."""
    if _handlers.setdefault(kind, handler) is not handler:
        raise ValueError(f"{kind} has a handler already")


def start_job(*, kind: str, title: str, params: dict[str, Any], owner: uuid.UUID | None, at: datetime) -> Job:
    """Creates the row and wakes a worker on commit. ``params`` is JSON; ``owner`` may watch the job.

    Asking again while the same work is on its way (a double click) gives that job.
    Raises UnknownKindError.
    """
    if kind not in _handlers:
        raise UnknownKindError(kind)
    job = Job(kind=kind, title=title[:200], params=params, owner=owner, created_at=at, heartbeat_at=at)
    job.work_key = work_key(kind, owner, params)
    while (running := _same_work(job)) is None:
        # Of two clicks at the same moment the database lets one through; the other one finds its job.
        with suppress(IntegrityError), transaction.atomic():
            job.save(force_insert=True)
            transaction.on_commit(lambda: _wake(job.pk))
            return job
    return running


def run_job(job_id: int) -> None:
    """Does a waiting job, or goes on with it; does nothing when another worker has it or it is over.

    Reads the clock itself: heartbeats tell of the worker, not of the work.
    """
    job = _claim(job_id)
    if job is None:
        return
    try:
        _handler_of(job)(job)
    except LostClaimError:
        logger.warning("job was taken over by another worker", extra={"job": str(job.uuid)})
    except JobError as error:
        _fail(job, str(error))
    except Exception:
        logger.exception("job failed", extra={"job": str(job.uuid), "kind": job.kind, "tries": job.tries})
        _try_again_later(job)
    else:
        _finish(job)


def step(job: Job, *, done: int, cursor: dict[str, Any], total: int | None = None) -> None:
    """Saves how far a handler is, inside the transaction of the work that it stands for.

    Raises LostClaimError, which undoes that work, when another worker has the job.
    """
    job.done, job.cursor, job.heartbeat_at = done, cursor, timezone.now()
    if total is not None:
        job.total = total
    _save_as_holder(job, done=done, cursor=cursor, total=job.total, heartbeat_at=job.heartbeat_at)


def retry_job(*, job: Job, by: AbstractBaseUser | None, at: datetime) -> bool:
    """Puts a failed job back in line, from where it stopped.

    False when it is not failed (any more), or when the same work was begun anew meanwhile.
    """
    with suppress(IntegrityError), transaction.atomic():
        moved = Job.objects.filter(pk=job.pk, state=JobState.FAILED).update(
            state=JobState.WAITING, error="", heartbeat_at=at, finished_at=None
        )
        if moved:
            record(action="office.job_retried", instance=job, by=by, data={"kind": job.kind}, at=at)
            transaction.on_commit(lambda: _wake(job.pk))
        return bool(moved)
    return False


def sweep(at: datetime) -> int:
    """Finds jobs whose worker died or whose message was lost and wakes a worker for each; returns how many."""
    found = list(Job.objects.abandoned(at).order_by("heartbeat_at")[:_SWEPT_AT_ONCE])
    return sum(_revive(job, at) for job in found)


def _same_work(job: Job) -> Job | None:
    return Job.objects.unfinished().filter(work_key=job.work_key).first()


def _claim(job_id: int) -> Job | None:
    """Takes a waiting job for this worker; of two workers the database lets one through."""
    taken = Job.objects.filter(pk=job_id, state=JobState.WAITING).update(
        state=JobState.RUNNING, tries=F("tries") + 1, heartbeat_at=timezone.now()
    )
    return Job.objects.get(pk=job_id) if taken else None


def _handler_of(job: Job) -> Handler:
    try:
        return _handlers[job.kind]
    except KeyError as error:
        raise UnknownKindError(job.kind) from error


def _save_as_holder(job: Job, **values: Any) -> None:
    """Writes only while this worker holds the job: each claim has a number of its own in ``tries``."""
    held = Job.objects.filter(pk=job.pk, state=JobState.RUNNING, tries=job.tries)
    if not held.update(**values):
        raise LostClaimError(str(job.uuid))


def _finish(job: Job) -> None:
    now = timezone.now()
    _end(job, state=JobState.DONE, result=job.result, error="", finished_at=now, heartbeat_at=now)


def _fail(job: Job, error: str) -> None:
    now = timezone.now()
    _end(job, state=JobState.FAILED, error=error, finished_at=now, heartbeat_at=now)


def _try_again_later(job: Job) -> None:
    """The sweep finds the job again when it has been silent for a while: that is the pause between tries."""
    if is_last_try(job.tries):
        _fail(job, _given_up())
    else:
        _end(job, state=JobState.WAITING, heartbeat_at=timezone.now())


def _end(job: Job, **values: Any) -> None:
    try:
        _save_as_holder(job, **values)
    except LostClaimError:
        logger.warning("job was taken over by another worker", extra={"job": str(job.uuid)})


def _revive(job: Job, at: datetime) -> bool:
    """The condition on the heartbeat lets one of two sweeps through, and none when the worker is alive after all."""
    seen = Job.objects.filter(pk=job.pk, state=job.state, tries=job.tries, heartbeat_at=job.heartbeat_at)
    if job.state == JobState.RUNNING and is_last_try(job.tries):
        seen.update(state=JobState.FAILED, error=_given_up(), heartbeat_at=at, finished_at=at)
        return False
    if not seen.update(state=JobState.WAITING, heartbeat_at=at):
        return False
    transaction.on_commit(lambda: _wake(job.pk))
    return True


def _given_up() -> str:
    return _("The work stopped several times in the same way, so no further try is made.")


def _wake(job_id: int) -> None:
    """Without a broker the person's request must not fail: the sweep will find the job."""
    try:
        signature(RUN_TASK, kwargs={"job_id": job_id}).apply_async(retry=False)
    except (KombuError, OSError):
        logger.warning("no broker: the job waits for the sweep", extra={"job": job_id}, exc_info=True)
