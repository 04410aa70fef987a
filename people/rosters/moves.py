"""Going on to another group: one person on a day, or a class at the turn of the year."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from office.audit.actions import record
from people.accounts.models import User
from people.groups.actions import add_member, end_membership
from people.groups.models import GroupMembership, LearnerGroup
from people.learners.models import Learner
from people.rosters.permissions import require_kept


@dataclass(frozen=True)
class Moved:
    """What a yearly step did. ``without_number``: their number in class was taken in the new class."""

    moved: int = 0
    without_number: list[str] = field(default_factory=list)


@transaction.atomic
def move(
    *,
    membership: GroupMembership,
    group: LearnerGroup,
    number: int | None,
    valid_from: date,
    by: User,
    at: datetime,
) -> None:
    """From one group to another on a day; both must be ``by``'s to keep.

    Raises PermissionDenied, ValidationError: ``dates``, ``number_used``.
    """
    today = timezone.localdate(at)
    for one in (membership.group, group):
        require_kept(one, by, today)
    _move(membership, group, number, valid_from, by, at)


def _move(
    membership: GroupMembership,
    group: LearnerGroup,
    number: int | None,
    day: date,
    by: User,
    at: datetime,
) -> None:
    row = GroupMembership.objects.select_for_update(of=("self",), no_key=True).get(pk=membership.pk)
    end_membership(membership=row, valid_to=day, by=by, at=at)
    learner: Learner = row.learner
    add_member(group=group, learner=learner, number=number, valid_from=day, by=by, at=at)


@transaction.atomic
def roll_over(
    *,
    group: LearnerGroup,
    learners: Collection[Learner],
    target: LearnerGroup | None,
    day: date,
    by: User,
    at: datetime,
) -> Moved:
    """The chosen members go on into next year's class on its first day; without a target they leave the school's class.

    Whoever went on already is passed over, so that a second click changes nothing. Raises PermissionDenied.
    """
    today = timezone.localdate(at)
    for one in filter(None, (group, target)):
        require_kept(one, by, today)
    LearnerGroup.objects.select_for_update(no_key=True).get(pk=group.pk)
    rows = GroupMembership.objects.filter(group=group, learner__in=learners, valid_to__isnull=True)
    taken = _numbers(target)
    moved, without = 0, []
    for row in rows.select_related("learner__user", "group").order_by("number", "pk"):
        if target is None:
            end_membership(membership=row, valid_to=max(day, row.valid_from), by=by, at=at)
        else:
            number = row.number if row.number not in taken else None
            if row.number is not None and number is None:
                without.append(str(row.learner.user or ""))
            _move(row, target, number, max(day, row.valid_from), by, at)
            taken.add(number)
        moved += 1
    if moved:
        words = {"name": target.name if target else "", "count": moved}
        record(action="people.group_rolled_over", instance=group, by=by, at=at, data=words)
    return Moved(moved, without)


def _numbers(group: LearnerGroup | None) -> set[int | None]:
    open_ones = GroupMembership.objects.filter(group=group, valid_to__isnull=True, number__isnull=False)
    return set(open_ones.values_list("number", flat=True)) if group else set()
