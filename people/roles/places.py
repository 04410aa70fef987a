"""Where people belong on a day, in words."""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from people.appointments.enums import AppointmentKind
from people.appointments.models import Appointment
from people.groups.models import GroupMembership


def places_of(user_ids: Iterable[int], on: date) -> dict[int, list[str]]:
    """Units with posts (the main post first) and classes of each person; two queries for any number of people."""
    ids = list(user_ids)
    found: dict[int, list[str]] = {}
    posts = Appointment.objects.valid_on(on).filter(user__in=ids).select_related("organization")
    for post in sorted(posts, key=lambda held: (held.kind != AppointmentKind.MAIN, held.pk)):
        found.setdefault(post.user_id, []).append(f"{post.organization.name} {post.post}".strip())
    classes = GroupMembership.objects.valid_on(on).filter(learner__user__in=ids)
    rows = classes.values_list(
        "learner__user", "group__organization__name", "group__name", "number"
    ).order_by("pk")
    for user_id, school, name, number in rows:
        words = _("%(school)s %(group)s no. %(number)s") if number else "%(school)s %(group)s"
        found.setdefault(user_id, []).append(words % {"school": school, "group": name, "number": number})
    return found
