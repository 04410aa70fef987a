"""Index for Celery: the tasks of every room."""

from courses.blobs.tasks import sweep_blobs

__all__ = ["sweep_blobs"]
