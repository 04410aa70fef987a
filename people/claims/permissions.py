"""Whose seats a helper or an officer may hand over, and to whom."""

from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from people.accounts.models import User
from people.groups.enums import GroupKind
from people.groups.models import GroupMembership, LearnerGroup
from people.learners.models import Learner
from people.roles.enums import Capability
from people.roles.queries import (
    Scope,
    groups_in_scope,
    has_capability,
    organizations_in_scope,
    scope_of,
    users_in_scope,
)

_HANDING = (Capability.RUN_SESSION, Capability.ISSUE_CARD)


def can_hand_over(user: User | AnonymousUser, on: date) -> bool:
    """Seats to anybody at all."""
    return any(has_capability(user, capability, on) for capability in _HANDING)


def seats_visible_to(user: User | AnonymousUser, on: date) -> QuerySet[Learner]:
    """Guests that were given a place in a group of the scope, and that nobody has claimed. Loose guests are nobody's."""
    seats = GroupMembership.objects.filter(group__in=_groups(user, on).values("pk"))
    return Learner.objects.filter(user__isnull=True, pk__in=seats.values("learner"))


def people_to_hand_to(user: User | AnonymousUser, on: date) -> QuerySet[User]:
    """People of the scope, and members of its groups."""
    found = Q(learners__memberships__group__in=_groups(user, on).values("pk"))
    for scope in _scopes(user, on):
        found |= Q(pk__in=users_in_scope(scope, on).values("pk"))
    return User.objects.filter(found, is_active=True).distinct()


def _groups(user: User | AnonymousUser, on: date) -> QuerySet[LearnerGroup]:
    """Classes as the scope layer gives them; other groups (a course for seniors) of the units of the scope."""
    found = Q(pk__in=())
    for scope in _scopes(user, on):
        found |= Q(pk__in=groups_in_scope(scope, on).values("pk"))
        units = organizations_in_scope(scope, on).values("pk")
        found |= Q(kind=GroupKind.OTHER.value, organization__in=units)
    return LearnerGroup.objects.filter(found)


def _scopes(user: User | AnonymousUser, on: date) -> list[Scope]:
    scopes = {scope_of(user, capability, on) for capability in _HANDING}
    return [scope for scope in scopes if not scope.is_empty]
