"""Changes to classes and other groups."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
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
def change_group(
    *, group: LearnerGroup, name: str, grade: str, class_name: str, by: User | None, at: datetime
) -> LearnerGroup:
    """Another name, grade or 組. The school and the year of a group never change, because its records name them.

    Raises ValidationError: ``no_name``, ``class_exists``.
    """
    name = name or class_label(grade, class_name)
    if not name:
        raise ValidationError(_("Enter the name of the class or group."), code="no_name")
    new = {"name": name, "grade": grade, "class_name": class_name}
    changed = {key: value for key, value in new.items() if getattr(group, key) != value}
    if not changed:
        return group
    if group.kind == GroupKind.HOMEROOM and _others(group, grade, class_name).exists():
        raise ValidationError(
            _("There is a class %(name)s in this year already. Nothing was changed. Choose another one."),
            code="class_exists",
            params={"name": class_label(grade, class_name)},
        )
    for key, value in changed.items():
        setattr(group, key, value)
    group.save(update_fields=list(changed))
    record(action="people.group_changed", instance=group, by=by, at=at, data={"name": name, **changed})
    return group


def _others(group: LearnerGroup, grade: str, class_name: str) -> QuerySet[LearnerGroup]:
    same = LearnerGroup.objects.filter(
        kind=GroupKind.HOMEROOM, organization=group.organization_id, fiscal_year=group.fiscal_year
    )
    return same.filter(grade=grade, class_name=class_name).exclude(pk=group.pk)


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
    """The learner is no longer in the group from ``valid_to`` on; the first day itself means that it never counted.

    Raises ValidationError ``dates`` for a day before the start.
    """
    if membership.valid_to == valid_to:
        return membership
    if valid_to < membership.valid_from:
        raise ValidationError(_("The last day must come after the first day."), code="dates")
    membership.valid_to = valid_to
    membership.save(update_fields=["valid_to"])
    data = {"learner": str(membership.learner.uuid), "on": valid_to.isoformat()}
    record(action="people.member_left", instance=membership.group, by=by, at=at, data=data)
    return membership


@transaction.atomic
def continue_membership(*, membership: GroupMembership, by: User | None, at: datetime) -> GroupMembership:
    """Takes the end back. Raises ValidationError ``number_used`` when somebody else has the number by now."""
    LearnerGroup.objects.select_for_update(no_key=True).get(pk=membership.group_id)
    if membership.valid_to is None:
        return membership
    open_ones = GroupMembership.objects.filter(group=membership.group_id, valid_to__isnull=True)
    if open_ones.filter(learner=membership.learner_id).exists():
        return membership
    if membership.number is not None and open_ones.filter(number=membership.number).exists():
        raise ValidationError(
            _("Number %(number)s belongs to somebody else by now. Nothing was changed."),
            code="number_used",
            params={"number": membership.number},
        )
    membership.valid_to = None
    membership.save(update_fields=["valid_to"])
    data = {"learner": str(membership.learner.uuid)}
    record(action="people.member_stays", instance=membership.group, by=by, at=at, data=data)
    return membership
