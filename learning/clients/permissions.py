"""Who may give keys to other systems."""

from datetime import date

from django.contrib.auth.models import AnonymousUser

from people.accounts.models import User
from people.roles.enums import Capability
from people.roles.queries import scope_of


def can_manage_clients(user: User | AnonymousUser, on: date) -> bool:
    """Who runs the whole install: a key may open the record of every body."""
    return scope_of(user, Capability.MANAGE_INSTALL, on).everywhere
