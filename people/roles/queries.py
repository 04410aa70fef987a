"""The one scope layer: what a person may reach on a day. Closed unless a role opens it."""

from datetime import date
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from people.accounts.models import User
from people.appointments.models import Appointment
from people.groups.models import GroupMembership, LearnerGroup
from people.learners.models import Learner, LearnerQuerySet
from people.organizations.models import Organization, units_within_body
from people.roles.enums import Capability, Role
from people.roles.models import RoleAssignment
from people.roles.rules import HeldRole, Reach, Scope, scope_from

__all__ = [
    "Scope",
    "forget_roles",
    "groups_in_scope",
    "has_capability",
    "held_roles",
    "learners_in_scope",
    "organizations_in_scope",
    "reach_of",
    "scope_of",
    "users_in_scope",
]

_CACHE = "_held_roles"


def held_roles(user: User | AnonymousUser) -> tuple[HeldRole, ...]:
    """All roles of the person, also past and coming ones; one query, kept on the user object of the request."""
    if not isinstance(user, User) or not user.is_active:
        return ()
    held: tuple[HeldRole, ...] | None = user.__dict__.get(_CACHE)
    if held is None:
        held = user.__dict__[_CACHE] = roles_by_user([user.pk]).get(user.pk, ())
    return held


def forget_roles(user: User) -> None:
    """After a change of roles the kept ones are read anew."""
    user.__dict__.pop(_CACHE, None)


def roles_by_user(user_ids: list[int]) -> dict[int, tuple[HeldRole, ...]]:
    """The roles of many people in one query."""
    fields = ("user_id", "role", "everywhere", "organization_id", "group_id", "valid_from", "valid_to")
    found: dict[int, tuple[HeldRole, ...]] = {}
    for user_id, role, *rest in RoleAssignment.objects.filter(user_id__in=user_ids).values_list(*fields):
        found[user_id] = (*found.get(user_id, ()), HeldRole(Role(role), *rest))
    return found


def scope_of(user: User | AnonymousUser, capability: Capability, on: date) -> Scope:
    """How far the person's capability reaches on the day; empty for strangers."""
    return scope_from(held_roles(user), capability, on)


def has_capability(user: User | AnonymousUser, capability: Capability, on: date) -> bool:
    """Does the person hold the capability over anything at all on the day?"""
    return not scope_of(user, capability, on).is_empty


def organizations_in_scope(scope: Scope, on: date) -> QuerySet[Organization]:
    """The units of the scope that exist on the day, with everything below them."""
    if scope.everywhere:
        return Organization.objects.valid_on(on)
    return units_within_body(*scope.organization_ids, on=on).valid_on(on)


def groups_in_scope(scope: Scope, on: date) -> QuerySet[LearnerGroup]:
    """The groups of the scope, of every school year: those named, and those of the schools in scope."""
    if scope.everywhere:
        return LearnerGroup.objects.all()
    return LearnerGroup.objects.filter(
        Q(pk__in=scope.group_ids) | Q(organization__in=_unit_ids(scope.school_ids, on))
    )


def learners_in_scope(scope: Scope, on: date) -> LearnerQuerySet:
    """Each person once: staff by a post held on the day, pupils by their class on the day.

    People are here with their own learner (guests that they claimed stand behind it); members of a
    group without an account are here too. Loose guests are in nobody's scope.
    """
    members = GroupMembership.objects.valid_on(on)
    if scope.everywhere:
        return Learner.objects.filter(
            Q(is_primary=True) | Q(user__isnull=True, pk__in=members.values("learner"))
        )
    units, schools = _unit_ids(scope.organization_ids, on), _unit_ids(scope.school_ids, on)
    posts = Appointment.objects.valid_on(on).filter(organization__in=units)
    in_groups = members.filter(Q(group__in=scope.group_ids) | Q(group__organization__in=schools))
    return Learner.objects.filter(
        Q(is_primary=True, user__in=posts.values("user"))
        | Q(pk__in=in_groups.values("learner"), user__isnull=True)
        | Q(is_primary=True, user__in=in_groups.filter(learner__user__isnull=False).values("learner__user"))
    )


def users_in_scope(scope: Scope, on: date) -> QuerySet[User]:
    """People with an account in the scope, by the same rule as ``learners_in_scope``."""
    if scope.everywhere:
        return User.objects.all()
    units, schools = _unit_ids(scope.organization_ids, on), _unit_ids(scope.school_ids, on)
    posts = Appointment.objects.valid_on(on).filter(organization__in=units)
    members = GroupMembership.objects.valid_on(on).filter(learner__user__isnull=False)
    in_groups = members.filter(Q(group__in=scope.group_ids) | Q(group__organization__in=schools))
    return User.objects.filter(Q(pk__in=posts.values("user")) | Q(pk__in=in_groups.values("learner__user")))


def reach_of(scope: Scope, on: date) -> Reach:
    """The ids of all units and groups that the scope covers on the day, for pure rules; two queries at most."""
    if scope.everywhere or scope.is_empty:
        return Reach(scope.everywhere, (), ())
    units: frozenset[int] = frozenset()
    if scope.organization_ids:
        units = frozenset(units_within_body(*scope.organization_ids, on=on).values_list("pk", flat=True))
    schools = units_within_body(*scope.school_ids, on=on).values("pk") if scope.school_ids else None
    groups = (
        LearnerGroup.objects.filter(organization__in=schools).values_list("pk", flat=True) if schools else ()
    )
    return Reach(False, units, frozenset(groups) | frozenset(scope.group_ids))


def _unit_ids(units: tuple[int, ...], on: date) -> QuerySet[Organization, Any]:
    """Ids of the units and all below in their body, existing or not: a post in an ended unit still counts."""
    return units_within_body(*units, on=on).values("pk")
