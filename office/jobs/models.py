"""The row behind every long job: the truth about it, whatever the broker says."""

import uuid
from datetime import datetime, timedelta
from typing import Any

from django.db import models

from office.jobs.enums import UNFINISHED, JobState

# A running job that has not been heard of for this long was killed; the sweep takes it up again.
SILENT_AFTER = timedelta(minutes=2)


class JobQuerySet(models.QuerySet["Job"]):
    def visible_to(self, user: Any) -> "JobQuerySet":
        """Only one's own: a job's title may name people."""
        owner = getattr(user, "uuid", None)
        return self.filter(owner=owner) if owner else self.none()

    def unfinished(self) -> "JobQuerySet":
        return self.filter(state__in=UNFINISHED)

    def abandoned(self, at: datetime) -> "JobQuerySet":
        """Jobs whose worker died or whose wake-up message was lost."""
        return self.unfinished().filter(heartbeat_at__lt=at - SILENT_AFTER)


class Job(models.Model):
    """One long piece of work, resumed from ``cursor`` after a killed worker.

    ``kind`` names a handler registered in ``office.jobs.actions``; ``owner`` is the UUID of the
    person who asked for it (office knows no people). ``work_key`` says what it does for whom: of the jobs that are
    not over, one alone may have it.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=60)
    owner = models.UUIDField(null=True, blank=True, db_index=True)
    title = models.CharField(max_length=200)
    state = models.CharField(max_length=10, choices=[(s, s) for s in JobState], default=JobState.WAITING)
    params = models.JSONField(default=dict)
    work_key = models.CharField(max_length=64, blank=True, editable=False)
    cursor = models.JSONField(default=dict, blank=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(null=True, blank=True)
    result = models.JSONField(default=dict, blank=True)
    error = models.TextField(blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField()
    heartbeat_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["work_key"],
                condition=models.Q(state__in=[str(s) for s in UNFINISHED]) & ~models.Q(work_key=""),
                name="job_one_open_a_work",
            )
        ]
        indexes = [
            models.Index(
                fields=["heartbeat_at"],
                name="job_unfinished",
                condition=models.Q(state__in=[str(s) for s in UNFINISHED]),
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def percent(self) -> int | None:
        """Whole percent done, None while the total is unknown."""
        return min(100, self.done * 100 // self.total) if self.total else None
