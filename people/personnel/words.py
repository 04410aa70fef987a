"""The audit trail of a person as the page tells it: 「だれが・いつ」 in sentences."""

from collections import defaultdict
from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from office.calendar.rules import written_date
from people.roles.enums import Role
from people.roles.labels import ROLE_LABELS, SCOPE_EVERYWHERE

SENTENCES = {
    "people.user_created": _("Added this person"),
    "people.appointed": _("Recorded a post: %(unit)s %(post)s, from %(from)s"),
    "people.appointment_ended": _("Ended a post: %(unit)s %(post)s, over from %(on)s"),
    "people.appointment_continued": _("Took back the end of a post: %(unit)s %(post)s"),
    "people.appointment_withdrawn": _(
        "Withdrew a post that was entered by mistake: %(unit)s %(post)s, from %(from)s"
    ),
    "people.role_granted": _("Gave a role: %(role)s over %(scope_name)s, from %(from)s"),
    "people.role_ended": _("Ended a role: %(role)s over %(scope_name)s, over from %(to)s"),
    "people.card_issued": _("Issued a one-time card"),
    "people.card_redeemed": _("Chose a password with a one-time card"),
    "people.password_chosen": _("Chose a new password"),
}
_DAYS = ("from", "to", "on")


def sentence(action: str, data: Mapping[str, Any]) -> str:
    """One entry in the reader's language; what an old entry does not know stays open."""
    told: dict[str, Any] = defaultdict(lambda: "…", data)
    for key in _DAYS:
        with suppress(ValueError):
            told[key] = written_date(date.fromisoformat(str(told[key])))
    with suppress(ValueError):
        told["role"] = ROLE_LABELS[Role(str(told["role"]))]
    if told["scope"] == "everywhere":
        told["scope_name"] = SCOPE_EVERYWHERE
    return " ".join((str(SENTENCES[action]) % told).split())
