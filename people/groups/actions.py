"""Changes to classes and other groups."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from office.audit.actions import record
from people.accounts.models import User
from people.groups.enums import GroupKind
from people.groups.models import GroupMembership, LearnerGroup
from people.groups.rules import class_label
from people.learners.models import Learner
from people.organizations.models import Organization


@transaction.atomic
def create_group(
    *,
    organization: Organization,
    fiscal_year: int,
    by: User | None,
    at: datetime,
    kind: GroupKind = GroupKind.HOMEROOM,
    name: str = "",
    grade: str = "",
    class_name: str = "",
) -> LearnerGroup:
    """A class of a school year, or another group. The same class of the same year again gives the one there is.

    Raises ValidationError ``no_name`` when nothing says how it is called.
    """
    name = name or class_label(grade, class_name)
    if not name:
        raise ValidationError(_("Enter the name of the class or group."), code="no_name")
    values = {
        "organization": organization,
        "fiscal_year": fiscal_year,
        "grade": grade,
        "class_name": class_name,
    }
    if kind == GroupKind.HOMEROOM:
        group, created = LearnerGroup.objects.get_or_create(**values, kind=kind, defaults={"name": name})
    else:
        group, created = LearnerGroup.objects.create(**values, kind=kind, name=name), True
    if created:
        data = {"organization": organization.code, "fiscal_year": fiscal_year}
        record(action="people.group_created", instance=group, by=by, at=at, data=data)
    return group


@transaction.atomic
def add_member(
    *,
    group: LearnerGroup,
    learner: Learner,
    valid_from: date,
    by: User | None,
    at: datetime,
    number: int | None = None,
) -> GroupMembership:
    """The learner belongs to the group from a day on; a second call changes nothing.

    Raises ValidationError ``number_used`` when another member has the number in class.
    """
    LearnerGroup.objects.select_for_update(no_key=True).get(pk=group.pk)
    open_ones = GroupMembership.objects.filter(group=group, valid_to__isnull=True)
    kept = open_ones.filter(learner=learner).first()
    if kept:
        return kept
    if number is not None and open_ones.filter(number=number).exists():
        raise ValidationError(
            _("Number %(number)s is already taken in %(group)s. Nothing was changed. Choose another number."),
            code="number_used",
            params={"number": number, "group": group.name},
        )
    membership = GroupMembership.objects.create(
        group=group, learner=learner, number=number, valid_from=valid_from
    )
    data = {"learner": str(learner.uuid), "number": number, "from": valid_from.isoformat()}
    record(action="people.member_added", instance=group, by=by, at=at, data=data)
    return membership


@transaction.atomic
def end_membership(
    *, membership: GroupMembership, valid_to: date, by: User | None, at: datetime
) -> GroupMembership:
    """The learner leaves the group on ``valid_to``. Raises ValidationError ``dates`` for a day before the start."""
    if membership.valid_to == valid_to:
        return membership
    if valid_to <= membership.valid_from:
        raise ValidationError(_("The last day must come after the first day."), code="dates")
    membership.valid_to = valid_to
    membership.save(update_fields=["valid_to"])
    data = {"learner": str(membership.learner.uuid), "on": valid_to.isoformat()}
    record(action="people.member_left", instance=membership.group, by=by, at=at, data=data)
    return membership
