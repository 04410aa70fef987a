"""Which classes somebody sees."""

from datetime import date

from django.db.models import QuerySet

from people.accounts.models import User
from people.groups.models import LearnerGroup
from people.roles.enums import Capability
from people.roles.queries import groups_in_scope, scope_of


def classes_visible_to(user: User, on: date) -> QuerySet[LearnerGroup]:
    """Classes whose pupils this person may see by name."""
    return groups_in_scope(scope_of(user, Capability.VIEW_NAMES, on), on).select_related("organization")


def can_export_class(user: User, group: LearnerGroup, on: date) -> bool:
    """May this person take the names of this class away as a sheet?"""
    scope = scope_of(user, Capability.EXPORT, on)
    if scope.everywhere or group.pk in scope.group_ids:
        return True
    return not scope.is_empty and groups_in_scope(scope, on).filter(pk=group.pk).exists()
