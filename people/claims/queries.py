"""Seats as a list shows them."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from people.groups.models import GroupMembership
from people.learners.models import Learner


def seat_labels(seats: Iterable[Learner]) -> dict[int, str]:
    """«中央公民館 スマホ講座 3番» by learner id."""
    rows = GroupMembership.objects.filter(learner__in=[seat.pk for seat in seats])
    labels = {}
    for row in rows.select_related("group__organization", "learner").order_by("pk"):
        place = {"place": f"{row.group.organization.name} {row.group.name}", "number": row.number}
        labels[row.learner_id] = _("%(place)s, seat %(number)s") % place if row.number else place["place"]
    return {pk: str(label) for pk, label in labels.items()}
