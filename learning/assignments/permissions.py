"""Who may assign to whom, and which assignments somebody may see."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from learning.assignments.models import Assignment, Duty
from people.accounts.models import User
from people.groups.models import LearnerGroup
from people.learners.models import Learner
from people.organizations.models import Organization
from people.roles.enums import Capability
from people.roles.queries import (
    groups_in_scope,
    has_capability,
    held_roles,
    learners_in_scope,
    organizations_in_scope,
    reach_of,
    scope_of,
)
from people.roles.rules import HeldRole, Reach, scope_from

Person = User | AnonymousUser


def can_assign(user: Person, on: date) -> bool:
    """At all, over anybody."""
    return has_capability(user, Capability.ASSIGN, on)


def units_to_assign(user: Person, on: date) -> QuerySet[Organization]:
    """The units that the person may assign to; a teacher's classes are no unit."""
    return organizations_in_scope(scope_of(user, Capability.ASSIGN, on), on)


def groups_to_assign(user: Person, on: date) -> QuerySet[LearnerGroup]:
    return groups_in_scope(scope_of(user, Capability.ASSIGN, on), on)


def people_to_assign(user: Person, on: date) -> QuerySet[Learner]:
    return learners_in_scope(scope_of(user, Capability.ASSIGN, on), on)


def can_assign_to(
    user: Person,
    on: date,
    *,
    organization: Organization | None = None,
    group: LearnerGroup | None = None,
    learners: Iterable[Learner] = (),
) -> bool:
    """Every target must lie in the person's scope."""
    if organization is not None and not units_to_assign(user, on).filter(pk=organization.pk).exists():
        return False
    if group is not None and not groups_to_assign(user, on).filter(pk=group.pk).exists():
        return False
    named = {learner.pk for learner in learners}
    return not named or people_to_assign(user, on).filter(pk__in=named).count() == len(named)


def assignments_visible_to(user: Person, on: date) -> QuerySet[Assignment]:
    """Those whose target lies in the person's scope. Empty without the right to assign.

    An assignment to people by name is its maker's, as long as one of them lies in the maker's scope: whoever went to
    another body leaves theirs behind.
    """
    scope = scope_of(user, Capability.ASSIGN, on)
    if scope.is_empty or isinstance(user, AnonymousUser):
        return Assignment.objects.none()
    if scope.everywhere:
        return Assignment.objects.all()
    reached = Duty.objects.filter(assignment=OuterRef("pk"), learner__in=learners_in_scope(scope, on))
    return Assignment.objects.filter(
        Q(organization__in=organizations_in_scope(scope, on).values("pk"))
        | Q(group__in=groups_in_scope(scope, on).values("pk"))
        | Q(assigned_by=user, organization__isnull=True, group__isnull=True) & Q(Exists(reached))
    )


def can_withdraw(user: Person, assignment: Assignment, on: date) -> bool:
    """May the person take back an assignment that they see?

    Their own; and of another person's what was put before the target by a right that does not reach beyond theirs:
    a successor takes over, the school's head may correct a teacher, and a teacher cannot undo what the board of
    education asks of the class.
    """
    if assignment.assigned_by_id == user.pk:
        return True
    reach = reach_of(scope_of(user, Capability.ASSIGN, on), on)
    if reach.everywhere:
        return True
    behind = list(_rights_behind(assignment))
    return bool(behind) and all(reach.covers(held) for held in behind)


def _rights_behind(assignment: Assignment) -> Iterator[HeldRole]:
    """The roles by which its maker could assign to the target on the day when it was made, also if over since."""
    day = timezone.localtime(assignment.created_at).date()
    for held in held_roles(assignment.assigned_by):
        # A role that ended on that very day was still held when it was used.
        if held.valid_to is not None and held.valid_to < day:
            continue
        scope = scope_from([replace(held, valid_to=None)], Capability.ASSIGN, day)
        if not scope.is_empty and _reaches(reach_of(scope, day), assignment):
            yield held


def _reaches(reach: Reach, assignment: Assignment) -> bool:
    """People by name are within reach of whoever named them."""
    if reach.everywhere:
        return True
    if assignment.group_id is not None:
        return assignment.group_id in reach.group_ids
    return assignment.organization_id is None or assignment.organization_id in reach.organization_ids
