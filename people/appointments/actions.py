"""Posts by date: joiners, transfers, concurrent posts, leavers."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from office.audit.actions import record
from people.accounts.models import User
from people.appointments.enums import AppointmentKind
from people.appointments.models import Appointment
from people.learners.actions import learner_of
from people.organizations.models import Organization


@transaction.atomic
def appoint(
    *,
    user: User,
    organization: Organization,
    valid_from: date,
    by: User | None,
    at: datetime,
    post: str = "",
    kind: AppointmentKind = AppointmentKind.MAIN,
    valid_to: date | None = None,
) -> Appointment:
    """The person holds a post in a unit from a day on.

    A new main post ends the earlier one that day (a transfer, which may be announced in advance).
    The same post again changes nothing. The person gets a learner, so that lists of what is not yet
    done show people who never signed in. Raises ValidationError: ``overlap``, ``dates``.
    """
    if valid_to and valid_to <= valid_from:
        raise ValidationError(_("The last day must come after the first day."), code="dates")
    User.objects.select_for_update().get(pk=user.pk)
    for held in Appointment.objects.filter(user=user, kind=kind).filter(_touching(valid_from, valid_to)):
        if (held.organization_id, held.post, held.valid_from) == (organization.pk, post, valid_from):
            return held
        if kind == AppointmentKind.MAIN:
            _make_room(held, valid_from)
    appointment = Appointment.objects.create(
        user=user, organization=organization, post=post, kind=kind, valid_from=valid_from, valid_to=valid_to
    )
    learner_of(user, at=at)
    placed = {
        "organization": organization.code,
        "post": post,
        "from": valid_from.isoformat(),
        "kind": str(kind),
    }
    record(action="people.appointed", instance=user, by=by, at=at, data=placed)
    return appointment


def _touching(start: date, end: date | None) -> Q:
    """Spans that share a day with [start, end)."""
    open_or_later = Q(valid_to__isnull=True) | Q(valid_to__gt=start)
    return open_or_later & Q(valid_from__lt=end) if end else open_or_later


def _make_room(held: Appointment, valid_from: date) -> None:
    """An open main post ends on the day of the next one; anything else that overlaps is refused."""
    if held.valid_to is not None or held.valid_from >= valid_from:
        raise ValidationError(
            _("Another main post is recorded from %(day)s. Nothing was changed. End or correct it first."),
            code="overlap",
            params={"day": held.valid_from.isoformat()},
        )
    held.valid_to = valid_from
    held.save(update_fields=["valid_to"])


@transaction.atomic
def end_appointment(
    *, appointment: Appointment, valid_to: date, by: User | None, at: datetime
) -> Appointment:
    """The post is over from ``valid_to`` on. Raises ValidationError ``dates`` for a day before its start."""
    if appointment.valid_to == valid_to:
        return appointment
    if valid_to <= appointment.valid_from:
        raise ValidationError(_("The last day must come after the first day."), code="dates")
    appointment.valid_to = valid_to
    appointment.save(update_fields=["valid_to"])
    record(
        action="people.appointment_ended",
        instance=appointment.user,
        by=by,
        at=at,
        data={"on": valid_to.isoformat()},
    )
    return appointment
