"""Making seats."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from office.audit.actions import record
from people.accounts.models import User
from people.groups.actions import add_member
from people.groups.models import GroupMembership, LearnerGroup
from people.learners.actions import guest_learner
from people.seats.models import Seat
from people.seats.rules import MOST_SEATS, new_seat_code


@transaction.atomic
def make_seats(
    *, group: LearnerGroup, upto: int, valid_from: date, by: User | None, at: datetime
) -> list[Seat]:
    """Seats 1 to ``upto``: those that are missing are made, so that a second call makes none. Gives the new ones.

    Raises ValidationError ``too_many`` beyond MOST_SEATS.
    """
    if not 1 <= upto <= MOST_SEATS:
        raise ValidationError(
            _("A course has 1 to %(most)s seats. Nothing was made."),
            code="too_many",
            params={"most": MOST_SEATS},
        )
    LearnerGroup.objects.select_for_update(no_key=True).get(pk=group.pk)
    open_ones = GroupMembership.objects.filter(group=group, valid_to__isnull=True)
    taken = set(open_ones.values_list("number", flat=True))
    made = [_make(group, number, valid_from, by, at) for number in range(1, upto + 1) if number not in taken]
    if made:
        record(
            action="people.seats_made", instance=group, by=by, at=at, data={"count": len(made), "upto": upto}
        )
    return made


def _make(group: LearnerGroup, number: int, valid_from: date, by: User | None, at: datetime) -> Seat:
    learner = guest_learner(at=at)
    add_member(group=group, learner=learner, number=number, valid_from=valid_from, by=by, at=at)
    code = new_seat_code()
    while Seat.objects.filter(code=code).exists():
        code = new_seat_code()
    return Seat.objects.create(learner=learner, code=code)
