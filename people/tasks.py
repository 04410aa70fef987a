"""Index for Celery: the tasks of every room."""

from people.roles.tasks import project_roles

__all__ = ["project_roles"]
