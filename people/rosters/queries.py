"""Lists of groups, and one group with everybody in it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Q

from office.calendar.rules import fiscal_year_label
from people.accounts.models import User
from people.credentials.models import OneTimeCard
from people.groups.enums import GroupKind
from people.groups.models import GroupMembership, LearnerGroup
from people.groups.rules import grade_label
from people.personnel.queries import Span, span
from people.roles.enums import Role
from people.roles.models import RoleAssignment
from people.rosters.permissions import groups_kept_by
from people.seats.queries import OpenSeat, open_seats_of

FOUND = 60


@dataclass(frozen=True)
class GroupCard:
    """One group in the list."""

    uuid: UUID
    name: str
    unit: str
    is_class: bool
    members: int
    seats: int


@dataclass(frozen=True)
class YearOfGroups:
    label: str
    groups: list[GroupCard]


@dataclass(frozen=True)
class MemberRow:
    """Somebody with an account in the group. ``card_until``: when an unused card ends."""

    learner: UUID
    person: UUID
    name: str
    kana: str
    login_id: str
    number: int | None
    span: Span
    has_signed_in: bool
    card_until: datetime | None

    @property
    def can_continue(self) -> bool:
        """The end lies ahead: it may be taken back."""
        return self.span.last_day is not None and not self.span.is_over


@dataclass(frozen=True)
class GroupPage:
    group: LearnerGroup
    year: str
    grade: str
    is_class: bool
    teachers: list[str]
    members: list[MemberRow]
    past: list[MemberRow]
    seats: list[OpenSeat]

    @property
    def without_sign_in(self) -> int:
        """How many may need a card."""
        return sum(not row.has_signed_in for row in self.members)


def groups_by_year(by: User, on: date) -> list[YearOfGroups]:
    """The newest year first; classes by school, grade and name. Two queries besides the scope's."""
    groups = groups_kept_by(by, on).select_related("organization")
    ordered = list(groups.order_by("-fiscal_year", "organization__order", "kind", "grade", "name", "pk"))
    counts = _counts([group.pk for group in ordered], on)
    years: dict[int, list[GroupCard]] = {}
    for group in ordered:
        people, seats = counts.get(group.pk, (0, 0))
        is_class = group.kind == GroupKind.HOMEROOM
        card = GroupCard(group.uuid, group.name, group.organization.name, is_class, people, seats)
        years.setdefault(group.fiscal_year, []).append(card)
    return [YearOfGroups(fiscal_year_label(year), cards) for year, cards in years.items()]


def _counts(groups: Sequence[int], on: date) -> dict[int, tuple[int, int]]:
    """People and free seats by group; who begins later counts as well."""
    coming = Q(valid_to__isnull=True) | Q(valid_to__gt=on)
    rows = GroupMembership.objects.filter(coming, group__in=groups).values("group").order_by()
    counted = rows.annotate(
        people=Count("pk", filter=Q(learner__user__isnull=False)),
        seats=Count("pk", filter=Q(learner__user__isnull=True)),
    )
    return {row["group"]: (row["people"], row["seats"]) for row in counted}


def group_page(group: LearnerGroup, *, on: date, at: datetime) -> GroupPage:
    """Six queries, however many people."""
    rows = GroupMembership.objects.filter(group=group, learner__user__isnull=False)
    memberships = list(rows.select_related("learner__user").order_by("number", "pk"))
    cards = _open_cards([row.learner.user_id for row in memberships], at)
    members = [_member(row, cards, on) for row in memberships if row.valid_to != row.valid_from]
    members.sort(key=lambda row: (row.number is None, row.number or 0, row.kana))
    return GroupPage(
        group=group,
        year=fiscal_year_label(group.fiscal_year),
        grade=grade_label(group.grade),
        is_class=group.kind == GroupKind.HOMEROOM,
        teachers=[person.name for person in teachers_of(group, on)],
        members=[row for row in members if not row.span.is_over],
        past=[row for row in members if row.span.is_over],
        seats=open_seats_of(group, on),
    )


def _member(row: GroupMembership, cards: dict[int, datetime], on: date) -> MemberRow:
    person = row.learner.user
    assert person is not None  # noqa: S101 - only such rows are asked for
    return MemberRow(
        learner=row.learner.uuid,
        person=person.uuid,
        name=person.name,
        kana=person.name_kana,
        login_id=person.username,
        number=row.number,
        span=span(row.valid_from, row.valid_to, on),
        has_signed_in=person.last_login is not None,
        card_until=cards.get(person.pk),
    )


def _open_cards(users: Iterable[int | None], at: datetime) -> dict[int, datetime]:
    cards = OneTimeCard.objects.filter(
        user__in=[pk for pk in users if pk], used_at__isnull=True, ended_at__isnull=True, expires_at__gt=at
    )
    return dict(cards.values_list("user_id", "expires_at"))


def teacher_roles(group: LearnerGroup, on: date) -> list[RoleAssignment]:
    """Who is in charge of the group on the day or later."""
    coming = Q(valid_to__isnull=True) | Q(valid_to__gt=on)
    roles = RoleAssignment.objects.filter(coming, group=group, role=Role.TEACHER.value)
    return list(roles.select_related("user").order_by("user__last_name_kana", "pk"))


def teachers_of(group: LearnerGroup, on: date) -> list[User]:
    """Each once, in the order of kana."""
    return list({role.user_id: role.user for role in teacher_roles(group, on)}.values())


def membership_of(group: LearnerGroup, learner: UUID, on: date) -> GroupMembership | None:
    """The one that holds or is to come, the newest first."""
    coming = Q(valid_to__isnull=True) | Q(valid_to__gt=on)
    rows = GroupMembership.objects.filter(coming, group=group, learner__uuid=learner)
    return rows.select_related("learner__user").order_by("-valid_from", "-pk").first()


def has_left(group: LearnerGroup, learner: UUID, on: date) -> bool:
    """Somebody who was a member and is none any more."""
    was = GroupMembership.objects.filter(group=group, learner__uuid=learner, valid_to__lte=on).exists()
    return was and membership_of(group, learner, on) is None
