"""Posts by date: joiners, transfers, concurrent posts, leavers."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from office.audit.actions import record
from office.calendar.rules import written_date
from people.accounts.models import User
from people.appointments.enums import AppointmentKind
from people.appointments.models import Appointment, main_starts
from people.appointments.rules import can_be_withdrawn
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
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    for held in Appointment.objects.filter(user=user, kind=kind).filter(_touching(valid_from, valid_to)):
        if (held.organization_id, held.post, held.valid_from) == (organization.pk, post, valid_from):
            return held
        if kind == AppointmentKind.MAIN:
            _make_room(held, valid_from)
    appointment = Appointment.objects.create(
        user=user, organization=organization, post=post, kind=kind, valid_from=valid_from, valid_to=valid_to
    )
    learner_of(user, at=at)
    record(action="people.appointed", instance=user, by=by, at=at, data=_in_words(appointment))
    return appointment


def _touching(start: date, end: date | None) -> Q:
    """Spans that share a day with [start, end)."""
    open_or_later = Q(valid_to__isnull=True) | Q(valid_to__gt=start)
    return open_or_later & Q(valid_from__lt=end) if end else open_or_later


def _make_room(held: Appointment, valid_from: date) -> None:
    """An open main post ends on the day of the next one; anything else that overlaps is refused."""
    if held.valid_to is not None or held.valid_from >= valid_from:
        raise _occupied(held)
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
    data = {**_in_words(appointment), "on": valid_to.isoformat()}
    record(action="people.appointment_ended", instance=appointment.user, by=by, at=at, data=data)
    return appointment


@transaction.atomic
def continue_appointment(*, appointment: Appointment, by: User | None, at: datetime) -> Appointment:
    """The post goes on after all: its end is taken back. Raises ValidationError ``overlap`` when another main post follows."""
    User.objects.select_for_update(no_key=True).get(pk=appointment.user_id)
    appointment.refresh_from_db(fields=["valid_to"])
    if appointment.valid_to is None:
        return appointment
    if appointment.kind == AppointmentKind.MAIN:
        following = Appointment.objects.filter(user=appointment.user_id, kind=AppointmentKind.MAIN)
        later = following.filter(valid_from__gte=appointment.valid_to).order_by("valid_from").first()
        if later is not None:
            raise _occupied(later)
    appointment.valid_to = None
    appointment.save(update_fields=["valid_to"])
    record(
        action="people.appointment_continued",
        instance=appointment.user,
        by=by,
        at=at,
        data=_in_words(appointment),
    )
    return appointment


@transaction.atomic
def withdraw_appointment(*, appointment: Appointment, by: User | None, at: datetime, reason: str) -> None:
    """A post that was entered by mistake: its row goes, and the main post that it ended goes on.

    Only the person's newest post of its kind, which is still open: whatever another one has followed is history. The
    audit trail keeps what it said. Raises ValidationError: ``history``, ``only`` for the one post without which the
    person would belong to nobody.
    """
    User.objects.select_for_update(no_key=True).get(pk=appointment.user_id)
    posts = Appointment.objects.filter(user=appointment.user_id, kind=appointment.kind)
    current = posts.filter(pk=appointment.pk).first()
    if current is None:
        return
    starts = main_starts(posts) if current.kind == AppointmentKind.MAIN else []
    if not can_be_withdrawn(valid_from=current.valid_from, valid_to=current.valid_to, main_starts=starts):
        raise ValidationError(
            _(
                "This post has ended or another one follows it, so that it stays in the record. Nothing was changed."
            ),
            code="history",
        )
    if not Appointment.objects.filter(user=appointment.user_id).exclude(pk=current.pk).exists():
        raise ValidationError(
            _(
                "This is the only post of the person, who would be on nobody's list without it. Nothing was changed. Add "
                "the right post as a concurrent one first, or record a transfer."
            ),
            code="only",
        )
    data = {**_in_words(current), "reason": reason}
    current.delete()
    if current.kind == AppointmentKind.MAIN:
        posts.filter(valid_to=current.valid_from).update(valid_to=None)
    record(action="people.appointment_withdrawn", instance=appointment.user, by=by, at=at, data=data)


def _occupied(held: Appointment) -> ValidationError:
    return ValidationError(
        _("Another main post is recorded from %(day)s. Nothing was changed. End or correct it first."),
        code="overlap",
        params={"day": written_date(held.valid_from)},
    )


def _in_words(appointment: Appointment) -> dict[str, str]:
    """As the audit trail keeps it: the unit by code and by the name of that day."""
    return {
        "organization": appointment.organization.code,
        "unit": appointment.organization.name,
        "post": appointment.post,
        "from": appointment.valid_from.isoformat(),
        "kind": str(appointment.kind),
    }
