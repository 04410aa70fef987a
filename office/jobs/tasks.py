"""Celery's way in: a message names the job, the row says the rest."""

from typing import Any

from celery import shared_task
from django.utils import timezone

from office.jobs import actions


@shared_task(name=actions.RUN_TASK)
def run_job(*, job_id: int, **_later: Any) -> None:
    actions.run_job(job_id)


@shared_task(name="office.jobs.sweep_jobs")
def sweep_jobs(**_later: Any) -> None:
    actions.sweep(timezone.now())
