"""Index for Celery: the tasks of every room."""

from learning.certificates.tasks import issue_certificate, issue_missing
from learning.forwarding.tasks import forward_statements

__all__ = ["forward_statements", "issue_certificate", "issue_missing"]
