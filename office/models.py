"""Index for Django: the rows of every room."""

from office.jobs.models import Job

__all__ = ["Job"]
