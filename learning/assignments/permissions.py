"""Who may assign to whom, and which assignments somebody may see."""

from collections.abc import Iterable
from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, Q, QuerySet

from learning.assignments.models import Assignment, Duty
from people.accounts.models import User
from people.groups.models import LearnerGroup
from people.learners.models import Learner
from people.organizations.models import Organization
from people.roles.enums import Capability
from people.roles.queries import (
    groups_in_scope,
    has_capability,
    learners_in_scope,
    organizations_in_scope,
    scope_of,
)

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
