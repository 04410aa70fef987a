"""The one scope layer: closed by default, dated, and never wider than the unit or group that a role names."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError

from people.accounts.models import User
from people.appointments.actions import appoint
from people.groups.actions import add_member
from people.learners.actions import claim_learner, guest_learner
from people.organizations.actions import place_unit
from people.roles.actions import end_role, grant_role
from people.roles.enums import Capability, Role
from people.roles.models import RoleAssignment
from people.roles.queries import (
    Scope,
    groups_in_scope,
    has_capability,
    learners_in_scope,
    organizations_in_scope,
    reach_of,
    scope_of,
    users_in_scope,
)
from tests.cast import TODAY, YEAR_START, Cast

DAY = timedelta(days=1)


def _names(cast: Cast, person: User, capability: Capability, on: date) -> set[str]:
    """Whom the person reaches, by the names of the cast."""
    learners = set(learners_in_scope(scope_of(person, capability, on), on))
    return {name for name, user in cast.people().items() if cast.learner(user) in learners}


# ---- who reaches whom


def test_the_head_of_a_section_sees_the_section(cast: Cast, today: date) -> None:
    assert _names(cast, cast.kacho, Capability.VIEW_NAMES, today) == {"hanako", "kacho"}


def test_the_training_officer_sees_the_staff_of_the_body_and_no_pupil(cast: Cast, today: date) -> None:
    seen = _names(cast, cast.officer, Capability.VIEW_NAMES, today)
    assert seen == {"hanako", "kacho", "officer", "teacher", "helper"}


def test_the_board_of_education_sees_its_schools_with_the_pupils(
    cast: Cast, at: datetime, today: date
) -> None:
    grant_role(
        user=cast.helper,
        role=Role.BOARD_OF_EDUCATION,
        organization=cast.board,
        valid_from=today,
        by=cast.admin,
        at=at,
    )
    assert _names(cast, cast.helper, Capability.VIEW_NAMES, today) == {"teacher", "pupil"}


def test_the_prefecture_sees_no_names_of_a_municipality(cast: Cast, at: datetime, today: date) -> None:
    grant_role(
        user=cast.author,
        role=Role.TRAINING_OFFICER,
        organization=cast.prefecture,
        valid_from=today,
        by=cast.admin,
        at=at,
    )
    assert _names(cast, cast.author, Capability.VIEW_NAMES, today) == {"author", "editor", "admin"}
    units = organizations_in_scope(scope_of(cast.author, Capability.VIEW_NAMES, today), today)
    assert cast.digital in units
    assert cast.zeimu not in units


def test_the_teacher_sees_the_class_only(cast: Cast, today: date) -> None:
    assert _names(cast, cast.teacher, Capability.VIEW_NAMES, today) == {"pupil"}
    assert list(groups_in_scope(scope_of(cast.teacher, Capability.ASSIGN, today), today)) == [cast.class_1_1]


def test_the_administrator_sees_everybody_once(cast: Cast, today: date) -> None:
    scope = scope_of(cast.admin, Capability.VIEW_NAMES, today)
    assert learners_in_scope(scope, today).count() == len(cast.people())
    assert cast.senior not in learners_in_scope(scope, today)


@pytest.mark.parametrize("who", ["hanako", "outsider", "pupil", "helper", "author", "editor"])
@pytest.mark.parametrize("capability", [Capability.VIEW_NAMES, Capability.EXPORT, Capability.ISSUE_CARD])
def test_everybody_else_reaches_nobody(cast: Cast, today: date, who: str, capability: Capability) -> None:
    person = cast.people()[who]
    assert not has_capability(person, capability, today)
    assert _names(cast, person, capability, today) == set()


def test_a_visitor_and_a_leaver_reach_nobody(cast: Cast, today: date) -> None:
    cast.officer.is_active = False
    assert scope_of(AnonymousUser(), Capability.VIEW_NAMES, today).is_empty
    assert scope_of(cast.officer, Capability.VIEW_NAMES, today).is_empty


def test_an_empty_scope_is_empty_in_every_query(cast: Cast, today: date) -> None:
    for query in (learners_in_scope, organizations_in_scope, groups_in_scope, users_in_scope):
        assert not query(Scope(), today).exists()


def test_an_officer_of_another_body_reaches_only_that_body(cast: Cast, at: datetime, today: date) -> None:
    grant_role(
        user=cast.outsider,
        role=Role.TRAINING_OFFICER,
        organization=cast.koriyama,
        valid_from=today,
        by=cast.admin,
        at=at,
    )
    assert _names(cast, cast.outsider, Capability.VIEW_NAMES, today) == {"outsider"}


# ---- days


def test_a_role_begins_and_ends_on_its_days(cast: Cast, at: datetime, today: date) -> None:
    role = RoleAssignment.objects.get(user=cast.kacho)
    end_role(assignment=role, valid_to=today, by=cast.admin, at=at)
    person = User.objects.get(pk=cast.kacho.pk)
    seen = {
        day: _names(cast, person, Capability.VIEW_NAMES, day)
        for day in (YEAR_START - DAY, today - DAY, today)
    }
    assert seen == {YEAR_START - DAY: set(), today - DAY: {"hanako", "kacho"}, today: set()}


def test_who_is_transferred_leaves_the_scope(cast: Cast, at: datetime) -> None:
    day = date(2027, 4, 1)
    appoint(user=cast.hanako, organization=cast.koriyama_zeimu, valid_from=day, by=None, at=at)
    assert "hanako" in _names(cast, cast.officer, Capability.VIEW_NAMES, day - DAY)
    assert "hanako" not in _names(cast, cast.officer, Capability.VIEW_NAMES, day)


def test_a_moved_unit_takes_its_people_along(cast: Cast, at: datetime) -> None:
    day = date(2027, 4, 1)
    place_unit(unit=cast.zeimu, parent=cast.koriyama, valid_from=day, by=None, at=at)
    assert "hanako" not in _names(cast, cast.officer, Capability.VIEW_NAMES, day)
    assert "hanako" in _names(cast, cast.officer, Capability.VIEW_NAMES, day - DAY)


# ---- people


def test_a_claimed_guest_does_not_double_a_person(cast: Cast, at: datetime, today: date) -> None:
    claim_learner(learner=cast.senior, user=cast.hanako, by=None, at=at)
    scope = scope_of(cast.kacho, Capability.VIEW_NAMES, today)
    assert learners_in_scope(scope, today).filter(user=cast.hanako).count() == 1


def test_two_posts_in_one_body_do_not_double_a_person(cast: Cast, at: datetime, today: date) -> None:
    appoint(user=cast.hanako, organization=cast.jinji, kind="concurrent", valid_from=today, by=None, at=at)  # type: ignore[arg-type]
    scope = scope_of(cast.officer, Capability.VIEW_NAMES, today)
    assert learners_in_scope(scope, today).filter(user=cast.hanako).count() == 1
    assert users_in_scope(scope, today).filter(pk=cast.hanako.pk).count() == 1


def test_a_member_without_an_account_is_in_the_class(cast: Cast, at: datetime, today: date) -> None:
    guest = guest_learner(at=at)
    add_member(group=cast.class_1_1, learner=guest, number=8, valid_from=today, by=None, at=at)
    for person in (cast.teacher, cast.admin):
        assert guest in learners_in_scope(scope_of(person, Capability.VIEW_NAMES, today), today)


def test_people_and_learners_agree(cast: Cast, today: date) -> None:
    for person in cast.people().values():
        for capability in Capability:
            scope = scope_of(person, capability, today)
            users = set(users_in_scope(scope, today))
            learners = set(learners_in_scope(scope, today).filter(user__isnull=False))
            assert learners == {cast.learner(user) for user in users}


def test_rules_and_queries_agree(cast: Cast, today: date) -> None:
    """A reach worked out for pure rules names the same units and groups as the querysets."""
    for person in (cast.kacho, cast.officer, cast.teacher, cast.hanako):
        scope = scope_of(person, Capability.VIEW_NAMES, today)
        reach = reach_of(scope, today)
        assert set(reach.organization_ids) == set(
            organizations_in_scope(scope, today).values_list("pk", flat=True)
        )
        assert set(reach.group_ids) == set(groups_in_scope(scope, today).values_list("pk", flat=True))


def test_roles_are_read_once_a_request(cast: Cast, today: date, django_assert_num_queries: Any) -> None:
    person = User.objects.get(pk=cast.officer.pk)
    with django_assert_num_queries(1):
        for capability in Capability:
            scope_of(person, capability, today)


def test_a_list_is_one_query_however_many(cast: Cast, today: date, django_assert_num_queries: Any) -> None:
    scope = scope_of(cast.officer, Capability.VIEW_NAMES, today)
    with django_assert_num_queries(1):
        list(learners_in_scope(scope, today).with_names())


# ---- granting


def test_granting_twice_is_granting_once(cast: Cast, at: datetime, today: date) -> None:
    for _ in range(2):
        grant_role(
            user=cast.hanako, role=Role.DX_LEADER, organization=cast.zeimu, valid_from=today, by=None, at=at
        )
    assert RoleAssignment.objects.filter(user=cast.hanako).count() == 1
    assert has_capability(cast.hanako, Capability.VIEW_NAMES, today)


@pytest.mark.parametrize(
    "scope",
    [
        lambda c: {},
        lambda c: {"everywhere": True, "organization": c.zeimu},
        lambda c: {"organization": c.zeimu, "group": c.class_1_1},
    ],
)
def test_a_role_has_exactly_one_scope(
    cast: Cast, at: datetime, scope: Callable[[Cast], dict[str, Any]]
) -> None:
    with pytest.raises(ValidationError) as refused:
        grant_role(user=cast.hanako, role=Role.DX_LEADER, valid_from=TODAY, by=None, at=at, **scope(cast))
    assert refused.value.code == "scope"


def test_a_role_ends_after_it_began(cast: Cast, at: datetime) -> None:
    with pytest.raises(ValidationError):
        end_role(
            assignment=RoleAssignment.objects.get(user=cast.kacho),
            valid_to=YEAR_START - timedelta(days=1),
            by=None,
            at=at,
        )
