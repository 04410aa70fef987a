"""A person as their page shows them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from wagtail.models import ModelLogEntry

from people.accounts.models import User
from people.appointments.enums import AppointmentKind
from people.appointments.models import Appointment, main_starts
from people.appointments.rules import can_be_withdrawn, is_followed
from people.credentials.models import OneTimeCard
from people.credentials.permissions import can_issue_card
from people.groups.models import GroupMembership
from people.organizations.enums import BODIES
from people.organizations.models import OrganizationPlacement
from people.personnel.permissions import can_manage, can_transfer, held_role, posts_in_reach
from people.personnel.words import SENTENCES, sentence
from people.roles.enums import Capability, Role
from people.roles.labels import ROLE_LABELS, allowed_by, scope_label
from people.roles.models import RoleAssignment
from people.roles.queries import reaches_of
from people.roles.rules import Reach, may_give

SHOWN_HISTORY = 50


@dataclass(frozen=True)
class Span:
    """From when until when, as people say it: ``last_day`` is the last one on which it holds."""

    first_day: date
    last_day: date | None
    is_coming: bool
    is_over: bool

    @property
    def is_now(self) -> bool:
        return not (self.is_coming or self.is_over)


@dataclass(frozen=True)
class PostRow:
    uuid: UUID
    unit: str
    post: str
    is_main: bool
    span: Span
    can_end: bool
    can_continue: bool
    can_withdraw: bool


@dataclass(frozen=True)
class RoleRow:
    uuid: UUID
    label: str
    scope: str
    allows: list[str]
    span: Span
    can_end: bool


@dataclass(frozen=True)
class GroupRow:
    group: str
    number: int | None
    span: Span


@dataclass(frozen=True)
class SignIn:
    """``card_until``: when an unused one-time card ends; None without one."""

    last: datetime | None
    has_password: bool
    must_change: bool
    card_until: datetime | None
    is_resting: bool


@dataclass(frozen=True)
class Entry:
    at: datetime
    by: str
    sentence: str
    reason: str


@dataclass(frozen=True)
class PersonPage:
    person: User
    posts: list[PostRow]
    roles: list[RoleRow]
    groups: list[GroupRow]
    sign_in: SignIn
    history: list[Entry]
    is_self: bool
    can_manage: bool
    can_transfer: bool
    can_issue: bool

    @property
    def has_past_posts(self) -> bool:
        return any(post.span.is_over for post in self.posts)


def person_page(person: User, *, by: User, on: date, at: datetime) -> PersonPage:
    """Everything on the page; the history is for those who may change something."""
    managing = can_manage(by, person, on)
    return PersonPage(
        person=person,
        posts=_posts(person, by, on, managing),
        roles=_roles(person, by, on, managing),
        groups=_groups(person, on),
        sign_in=_sign_in(person, at),
        history=history_of_person(person) if managing else [],
        is_self=person.pk == by.pk,
        can_manage=managing,
        can_transfer=managing and can_transfer(by, person, on),
        can_issue=can_issue_card(by, person, on),
    )


def span(first: date, end: date | None, on: date) -> Span:
    return Span(
        first_day=first,
        last_day=end - timedelta(days=1) if end else None,
        is_coming=first > on,
        is_over=end is not None and end <= on,
    )


def unit_labels(unit_ids: Collection[int], on: date) -> dict[int, str]:
    """The unit above each, where that is not the body itself: two 税務課 are told apart. One query."""
    placed = OrganizationPlacement.objects.filter(organization__in=unit_ids, valid_from__lte=on)
    rows = placed.exclude(parent__kind__in=[str(kind) for kind in BODIES]).order_by("valid_from")
    return dict(rows.values_list("organization_id", "parent__name"))


def history_of_person(person: User) -> list[Entry]:
    """Newest first: who did what to this person's posts, roles and ways in."""
    entries = ModelLogEntry.objects.for_instance(person).filter(action__in=SENTENCES)
    rows = entries.select_related("user").order_by("-timestamp", "-pk")[:SHOWN_HISTORY]
    return [
        Entry(
            row.timestamp,
            str(row.user_display_name),
            sentence(row.action, row.data),
            str(row.data.get("reason") or ""),
        )
        for row in rows
    ]


