"""Who may see what stands beside a course."""

from datetime import date

from django.contrib.auth.models import AnonymousUser

from people.accounts.models import User
from people.roles.enums import Capability
from people.roles.queries import has_capability

_TEACHING = (Capability.ASSIGN, Capability.RUN_SESSION, Capability.AUTHOR, Capability.PUBLISH)


def can_read_instructor_note(user: User | AnonymousUser, on: date) -> bool:
    """Teachers, training officers, helpers and authors: those who hand the course on."""
    return any(has_capability(user, capability, on) for capability in _TEACHING)
