"""People as a list shows them."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import Concat

from people.accounts.models import User
from people.accounts.rules import normalise_kana, normalise_login_id
from people.credentials.permissions import not_stronger
from people.roles.labels import ROLE_LABELS
from people.roles.places import places_of
from people.roles.queries import Scope, people_looked_after, roles_by_user, users_in_scope


@dataclass(frozen=True)
class PersonRow:
    uuid: UUID
    name: str
    kana: str
    login_id: str
    places: list[str]
    roles: list[str]
    can_issue: bool
    is_self: bool


def find_people(scope: Scope, words: str, on: date, *, away: bool = False) -> QuerySet[User]:
    """Active people of the scope whose name, kana or login id holds every word, in the order of kana.

    ``away``: instead of those who are there on the day, those who left or have yet to come.
    """
    people = users_in_scope(scope, on)
    if away:
        people = people_looked_after(scope, on).exclude(pk__in=people.values("pk"))
    return matching(people.filter(is_active=True), words)


def matching(people: QuerySet[User], words: str) -> QuerySet[User]:
    """Those whose name, kana or login id holds every word, in the order of kana."""
    people = people.annotate(
        whole_name=Concat(F("last_name"), F("first_name"), Value(" "), F("display_name")),
        whole_kana=Concat(F("last_name_kana"), F("first_name_kana")),
    )
    for word in words.split():
        people = people.filter(
            Q(whole_name__icontains=word)
            | Q(whole_name__icontains=unicodedata.normalize("NFKC", word))
            | Q(whole_kana__icontains=normalise_kana(word))
            | Q(username__icontains=normalise_login_id(word))
        )
    return people.order_by("last_name_kana", "first_name_kana", "username")


def rows_for(people: Sequence[User], *, by: User, on: date) -> list[PersonRow]:
    """One row a person; the number of queries does not grow with the people."""
    ids = [person.pk for person in people]
    places, roles = places_of(ids, on), roles_by_user(ids)
    issuable = not_stronger(by, people, roles, on)
    return [
        PersonRow(
            uuid=person.uuid,
            name=person.name,
            kana=person.name_kana,
            login_id=person.username,
            places=places.get(person.pk, []),
            roles=sorted(
                {str(ROLE_LABELS[held.role]) for held in roles.get(person.pk, ()) if held.holds_on(on)}
            ),
            can_issue=person.pk in issuable,
            is_self=person.pk == by.pk,
        )
        for person in people
    ]
