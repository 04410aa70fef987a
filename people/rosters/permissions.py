"""Who keeps the lists of classes and courses: whoever issues cards to the pupils of a class, whoever runs a course.

Nothing is kept beyond the scope layer: a teacher has the own classes, a principal the school's, a board of education
those of its schools, a helper the courses of the community center.
"""

from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet

from people.accounts.models import User
from people.appointments.models import Appointment
from people.groups.enums import GroupKind
from people.groups.models import GroupMembership, LearnerGroup
from people.organizations.enums import OrganizationKind
from people.organizations.models import Organization
from people.roles.enums import Capability
from people.roles.queries import (
    Scope,
    groups_in_scope,
    has_capability,
    organizations_in_scope,
    scope_of,
    users_in_scope,
)

_KEEPING = (Capability.ISSUE_CARD, Capability.RUN_SESSION)


def keeps_groups(user: User | AnonymousUser, on: date) -> bool:
    """Any list at all."""
    return any(has_capability(user, capability, on) for capability in _KEEPING)


def groups_kept_by(user: User | AnonymousUser, on: date) -> QuerySet[LearnerGroup]:
    """Classes by the scope over pupils; courses also by the scope over the unit that holds them."""
    pupils, sessions = _scopes(user, on)
    found = Q(pk__in=groups_in_scope(pupils, on).values("pk"))
    courses = Q(pk__in=sessions.group_ids)
    for scope in (pupils, sessions):
        units = organizations_in_scope(scope, on).exclude(kind=OrganizationKind.SCHOOL)
        courses |= Q(organization__in=units.values("pk"))
    return LearnerGroup.objects.filter(found | (courses & Q(kind=GroupKind.OTHER)))


def require_kept(group: LearnerGroup, by: User, on: date) -> None:
    """Raises PermissionDenied unless the person keeps the list of the group."""
    if not groups_kept_by(by, on).filter(pk=group.pk).exists():
        raise PermissionDenied


def schools_to_fill(user: User | AnonymousUser, on: date) -> QuerySet[Organization]:
    """Schools in which the person may make classes: those of the scope, and those whose class they teach."""
    scope = _scopes(user, on)[0]
    own = LearnerGroup.objects.filter(pk__in=scope.group_ids, kind=GroupKind.HOMEROOM)
    schools = Organization.objects.valid_on(on).filter(kind=OrganizationKind.SCHOOL)
    return schools.filter(Q(pk__in=_schools(scope, on).values("pk")) | Q(pk__in=own.values("organization")))


def centers_to_fill(user: User | AnonymousUser, on: date) -> QuerySet[Organization]:
    """Units in which the person may make courses: community centers of the scope, and what a helper's role names."""
    pupils, sessions = _scopes(user, on)
    found = Q(pk__in=sessions.organization_ids)
    for scope in (pupils, sessions):
        centers = organizations_in_scope(scope, on).filter(kind=OrganizationKind.COMMUNITY_CENTER)
        found |= Q(pk__in=centers.values("pk"))
    return Organization.objects.valid_on(on).filter(found).exclude(kind=OrganizationKind.SCHOOL)


def people_to_add(user: User | AnonymousUser, on: date) -> QuerySet[User]:
    """Those whom the person looks after already: of the scope, or in a group that they keep, on the day."""
    members = GroupMembership.objects.valid_on(on).filter(group__in=groups_kept_by(user, on).values("pk"))
    found = Q(pk__in=members.filter(learner__user__isnull=False).values("learner__user"))
    for scope in _scopes(user, on):
        if not scope.is_empty:
            found |= Q(pk__in=users_in_scope(scope, on).values("pk"))
    return User.objects.filter(found, is_active=True)


def teachers_to_choose(organization_ids: list[int], on: date) -> QuerySet[User]:
    """Whoever holds a post at the school on the day."""
    posts = Appointment.objects.valid_on(on).filter(organization__in=organization_ids)
    return User.objects.filter(pk__in=posts.values("user"), is_active=True)


def heads_school(user: User, group: LearnerGroup, on: date) -> bool:
    """Is the whole school in the person's scope, and not only this class?"""
    scope = _scopes(user, on)[0]
    return scope.everywhere or group.organization_id in set(_schools(scope, on).values_list("pk", flat=True))


def _schools(scope: Scope, on: date) -> QuerySet[Organization]:
    pupils = Scope(everywhere=scope.everywhere, organization_ids=scope.school_ids)
    return organizations_in_scope(pupils, on)


def _scopes(user: User | AnonymousUser, on: date) -> tuple[Scope, Scope]:
    """Over pupils and members, and over the courses that are run."""
    return scope_of(user, _KEEPING[0], on), scope_of(user, _KEEPING[1], on)
