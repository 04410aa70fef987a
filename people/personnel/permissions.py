"""Who may open a person's page, change their posts and give them roles: inside the scope, never for oneself."""

from collections.abc import Iterable
from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from people.accounts.models import User
from people.appointments.enums import AppointmentKind
from people.appointments.models import Appointment
from people.groups.models import LearnerGroup
from people.organizations.models import Organization
from people.roles.enums import Capability, Role
from people.roles.models import RoleAssignment
from people.roles.queries import (
    groups_in_scope,
    organizations_in_scope,
    people_looked_after,
    reaches_of,
    scope_of,
    users_in_scope,
)
from people.roles.rules import HeldRole, may_give

_OPENING = (Capability.ISSUE_CARD, Capability.MANAGE_POSTS)


def people_visible_to(user: User | AnonymousUser, on: date) -> QuerySet[User]:
    """Whose pages the person may open: those in their scope, and those who left it or have yet to come."""
    found = Q(pk__in=())
    for scope in {scope_of(user, capability, on) for capability in _OPENING}:
        if not scope.is_empty:
            found |= Q(pk__in=people_looked_after(scope, on).values("pk"))
    return User.objects.filter(found)


def knows_of(user: User | AnonymousUser, person: User, on: date) -> bool:
    """Does the person see the other one's name anywhere, so that a closed door need not hide that there is one?"""
    scope = scope_of(user, Capability.VIEW_NAMES, on)
    return not scope.is_empty and users_in_scope(scope, on).filter(pk=person.pk).exists()


def can_manage(user: User, person: User, on: date) -> bool:
    """Posts and roles of the person at all. Nobody changes their own."""
    scope = scope_of(user, Capability.MANAGE_POSTS, on)
    if scope.is_empty or user.pk == person.pk:
        return False
    return people_looked_after(scope, on).filter(pk=person.pk).exists()


def units_to_place(user: User, today: date, on: date) -> QuerySet[Organization]:
    """Units that the person may put others into from a day: by the scope of today, by the tree of that day."""
    return organizations_in_scope(scope_of(user, Capability.MANAGE_POSTS, today), on)


def units_to_choose(user: User, today: date) -> QuerySet[Organization]:
    """Those of today, and those that are already known to be founded."""
    founded = Organization.objects.filter(valid_from__gt=today).order_by("valid_from")
    days = [today, *founded.values_list("valid_from", flat=True).distinct()[:5]]
    found = Q(pk__in=())
    for day in days:
        found |= Q(pk__in=units_to_place(user, today, day).values("pk"))
    return Organization.objects.filter(found)


def posts_in_reach(user: User, posts: Iterable[Appointment], on: date) -> frozenset[int]:
    """Ids of the posts that stand in units of the person's scope, ended units included."""
    reach = reaches_of(user, on).get(Capability.MANAGE_POSTS)
    if reach is None:
        return frozenset()
    return frozenset(
        post.pk for post in posts if reach.everywhere or post.organization_id in reach.organization_ids
    )


def can_transfer(user: User, person: User, on: date) -> bool:
    """Whoever has a main post elsewhere is transferred by those who look after that unit."""
    if not can_manage(user, person, on):
        return False
    posts = Appointment.objects.filter(user=person, kind=AppointmentKind.MAIN)
    current = list(posts.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=on)))
    return len(posts_in_reach(user, current, on)) == len(current)


def groups_to_give(user: User, on: date) -> QuerySet[LearnerGroup]:
    return groups_in_scope(scope_of(user, Capability.MANAGE_POSTS, on), on)


def can_give(user: User, person: User, held: HeldRole, on: date) -> bool:
    """To give the role or to end it: no more than the giver holds, nowhere beyond the giver's scope."""
    return can_manage(user, person, on) and may_give(reaches_of(user, on), held)


def held_role(assignment: RoleAssignment) -> HeldRole:
    return HeldRole(
        role=Role(assignment.role),
        everywhere=assignment.everywhere,
        organization_id=assignment.organization_id,
        group_id=assignment.group_id,
        valid_from=assignment.valid_from,
        valid_to=assignment.valid_to,
    )
