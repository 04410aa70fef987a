"""Giving and ending roles. Wagtail's groups follow from them here and are edited nowhere else."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from office.audit.actions import record
from people.accounts.models import User
from people.groups.models import LearnerGroup
from people.organizations.models import Organization
from people.roles.enums import Role
from people.roles.models import RoleAssignment
from people.roles.projection import project_users
from people.roles.queries import forget_roles


@transaction.atomic
def grant_role(
    *,
    user: User,
    role: Role,
    valid_from: date,
    by: User | None,
    at: datetime,
    everywhere: bool = False,
    organization: Organization | None = None,
    group: LearnerGroup | None = None,
    valid_to: date | None = None,
    reason: str = "",
) -> RoleAssignment:
    """A role over exactly one scope: the install, a unit with all below it, or a group.

    Granting what is already held changes nothing. Raises ValidationError: ``scope``, ``dates``.
    """
    if [everywhere, organization is not None, group is not None].count(True) != 1:
        raise ValidationError(
            _("A role needs exactly one scope: the whole install, a unit, or a group."), code="scope"
        )
    if valid_to and valid_to <= valid_from:
        raise ValidationError(_("The last day must come after the first day."), code="dates")
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    scope = {"everywhere": everywhere, "organization": organization, "group": group}
    days = {"valid_from__lte": valid_from} if valid_to is None else {"valid_from": valid_from}
    held = RoleAssignment.objects.filter(user=user, role=role, valid_to=valid_to, **days, **scope).first()
    if held:
        return held
    assignment = RoleAssignment.objects.create(
        user=user, role=role, valid_from=valid_from, valid_to=valid_to, granted_by=by, **scope
    )
    _follow(user, at)
    record(action="people.role_granted", instance=user, by=by, at=at, data=_in_words(assignment, reason))
    return assignment


@transaction.atomic
def project_roles(*, at: datetime) -> int:
    """Brings everybody's Wagtail groups in line with the roles of the day; returns how many people were looked at.

    Dated roles begin and end without anybody changing a row, so this runs daily; and after an upgrade, which
    may bring something new to write.
    """
    holders = list(User.objects.filter(role_assignments__isnull=False).distinct())
    project_users(holders, on=timezone.localdate(at), refresh=True)
    return len(holders)


@transaction.atomic
def end_role(
    *, assignment: RoleAssignment, valid_to: date, by: User | None, at: datetime, reason: str = ""
) -> RoleAssignment:
    """The role is over from ``valid_to`` on; its own first day takes it back, as if it had never been given.

    Raises ValidationError ``dates`` for a day before its start.
    """
    if assignment.valid_to == valid_to:
        return assignment
    if valid_to < assignment.valid_from:
        raise ValidationError(_("The last day must come after the first day."), code="dates")
    assignment.valid_to = valid_to
    assignment.save(update_fields=["valid_to"])
    _follow(assignment.user, at)
    record(
        action="people.role_ended", instance=assignment.user, by=by, at=at, data=_in_words(assignment, reason)
    )
    return assignment


def _follow(user: User, at: datetime) -> None:
    forget_roles(user)
    project_users([user], on=timezone.localdate(at), refresh=True)


def _in_words(assignment: RoleAssignment, reason: str) -> dict[str, str | None]:
    unit, group = assignment.organization, assignment.group
    return {
        "role": str(assignment.role),
        "scope": unit.code if unit else group.name if group else "everywhere",
        "scope_name": unit.name if unit else f"{group.organization.name} {group.name}" if group else "",
        "from": assignment.valid_from.isoformat(),
        "to": assignment.valid_to.isoformat() if assignment.valid_to else None,
        "reason": reason,
    }
