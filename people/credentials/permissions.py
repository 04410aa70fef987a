"""Who may give whom a one-time card, which is as good as the person's password."""

from collections.abc import Collection, Mapping
from datetime import date

from people.accounts.models import User
from people.roles.enums import Capability
from people.roles.queries import reaches_of, roles_by_user, scope_of, users_in_scope
from people.roles.rules import HeldRole, outranks


def can_issue_card(by: User, person: User, on: date) -> bool:
    """In the scope of the issuer, and with no right that the issuer does not have."""
    scope = scope_of(by, Capability.ISSUE_CARD, on)
    if scope.is_empty or not users_in_scope(scope, on).filter(pk=person.pk).exists():
        return False
    return person.pk in not_stronger(by, [person], roles_by_user([person.pk]), on)


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
