"""Index for Celery, which looks for tasks in each app's own module only."""

from office.jobs.tasks import run_job, sweep_jobs

__all__ = ["run_job", "sweep_jobs"]
