"""Index for Celery: the tasks of every room."""

from learning.certificates.tasks import issue_certificate, issue_missing

__all__ = ["issue_certificate", "issue_missing"]
