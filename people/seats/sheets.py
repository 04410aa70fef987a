"""What ``templates/print/seats.typ`` reads."""

from collections.abc import Sequence

from django.conf import settings
from django.urls import reverse

from office.printing.actions import qr_svg
from people.groups.models import LearnerGroup
from people.seats.queries import OpenSeat


def sheet_of_seats(group: LearnerGroup, seats: Sequence[OpenSeat]) -> dict[str, object]:
    """One paper a seat."""
    base = settings.SITE_BASE_URL
    papers = [
        {
            "number": seat.number,
            "code": seat.printed,
            "qr_svg": qr_svg(base + reverse("people:seat", args=[seat.code])),
            "qr_url": base + reverse("people:seat", args=[seat.code]),
        }
        for seat in seats
    ]
    place = f"{group.organization.name} {group.name}"
    return {"place": place, "url": base + reverse("people:seat_start"), "seats": papers}
