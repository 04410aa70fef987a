"""What is changed at the desk of a training officer: each step asks once more whether it may be done."""

from datetime import date, datetime, timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from people.accounts.models import User
from people.appointments.actions import (
    appoint,
    continue_appointment,
    end_appointment,
    withdraw_appointment,
)
from people.appointments.enums import AppointmentKind
from people.appointments.models import Appointment
from people.groups.models import LearnerGroup
from people.organizations.models import Organization
from people.personnel.permissions import (
    can_give,
    can_manage,
    can_transfer,
    held_role,
    posts_in_reach,
    units_to_place,
)
from people.roles.actions import end_role, grant_role
from people.roles.enums import Role
from people.roles.models import RoleAssignment
from people.roles.rules import HeldRole

_DAY = timedelta(days=1)


def posts_seen(person: User) -> str:
    """The person's posts as somebody saw them: compared when the change is confirmed."""
    rows = Appointment.objects.filter(user=person).order_by("pk").values_list("pk", "valid_to")
    return " ".join(f"{pk}:{valid_to or ''}" for pk, valid_to in rows)


@transaction.atomic
def place(
    *,
    person: User,
    organization: Organization,
    post: str,
    kind: AppointmentKind,
    valid_from: date,
    last_day: date | None,
    seen: str,
    by: User,
    at: datetime,
) -> Appointment:
    """A transfer (a new main post) or a concurrent post. ``seen``: what ``posts_seen`` said when the page was made.

    The same change again, as a double click sends it, gives the post that there is.
    Raises PermissionDenied, ValidationError: ``changed``, ``unit``, ``overlap``, ``dates``.
    """
    today = timezone.localdate(at)
    User.objects.select_for_update(no_key=True).get(pk=person.pk)
    done = Appointment.objects.filter(
        user=person, organization=organization, post=post, kind=kind, valid_from=valid_from
    ).first()
    allowed = can_transfer if kind == AppointmentKind.MAIN else can_manage
    if not allowed(by, person, today):
        raise PermissionDenied
    if done is not None:
        return done
    if posts_seen(person) != seen:
        raise _changed()
    if not units_to_place(by, today, valid_from).filter(pk=organization.pk).exists():
        raise ValidationError(
            _("%(unit)s does not exist on that day or is not yours to fill. Choose another unit or day."),
            code="unit",
            params={"unit": organization.name},
        )
    return appoint(
        user=person,
        organization=organization,
        post=post,
        kind=kind,
        valid_from=valid_from,
        valid_to=last_day + _DAY if last_day else None,
        by=by,
        at=at,
    )


@transaction.atomic
def end_post(*, appointment: Appointment, last_day: date, by: User, at: datetime) -> None:
    """``last_day`` is the last on which the post is held. Raises PermissionDenied, ValidationError ``dates``."""
    _refuse_beyond_reach(appointment, by, at)
    row = Appointment.objects.select_for_update(no_key=True).get(pk=appointment.pk)
    end_appointment(appointment=row, valid_to=last_day + _DAY, by=by, at=at)


@transaction.atomic
def continue_post(*, appointment: Appointment, by: User, at: datetime) -> None:
    """Raises PermissionDenied, ValidationError ``overlap``."""
    _refuse_beyond_reach(appointment, by, at)
    continue_appointment(appointment=appointment, by=by, at=at)


@transaction.atomic
def withdraw_post(*, appointment: Appointment, reason: str, by: User, at: datetime) -> None:
    """Raises PermissionDenied, ValidationError ``history``."""
    _refuse_beyond_reach(appointment, by, at)
    withdraw_appointment(appointment=appointment, reason=reason, by=by, at=at)


@transaction.atomic
def give_role(
    *,
    person: User,
    role: Role,
    everywhere: bool,
    organization: Organization | None,
    group: LearnerGroup | None,
    valid_from: date,
    last_day: date | None,
    reason: str,
    by: User,
    at: datetime,
) -> RoleAssignment:
    """Raises PermissionDenied for more than ``by`` may give, ValidationError ``dates``."""
    valid_to = last_day + _DAY if last_day else None
    held = HeldRole(
        role=role,
        everywhere=everywhere,
        organization_id=organization.pk if organization else None,
        group_id=group.pk if group else None,
        valid_from=valid_from,
        valid_to=valid_to,
    )
    if not can_give(by, person, held, timezone.localdate(at)):
        raise PermissionDenied
    return grant_role(
        user=person,
        role=role,
        everywhere=everywhere,
        organization=organization,
        group=group,
        valid_from=valid_from,
        valid_to=valid_to,
        reason=reason,
        by=by,
        at=at,
    )


@transaction.atomic
def take_role(
    *, assignment: RoleAssignment, last_day: date | None, reason: str, by: User, at: datetime
) -> RoleAssignment:
    """Ends a role, at once without a ``last_day``. Raises PermissionDenied, ValidationError ``dates``."""
    today = timezone.localdate(at)
    row = RoleAssignment.objects.select_for_update(no_key=True).get(pk=assignment.pk)
    if not can_give(by, row.user, held_role(row), today):
        raise PermissionDenied
    if row.valid_to is not None and row.valid_to <= today:
        return row
    # At once means from this moment on, also for one that was given today or begins later.
    end = last_day + _DAY if last_day else max(today, row.valid_from)
    return end_role(assignment=row, valid_to=end, reason=reason, by=by, at=at)


def _refuse_beyond_reach(appointment: Appointment, by: User, at: datetime) -> None:
    today = timezone.localdate(at)
    if not can_manage(by, appointment.user, today) or not posts_in_reach(by, [appointment], today):
        raise PermissionDenied


def _changed() -> ValidationError:
    return ValidationError(
        _(
            "Somebody changed the posts of this person while this page was open. Nothing of yours was saved. Look at the "
            "person's page and, if it is still needed, enter it again."
        ),
        code="changed",
    )
