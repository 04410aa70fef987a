"""What ``templates/print/card.typ`` reads."""

from collections.abc import Sequence

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from office.printing.actions import qr_svg
from people.credentials.actions import IssuedCard
from people.roles.places import places_of


def sheet_of_cards(issued: Sequence[IssuedCard]) -> dict[str, object]:
    """What ``templates/print/card.typ`` reads: one card, or those of a whole class, all issued by the same person."""
    by, day = issued[0].card.issued_by, timezone.localdate(issued[0].card.issued_at)
    places = places_of([*(one.card.user_id for one in issued), by.pk], day)
    address = card_address()
    shared = {
        "url": address,
        "qr_svg": qr_svg(address),
        "issuer": " ".join([*places.get(by.pk, [])[:1], by.name]),
    }
    cards = [
        {
            "name": one.card.user.name,
            "unit": "、".join(places.get(one.card.user_id, [])),
            "login": one.card.user.username,
            "code": one.printed,
            "expires": one.card.expires_at,
            **shared,
        }
        for one in issued
    ]
    return {"cards": cards}


def card_address() -> str:
    """Where a card is used, for paper."""
    return settings.SITE_BASE_URL + reverse("people:card_redeem")
