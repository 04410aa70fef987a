"""Making and keeping groups: each step asks once more whether it may be done."""

from collections.abc import Collection, Sequence
from datetime import date, datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from people.accounts.actions import create_user
from people.accounts.models import User
from people.groups.actions import (
    add_member,
    change_group,
    continue_membership,
    create_group,
    end_membership,
)
from people.groups.enums import GroupKind
from people.groups.models import GroupMembership, LearnerGroup
from people.learners.actions import learner_of
from people.organizations.models import Organization
from people.roles.actions import end_role, grant_role
from people.roles.enums import Role
from people.roles.queries import forget_roles
from people.rosters.enums import RowState
from people.rosters.lists import PlannedRow, plan
from people.rosters.permissions import (
    centers_to_fill,
    groups_kept_by,
    heads_school,
    people_to_add,
    require_kept,
    schools_to_fill,
    teachers_to_choose,
)
from people.rosters.queries import teacher_roles
from people.rosters.rules import PastedRow


@transaction.atomic
def make_group(
    *,
    kind: GroupKind,
    organization: Organization,
    fiscal_year: int,
    name: str,
    grade: str,
    class_name: str,
    teachers: Collection[User],
    by: User,
    at: datetime,
) -> LearnerGroup:
    """A class or a course with who is in charge. Who makes a class without answering for the school is in charge.

    The same class again gives the one there is, and so does the same course of the same year by the same name.
    Raises PermissionDenied, ValidationError ``class_exists`` for a class that is somebody else's to keep.
    """
    today = timezone.localdate(at)
    units = (schools_to_fill if kind == GroupKind.HOMEROOM else centers_to_fill)(by, today)
    Organization.objects.select_for_update(no_key=True).get(pk=organization.pk)
    if not units.filter(pk=organization.pk).exists():
        raise PermissionDenied
    same = LearnerGroup.objects.filter(organization=organization, fiscal_year=fiscal_year, kind=kind)
    found = (
        same.filter(grade=grade, class_name=class_name).first()
        if kind == GroupKind.HOMEROOM
        else same.filter(name=name).first()
    )
    if found is not None:
        return _kept(found, by, today)
    group = create_group(
        organization=organization,
        fiscal_year=fiscal_year,
        kind=kind,
        name=name,
        grade=grade,
        class_name=class_name,
        by=by,
        at=at,
    )
    own = {by} if kind == GroupKind.HOMEROOM and not heads_school(by, group, today) else set()
    _put_in_charge(group, {*teachers, *own}, by, at, free={person.pk for person in own})
    return group


def _kept(group: LearnerGroup, by: User, on: date) -> LearnerGroup:
    if groups_kept_by(by, on).filter(pk=group.pk).exists():
        return group
    raise ValidationError(
        _("There is a class %(name)s in this year already. Nothing was changed. Choose another one."),
        code="class_exists",
        params={"name": group.name},
    )


def _put_in_charge(
    group: LearnerGroup, people: Collection[User], by: User, at: datetime, free: Collection[int] = ()
) -> None:
    """Whoever keeps a class shares it with colleagues of the school, whose right is no more than the own one."""
    today = timezone.localdate(at)
    allowed = {*teachers_to_choose([group.organization_id], today).values_list("pk", flat=True), *free}
    for person in people:
        if person.pk not in allowed:
            raise PermissionDenied
        grant_role(user=person, role=Role.TEACHER, group=group, valid_from=today, by=by, at=at)
    forget_roles(by)


@transaction.atomic
def edit_group(
    *,
    group: LearnerGroup,
    name: str,
    grade: str,
    class_name: str,
    teachers: Collection[User],
    by: User,
    at: datetime,
) -> LearnerGroup:
    """Names, and who is in charge. Only who answers for the whole school ends the charge of others; nobody the own.

    Raises PermissionDenied, ValidationError: ``no_name``, ``class_exists``.
    """
    today = timezone.localdate(at)
    require_kept(group, by, today)
    change_group(group=group, name=name, grade=grade, class_name=class_name, by=by, at=at)
    if group.kind != GroupKind.HOMEROOM:
        return group
    held = teacher_roles(group, today)
    _put_in_charge(group, [p for p in teachers if p.pk not in {role.user_id for role in held}], by, at)
    staying = {person.pk for person in teachers} | {by.pk}
    for role in held if heads_school(by, group, today) else ():
        if role.user_id not in staying:
            end_role(assignment=role, valid_to=max(today, role.valid_from), by=by, at=at)
    return group


@transaction.atomic
def add_from_list(
    *,
    group: LearnerGroup,
    rows: Sequence[PastedRow],
    prefix: str,
    as_new: Collection[int],
    valid_from: date,
    by: User,
    at: datetime,
) -> list[PlannedRow]:
    """Everybody on the list becomes a member, or nobody. A second click finds all of them there and changes nothing.

    Raises PermissionDenied, ValidationError ``list`` when a line cannot be taken (any more).
    """
    today = timezone.localdate(at)
    LearnerGroup.objects.select_for_update(no_key=True).get(pk=group.pk)
    require_kept(group, by, today)
    planned = plan(group, rows, prefix=prefix, as_new=as_new, by=by, on=today)
    if any(one.state == RowState.WRONG for one in planned):
        raise ValidationError(
            _("Something changed in the meantime. Nobody was added. Look at the lines again."), code="list"
        )
    for one in planned:
        if one.state == RowState.MEMBER:
            continue
        person = one.person or _new_person(one, by, at)
        add_member(
            group=group,
            learner=learner_of(person, at=at),
            number=one.row.number,
            valid_from=valid_from,
            by=by,
            at=at,
        )
    return planned


def _new_person(one: PlannedRow, by: User, at: datetime) -> User:
    row = one.row
    return create_user(
        login_id=one.login_id,
        last_name=row.last_name,
        first_name=row.first_name,
        last_name_kana=row.last_name_kana,
        first_name_kana=row.first_name_kana,
        by=by,
        at=at,
    )


@transaction.atomic
def add_people(
    *, group: LearnerGroup, people: Collection[User], valid_from: date, by: User, at: datetime
) -> int:
    """People whom ``by`` looks after already; gives how many are new in the group. Raises PermissionDenied."""
    today = timezone.localdate(at)
    LearnerGroup.objects.select_for_update(no_key=True).get(pk=group.pk)
    require_kept(group, by, today)
    ids = {person.pk for person in people}
    if people_to_add(by, today).filter(pk__in=ids).count() != len(ids):
        raise PermissionDenied
    inside = GroupMembership.objects.filter(group=group, valid_to__isnull=True, learner__user__in=ids)
    there = set(inside.values_list("learner__user", flat=True))
    new = [person for person in people if person.pk not in there]
    for person in new:
        add_member(group=group, learner=learner_of(person, at=at), valid_from=valid_from, by=by, at=at)
    return len(new)


@transaction.atomic
def leave(*, membership: GroupMembership, valid_to: date, by: User, at: datetime) -> None:
    """Raises PermissionDenied, ValidationError ``dates``."""
    require_kept(membership.group, by, timezone.localdate(at))
    row = GroupMembership.objects.select_for_update(of=("self",), no_key=True).get(pk=membership.pk)
    end_membership(membership=row, valid_to=valid_to, by=by, at=at)


@transaction.atomic
def stay(*, membership: GroupMembership, by: User, at: datetime) -> None:
    """Takes an end back that lies ahead. Raises PermissionDenied, ValidationError ``number_used``."""
    require_kept(membership.group, by, timezone.localdate(at))
    continue_membership(membership=membership, by=by, at=at)
