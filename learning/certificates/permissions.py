"""Who may see, revoke and re-issue a certificate."""

from datetime import date
from enum import StrEnum

from django.contrib.auth.models import AnonymousUser

from learning.certificates.models import Certificate
from people.accounts.models import User
from people.learners.models import Learner
from people.roles.enums import Capability
from people.roles.queries import learners_in_scope, scope_of


class Relation(StrEnum):
    """How somebody stands to a certificate; a stranger does not learn that there is one."""

    OWNER = "owner"
    MANAGER = "manager"
    INSIDER = "insider"
    STRANGER = "stranger"


def relation_to(user: User | AnonymousUser, certificate: Certificate, on: date) -> Relation:
    """``certificate`` must hold its completion, enrollment and learner."""
    learner = certificate.completion.enrollment.learner
    if isinstance(user, AnonymousUser):
        return Relation.STRANGER
    if _in_scope(user, learner, Capability.MANAGE_CERTIFICATES, on):
        return Relation.MANAGER
    if learner.user_id == user.pk:
        return Relation.OWNER
    return Relation.INSIDER if _in_scope(user, learner, Capability.VIEW_NAMES, on) else Relation.STRANGER


def can_fetch(relation: Relation) -> bool:
    return relation in (Relation.OWNER, Relation.MANAGER)


def _in_scope(user: User, learner: Learner, capability: Capability, on: date) -> bool:
    scope = scope_of(user, capability, on)
    if scope.is_empty:
        return False
    people = learners_in_scope(scope, on)
    same = people.filter(pk=learner.pk) if learner.user_id is None else people.filter(user_id=learner.user_id)
    return same.exists()
