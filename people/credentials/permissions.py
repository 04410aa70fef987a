"""Who may give whom a one-time card, which is as good as the person's password."""

from collections.abc import Collection, Mapping
from datetime import date

from django.db.models import Q, QuerySet

from people.accounts.models import User
from people.appointments.models import Appointment
from people.groups.enums import GroupKind
from people.groups.models import GroupMembership, LearnerGroup
from people.roles.enums import Capability
from people.roles.models import RoleAssignment
from people.roles.queries import (
    organizations_in_scope,
    reaches_of,
    roles_by_user,
    scope_of,
    users_in_scope,
)
from people.roles.rules import HeldRole, outranks


def can_issue_card(by: User, person: User, on: date) -> bool:
    """In the scope of the issuer, and with no right that the issuer does not have."""
    scope = scope_of(by, Capability.ISSUE_CARD, on)
    within = not scope.is_empty and users_in_scope(scope, on).filter(pk=person.pk).exists()
    if not within and not participants_of(by, on).filter(pk=person.pk).exists():
        return False
    return person.pk in not_stronger(by, [person], roles_by_user([person.pk]), on)


def participants_of(by: User, on: date) -> QuerySet[User]:
    """People in the courses that a helper runs who are nothing else here: no post, no role, no class, now or later."""
    scope = scope_of(by, Capability.RUN_SESSION, on)
    if scope.is_empty:
        return User.objects.none()
    units = organizations_in_scope(scope, on).values("pk")
    courses = LearnerGroup.objects.filter(
        Q(organization__in=units) | Q(pk__in=scope.group_ids), kind=GroupKind.OTHER
    )
    members = GroupMembership.objects.valid_on(on).filter(learner__user__isnull=False)
    coming = Q(valid_to__isnull=True) | Q(valid_to__gt=on)
    classes = GroupMembership.objects.filter(
        coming, group__kind=GroupKind.HOMEROOM, learner__user__isnull=False
    )
    people = User.objects.filter(
        pk__in=members.filter(group__in=courses.values("pk")).values("learner__user")
    )
    return (
        people.exclude(pk__in=Appointment.objects.filter(coming).values("user"))
        .exclude(pk__in=RoleAssignment.objects.filter(coming).values("user"))
        .exclude(pk__in=classes.values("learner__user"))
    )


def not_stronger(
    by: User, people: Collection[User], roles: Mapping[int, Collection[HeldRole]], on: date
) -> frozenset[int]:
    """Ids of those whose rights, also coming ones, the issuer has as well. ``roles``: theirs, by user id.

    Nobody gives a card to oneself: an open screen must not be enough to change a password.
    """
    reaches = reaches_of(by, on)
    runs_install = Capability.MANAGE_INSTALL in reaches and reaches[Capability.MANAGE_INSTALL].everywhere
    return frozenset(
        person.pk
        for person in people
        if person.pk != by.pk
        and person.is_active
        and (runs_install or not (person.is_superuser or person.is_staff))
        and all(outranks(reaches, held) for held in roles.get(person.pk, ()) if not held.is_over_on(on))
    )
