"""Who may look at lists of names."""

from datetime import date

from people.accounts.models import User
from people.roles.enums import Capability
from people.roles.queries import Scope, has_capability, scope_of


def names_scope(user: User, on: date) -> Scope:
    """Whose progress this person may see by name; empty for most people."""
    return scope_of(user, Capability.VIEW_NAMES, on)


def export_scope(user: User, on: date) -> Scope:
    """Whose names this person may take away as a sheet: a right over one unit opens no list of another."""
    return scope_of(user, Capability.EXPORT, on)


def can_export(user: User, on: date) -> bool:
    return has_capability(user, Capability.EXPORT, on)
