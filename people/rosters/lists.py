"""A pasted list held against who there is: what each line would do."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from people.accounts.models import User
from people.groups.models import GroupMembership, LearnerGroup
from people.rosters.enums import RowState
from people.rosters.permissions import people_to_add
from people.rosters.rules import PastedRow, free_login_ids
from people.rosters.words import FAULTS


@dataclass(frozen=True)
class PlannedRow:
    """``login_id``: the one there is or will be. ``can_be_new``: somebody has this name already; is it another person?"""

    row: PastedRow
    state: RowState
    login_id: str = ""
    person: User | None = None
    can_be_new: bool = False
    message: str = ""


@dataclass(frozen=True)
class _Known:
    """Who there is, looked up once for the whole list."""

    by_login: dict[str, User]
    in_reach: frozenset[int]
    by_name: dict[tuple[str, str], list[User]]
    members: dict[int, int | None]  # user id → number
    numbers: dict[int, int | None]  # number → user id, None for a seat


def plan(
    group: LearnerGroup,
    rows: Sequence[PastedRow],
    *,
    prefix: str,
    as_new: Collection[int],
    by: User,
    on: date,
) -> list[PlannedRow]:
    """What each line would do. ``as_new``: numbers of lines whose person is another one of the same name.

    Four queries besides the scope's, however long the list.
    """
    known = _known(group, rows, prefix, by, on)
    numbers = Counter(row.number for row in rows if row.number is not None)
    people = Counter(_identity(row) for row in rows if row.last_name)
    planned = []
    for row in rows:
        twice = (row.number is not None and numbers[row.number] > 1 and "number_twice") or (
            people[_identity(row)] > 1 and "person_twice"
        )
        fault = row.fault or twice or ""
        planned.append(_wrong(row, fault) if fault else _planned(row, known, row.line in as_new))
    fresh = [row for row in planned if row.state == RowState.NEW and not row.login_id]
    logins = iter(free_login_ids(prefix, set(known.by_login), len(fresh)))
    return [
        PlannedRow(one.row, one.state, next(logins), None, one.can_be_new)
        if one.state == RowState.NEW and not one.login_id
        else one
        for one in planned
    ]


def _identity(row: PastedRow) -> tuple[str, str, int | None, str]:
    return row.name, row.kana, row.number, row.login_id


def _planned(row: PastedRow, known: _Known, as_new: bool) -> PlannedRow:
    if row.login_id:
        person = known.by_login.get(row.login_id)
        if person is None:
            return _with_number(row, known, PlannedRow(row, RowState.NEW, row.login_id))
        if person.pk not in known.in_reach:
            return _wrong(row, "login_elsewhere")
        if (person.last_name, person.first_name) != (row.last_name, row.first_name):
            return _wrong(row, "login_other_name")
        return _person(row, known, person)
    same = [p for p in known.by_name.get((row.last_name, row.first_name), []) if _same_kana(p, row)]
    inside = [p for p in same if known.members.get(p.pk, -1) == row.number]
    if inside:
        return _person(row, known, inside[0])
    if not same or as_new:
        return _with_number(row, known, PlannedRow(row, RowState.NEW, can_be_new=bool(same)))
    if len(same) > 1:
        return _wrong(row, "several", can_be_new=True)
    return _person(row, known, same[0], can_be_new=True)


def _person(row: PastedRow, known: _Known, person: User, *, can_be_new: bool = False) -> PlannedRow:
    if person.pk in known.members:
        return PlannedRow(row, RowState.MEMBER, person.username, person, can_be_new)
    found = PlannedRow(row, RowState.KNOWN, person.username, person, can_be_new)
    return _with_number(row, known, found)


def _with_number(row: PastedRow, known: _Known, planned: PlannedRow) -> PlannedRow:
    return _wrong(row, "number_used") if row.number is not None and row.number in known.numbers else planned


def _wrong(row: PastedRow, fault: str, *, can_be_new: bool = False) -> PlannedRow:
    return PlannedRow(row, RowState.WRONG, can_be_new=can_be_new, message=str(FAULTS[fault]))


def _same_kana(person: User, row: PastedRow) -> bool:
    return (person.last_name_kana, person.first_name_kana) == (row.last_name_kana, row.first_name_kana)


def _known(group: LearnerGroup, rows: Sequence[PastedRow], prefix: str, by: User, on: date) -> _Known:
    logins = [row.login_id for row in rows if row.login_id]
    named = User.objects.filter(username__in=logins) | User.objects.filter(username__startswith=prefix)
    by_login = {person.username: person for person in named}
    reach = people_to_add(by, on)
    similar = reach.filter(last_name__in={row.last_name for row in rows if row.last_name})
    by_name: dict[tuple[str, str], list[User]] = {}
    for person in similar.order_by("pk"):
        by_name.setdefault((person.last_name, person.first_name), []).append(person)
    mine = reach.filter(username__in=logins).values_list("pk", flat=True)
    members = GroupMembership.objects.filter(group=group, valid_to__isnull=True)
    places = list(members.values_list("learner__user", "number"))
    by_name = _with_members(by_name, group)
    return _Known(
        by_login=by_login,
        in_reach=frozenset(mine),
        by_name=by_name,
        members={user: number for user, number in places if user is not None},
        numbers={number: user for user, number in places if number is not None},
    )


def _with_members(
    by_name: dict[tuple[str, str], list[User]], group: LearnerGroup
) -> dict[tuple[str, str], list[User]]:
    """Members who are yet to come are in no scope of today, but a second click must find them."""
    waiting = GroupMembership.objects.filter(group=group, valid_to__isnull=True, learner__user__isnull=False)
    for row in waiting.select_related("learner__user"):
        person = row.learner.user
        assert person is not None  # noqa: S101 - only such rows are asked for
        same = by_name.setdefault((person.last_name, person.first_name), [])
        if all(other.pk != person.pk for other in same):
            same.append(person)
    return by_name
