"""What each role allows, and when one person's rights reach as far as another's."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from people.roles.enums import Capability, Role

# Who may see names follows the reporting chain of the security guideline: the section's head sees the
# section, the training officer the body; CDO and CISO see totals.
ROLE_CAPABILITIES: Mapping[Role, frozenset[Capability]] = {
    Role.INSTALL_ADMIN: frozenset(Capability),
    Role.BODY_ADMIN: frozenset(
        {
            Capability.VIEW_NAMES,
            Capability.VIEW_TOTALS,
            Capability.EXPORT,
            Capability.ISSUE_CARD,
            Capability.MANAGE_POSTS,
            Capability.MANAGE_PEOPLE,
            Capability.VIEW_AUDIT,
        }
    ),
    Role.CDO: frozenset({Capability.VIEW_TOTALS}),
    Role.CISO: frozenset({Capability.VIEW_TOTALS}),
    Role.TRAINING_OFFICER: frozenset(
        {
            Capability.VIEW_NAMES,
            Capability.VIEW_TOTALS,
            Capability.EXPORT,
            Capability.ASSIGN,
            Capability.ISSUE_CARD,
            Capability.MANAGE_POSTS,
            Capability.MANAGE_CERTIFICATES,
        }
    ),
    Role.SECTION_HEAD: frozenset({Capability.VIEW_NAMES, Capability.VIEW_TOTALS, Capability.EXPORT}),
    Role.DX_LEADER: frozenset({Capability.VIEW_NAMES, Capability.VIEW_TOTALS}),
    Role.DX_SPECIALIST: frozenset({Capability.VIEW_TOTALS}),
    Role.ICT_ADVISER: frozenset(),
    Role.BOARD_OF_EDUCATION: frozenset(
        {
            Capability.VIEW_NAMES,
            Capability.VIEW_TOTALS,
            Capability.EXPORT,
            Capability.ASSIGN,
            Capability.ISSUE_CARD,
            Capability.MANAGE_POSTS,
            Capability.MANAGE_PEOPLE,
        }
    ),
    Role.PRINCIPAL: frozenset(
        {
            Capability.VIEW_NAMES,
            Capability.VIEW_TOTALS,
            Capability.EXPORT,
            Capability.ASSIGN,
            Capability.ISSUE_CARD,
        }
    ),
    Role.TEACHER: frozenset(
        {
            Capability.VIEW_NAMES,
            Capability.VIEW_TOTALS,
            Capability.EXPORT,
            Capability.ASSIGN,
            Capability.ISSUE_CARD,
        }
    ),
    Role.HELPER: frozenset({Capability.RUN_SESSION}),
    Role.AUTHOR: frozenset({Capability.AUTHOR}),
    Role.EDITOR: frozenset({Capability.AUTHOR, Capability.PUBLISH}),
    Role.AUDITOR: frozenset(
        {Capability.VIEW_NAMES, Capability.VIEW_TOTALS, Capability.EXPORT, Capability.VIEW_AUDIT}
    ),
}


# Roles that answer for pupils. A training officer answers for staff: the pupils of the body's schools are
# the board of education's, the school's and the teachers'.
PUPIL_ROLES = frozenset(
    {
        Role.INSTALL_ADMIN,
        Role.BODY_ADMIN,
        Role.BOARD_OF_EDUCATION,
        Role.PRINCIPAL,
        Role.TEACHER,
        Role.AUDITOR,
    }
)
# What one of these allows is done to every body at once, whatever scope the role names.
INSTALL_WIDE = frozenset({Capability.MANAGE_INSTALL, Capability.AUTHOR, Capability.PUBLISH})
_OVER_GROUPS = frozenset({Role.TEACHER, Role.HELPER})
_NOT_OVER_UNITS = frozenset({Role.INSTALL_ADMIN, Role.TEACHER})


@dataclass(frozen=True)
class HeldRole:
    """A role over one scope, for the days ``valid_from`` ≤ day < ``valid_to``."""

    role: Role
    everywhere: bool
    organization_id: int | None
    group_id: int | None
    valid_from: date
    valid_to: date | None

    def holds_on(self, day: date) -> bool:
        return self.valid_from <= day and not self.is_over_on(day)

    def is_over_on(self, day: date) -> bool:
        return self.valid_to is not None and self.valid_to <= day


@dataclass(frozen=True)
class Scope:
    """How far a capability reaches: nowhere unless something is named.

    ``organization_ids`` are the units a role names; everything below them in the same body is meant as well,
    which ``roles.queries`` works out for a day. ``school_ids`` are those of them in whose classes the pupils are
    meant, too. ``group_ids`` are groups a role names directly.
    """

    everywhere: bool = False
    organization_ids: tuple[int, ...] = ()
    group_ids: tuple[int, ...] = ()
    school_ids: tuple[int, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not (self.everywhere or self.organization_ids or self.group_ids)


def scope_from(held: Iterable[HeldRole], capability: Capability, on: date) -> Scope:
    """The union of the scopes of those roles that give the capability on the day."""
    giving = [h for h in held if h.holds_on(on) and capability in ROLE_CAPABILITIES[h.role]]
    return Scope(
        everywhere=any(h.everywhere for h in giving),
        organization_ids=tuple(sorted({h.organization_id for h in giving if h.organization_id is not None})),
        group_ids=tuple(sorted({h.group_id for h in giving if h.group_id is not None})),
        school_ids=tuple(
            sorted(
                {h.organization_id for h in giving if h.organization_id is not None and h.role in PUPIL_ROLES}
            )
        ),
    )


@dataclass(frozen=True)
class Reach:
    """A scope worked out for a day: every unit and group that it covers; ``school_ids`` are the units whose pupils it does."""

    everywhere: bool
    organization_ids: Collection[int]
    group_ids: Collection[int]
    school_ids: Collection[int] = ()

    def covers(self, held: HeldRole) -> bool:
        """Does this reach at least as far as the role's own scope?"""
        if self.everywhere:
            return True
        if held.organization_id is not None:
            reached = self.school_ids if held.role in PUPIL_ROLES else self.organization_ids
            return held.organization_id in reached
        return held.group_id is not None and held.group_id in self.group_ids


def outranks(reaches: Mapping[Capability, Reach], held: HeldRole) -> bool:
    """Could somebody with these reaches already do all that the role allows?

    Who manages the people of a scope may give any role in it, except what reaches beyond every scope: the running
    of the install and the writing of courses.
    """
    managing = reaches.get(Capability.MANAGE_PEOPLE)
    for capability in ROLE_CAPABILITIES[held.role]:
        reach = reaches.get(capability)
        if reach is not None and reach.covers(held):
            continue
        if capability in INSTALL_WIDE or managing is None or not managing.covers(held):
            return False
    return True


def may_give(reaches: Mapping[Capability, Reach], held: HeldRole) -> bool:
    """May somebody with these reaches give or end the role? Nobody gives more than they hold, nor beyond their scope."""
    managing = reaches.get(Capability.MANAGE_POSTS)
    return (
        managing is not None
        and managing.covers(held)
        and fits(held.role, everywhere=held.everywhere, group=held.group_id is not None)
        and outranks(reaches, held)
    )


def fits(role: Role, *, everywhere: bool, group: bool) -> bool:
    """Does the role make sense over such a scope: the whole install, a group, or else a unit?"""
    if everywhere:
        return True
    return role in _OVER_GROUPS if group else role not in _NOT_OVER_UNITS
