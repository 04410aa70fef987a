"""Finding a seat by its code, and the seats of a course."""

from dataclasses import dataclass
from datetime import date

from people.groups.models import GroupMembership, LearnerGroup
from people.learners.models import Learner
from people.seats.models import Seat
from people.seats.rules import normalise_seat_code, printed_code


@dataclass(frozen=True)
class OpenSeat:
    """A seat that can be taken today."""

    learner: Learner
    code: str
    number: int | None
    group: LearnerGroup

    @property
    def printed(self) -> str:
        return printed_code(self.code)


def open_seat(typed: str, on: date) -> OpenSeat | None:
    """None for a wrong code, a closed seat, and one whose record belongs to somebody by now. Two queries."""
    code = normalise_seat_code(typed)
    seat = Seat.objects.select_related("learner").filter(code=code, learner__user__isnull=True).first()
    if seat is None:
        return None
    held = GroupMembership.objects.valid_on(on).filter(learner=seat.learner_id)
    place = held.select_related("group__organization").order_by("pk").first()
    return OpenSeat(seat.learner, seat.code, place.number, place.group) if place else None


def open_seats_of(group: LearnerGroup, on: date) -> list[OpenSeat]:
    """The seats of the group that nobody has taken over, by number. Two queries."""
    rows = GroupMembership.objects.valid_on(on).filter(
        group=group, learner__user__isnull=True, learner__seat__isnull=False
    )
    ordered = rows.select_related("learner").order_by("number", "pk")
    codes = {seat.learner_id: seat.code for seat in Seat.objects.filter(learner__in=rows.values("learner"))}
    return [OpenSeat(row.learner, codes[row.learner_id], row.number, group) for row in ordered]
