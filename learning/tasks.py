"""Index for Celery: the tasks of every room."""

from learning.certificates.tasks import issue_certificate, issue_missing
from learning.cmi5.tasks import abandon_expired_sessions
from learning.forwarding.tasks import forward_statements

__all__ = ["abandon_expired_sessions", "forward_statements", "issue_certificate", "issue_missing"]
