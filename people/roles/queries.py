"""The one scope layer: what a person may reach on a day. Closed unless a role opens it."""

from datetime import date
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from office.prepared.queries import Prepared
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
    "people_looked_after",
    "reach_of",
    "reaches_of",
    "scope_of",
    "users_in_scope",
]

_CACHE = "_held_roles"
_ROLE = ("role", "everywhere", "organization_id", "group_id", "valid_from", "valid_to")


def held_roles(user: User | AnonymousUser) -> tuple[HeldRole, ...]:
    """All roles of the person, also past and coming ones; one query, kept on the user object of the request."""
    if not isinstance(user, User) or not user.is_active:
        return ()
    held: tuple[HeldRole, ...] | None = user.__dict__.get(_CACHE)
    if held is None:
        held = user.__dict__[_CACHE] = tuple(
            HeldRole(Role(role), *rest) for role, *rest in _OF_ONE.rows(user=user.pk)
        )
    return held


# Every page with a head asks it.
_OF_ONE = Prepared(
    lambda user: RoleAssignment.objects.filter(user_id=user).values_list(*_ROLE), ints=("user",)
)


def forget_roles(user: User) -> None:
    """After a change of roles the kept ones are read anew."""
    user.__dict__.pop(_CACHE, None)


def roles_by_user(user_ids: list[int]) -> dict[int, tuple[HeldRole, ...]]:
    """The roles of many people in one query."""
    found: dict[int, tuple[HeldRole, ...]] = {}
    rows = RoleAssignment.objects.filter(user_id__in=user_ids).values_list("user_id", *_ROLE)
    for user_id, role, *rest in rows:
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


def people_looked_after(scope: Scope, on: date) -> QuerySet[User]:
    """``users_in_scope``, and who left or has yet to come: no post anywhere on the day, but one of the scope before or after.

    Whoever went on to another body is that body's.
    """
    here = users_in_scope(scope, on)
    if scope.everywhere:
        return here
    posts = Appointment.objects.filter(organization__in=_unit_ids(scope.organization_ids, on))
    held_now = Appointment.objects.valid_on(on)
    away = User.objects.filter(pk__in=posts.values("user")).exclude(pk__in=held_now.values("user"))
    return User.objects.filter(Q(pk__in=here.values("pk")) | Q(pk__in=away.values("pk")))


def reach_of(scope: Scope, on: date) -> Reach:
    """The ids of all units and groups that the scope covers on the day, for pure rules; three queries at most."""
    if scope.everywhere or scope.is_empty:
        return Reach(scope.everywhere, (), ())
    units: frozenset[int] = frozenset()
    if scope.organization_ids:
        units = frozenset(units_within_body(*scope.organization_ids, on=on).values_list("pk", flat=True))
    schools = units if scope.school_ids == scope.organization_ids else frozenset(_ids(scope.school_ids, on))
    groups = (
        LearnerGroup.objects.filter(organization__in=_unit_ids(scope.school_ids, on)).values_list(
            "pk", flat=True
        )
        if schools
        else ()
    )
    return Reach(False, units, frozenset(groups) | frozenset(scope.group_ids), schools)


def reaches_of(user: User, on: date) -> dict[Capability, Reach]:
    """How far each of the person's capabilities reaches; one look-up for each different scope: most people have one."""
    scopes = {capability: scope_of(user, capability, on) for capability in Capability}
    worked_out: dict[Scope, Reach] = {scope: reach_of(scope, on) for scope in set(scopes.values())}
    return {capability: worked_out[scope] for capability, scope in scopes.items() if not scope.is_empty}


def _ids(units: tuple[int, ...], on: date) -> Any:
    return _unit_ids(units, on).values_list("pk", flat=True) if units else ()


def _unit_ids(units: tuple[int, ...], on: date) -> QuerySet[Organization, Any]:
    """Ids of the units and all below in their body, existing or not: a post in an ended unit still counts."""
    return units_within_body(*units, on=on).values("pk")