def _posts(person: User, by: User, on: date, managing: bool) -> list[PostRow]:
    """Coming and present ones first, the newest on top; then the past."""
    posts = list(Appointment.objects.filter(user=person).select_related("organization"))
    reachable = posts_in_reach(by, posts, on) if managing else frozenset()
    above = unit_labels([post.organization_id for post in posts], on)
    posts.sort(key=lambda p: (p.kind == AppointmentKind.MAIN, p.valid_from, p.pk), reverse=True)
    starts = main_starts(posts)
    rows = [
        _post(post, starts, above, on, reachable=post.pk in reachable, is_only=len(posts) == 1)
        for post in posts
    ]
    return sorted(rows, key=lambda row: row.span.is_over)


def _post(
    post: Appointment,
    starts: list[date],
    above: dict[int, str],
    on: date,
    *,
    reachable: bool,
    is_only: bool,
) -> PostRow:
    when = span(post.valid_from, post.valid_to, on)
    is_main = post.kind == AppointmentKind.MAIN
    others = starts if is_main else []
    followed = is_followed(valid_to=post.valid_to, main_starts=others)
    newest = can_be_withdrawn(valid_from=post.valid_from, valid_to=post.valid_to, main_starts=others)
    return PostRow(
        uuid=post.uuid,
        unit=" ".join(filter(None, [above.get(post.organization_id), post.organization.name])),
        post=post.post,
        is_main=is_main,
        span=when,
        can_end=reachable and not when.is_over and not followed,
        can_continue=reachable and post.valid_to is not None and not followed,
        can_withdraw=reachable and newest and not is_only,
    )


def _roles(person: User, by: User, on: date, managing: bool) -> list[RoleRow]:
    """A role that was taken back on its first day never counted and is told by the history alone."""
    rows = RoleAssignment.objects.filter(user=person).select_related("organization", "group__organization")
    reaches = reaches_of(by, on) if managing else {}
    found = [
        _role(row, reaches, on)
        for row in rows.order_by("-valid_from", "-pk")
        if row.valid_to != row.valid_from
    ]
    return sorted(found, key=lambda row: row.span.is_over)


def _role(row: RoleAssignment, reaches: dict[Capability, Reach], on: date) -> RoleRow:
    when, role = span(row.valid_from, row.valid_to, on), Role(row.role)
    return RoleRow(
        uuid=row.uuid,
        label=str(ROLE_LABELS[role]),
        scope=scope_of_role(row),
        allows=allowed_by(role),
        span=when,
        can_end=not when.is_over and may_give(reaches, held_role(row)),
    )


def scope_of_role(row: RoleAssignment) -> str:
    unit = row.organization.name if row.organization else ""
    return scope_label(unit, f"{row.group.organization.name} {row.group.name}" if row.group else "")


def _groups(person: User, on: date) -> list[GroupRow]:
    rows = GroupMembership.objects.filter(learner__user=person).select_related("group__organization")
    found = [
        GroupRow(
            f"{row.group.organization.name} {row.group.name}",
            row.number,
            span(row.valid_from, row.valid_to, on),
        )
        for row in rows.order_by("-valid_from", "-pk")
    ]
    return sorted(found, key=lambda row: row.span.is_over)


def _sign_in(person: User, at: datetime) -> SignIn:
    cards = OneTimeCard.objects.filter(
        user=person, used_at__isnull=True, ended_at__isnull=True, expires_at__gt=at
    )
    return SignIn(
        last=person.last_login,
        has_password=person.has_usable_password(),
        must_change=person.must_change_password,
        card_until=cards.values_list("expires_at", flat=True).first(),
        is_resting=not person.is_active,
    )
