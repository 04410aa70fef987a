"""The scope layer for any roles at all: property tests of the rules."""

from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from people.organizations.models import units_within_body
from people.roles.enums import Capability, Role
from people.roles.queries import learners_in_scope
from people.roles.rules import (
    PUPIL_ROLES,
    ROLE_CAPABILITIES,
    HeldRole,
    Reach,
    may_give,
    outranks,
    scope_from,
)
from tests.cast import TODAY, YEAR_START, Cast

roles = st.builds(
    HeldRole,
    role=st.sampled_from(Role),
    everywhere=st.just(False),
    organization_id=st.integers(1, 5),
    group_id=st.none(),
    valid_from=st.dates(date(2026, 1, 1), date(2026, 12, 31)),
    valid_to=st.none() | st.dates(date(2027, 1, 1), date(2027, 12, 31)),
)


def test_the_table_knows_every_role() -> None:
    assert set(ROLE_CAPABILITIES) == set(Role)
    assert ROLE_CAPABILITIES[Role.INSTALL_ADMIN] == set(Capability)


@pytest.mark.parametrize(
    "role", [Role.CDO, Role.CISO, Role.DX_SPECIALIST, Role.HELPER, Role.AUTHOR, Role.ICT_ADVISER]
)
def test_who_must_not_see_names_does_not(role: Role) -> None:
    assert not ROLE_CAPABILITIES[role] & {Capability.VIEW_NAMES, Capability.EXPORT, Capability.ISSUE_CARD}


@given(st.lists(roles, max_size=6), st.sampled_from(Capability), st.dates())
def test_a_scope_names_only_what_a_valid_role_names(
    held: list[HeldRole], capability: Capability, day: date
) -> None:
    scope = scope_from(held, capability, day)
    giving = {h.organization_id for h in held if capability in ROLE_CAPABILITIES[h.role] and h.holds_on(day)}
    assert set(scope.organization_ids) == giving
    assert not scope.everywhere and not scope.group_ids
    assert scope.is_empty == (not giving)


@given(roles, st.sets(st.integers(1, 5)))
def test_nobody_outranks_a_role_beyond_the_own_units(held: HeldRole, units: set[int]) -> None:
    reaches = {capability: Reach(False, units, (), units) for capability in Capability}
    assert outranks(reaches, held) == (held.organization_id in units or not ROLE_CAPABILITIES[held.role])
    assert outranks({}, held) == (not ROLE_CAPABILITIES[held.role])
    everything = {capability: Reach(True, (), ()) for capability in Capability}
    assert outranks(everything, held)
    staff_only = {capability: Reach(False, units, ()) for capability in Capability}
    assert held.role not in PUPIL_ROLES or not outranks(staff_only, held)


@given(roles, st.sets(st.integers(1, 5)), st.sets(st.sampled_from(Capability)))
def test_nobody_gives_a_role_that_reaches_further_than_their_own(
    held: HeldRole, units: set[int], capabilities: set[Capability]
) -> None:
    """Only who manages the people of the units may give there what they do not hold, and never what is for all bodies."""
    reaches = {capability: Reach(False, units, (), units) for capability in capabilities}
    if may_give(reaches, held):
        assert held.organization_id in units and Capability.MANAGE_POSTS in capabilities
        more = ROLE_CAPABILITIES[held.role] - capabilities
        assert not more or Capability.MANAGE_PEOPLE in capabilities
        assert not more & {Capability.MANAGE_INSTALL, Capability.AUTHOR, Capability.PUBLISH}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    role=st.sampled_from(sorted(Role)),
    unit_name=st.sampled_from(["prefecture", "fukushima", "somu", "zeimu", "school", "koriyama"]),
)
def test_no_role_over_a_unit_reaches_outside_of_it(cast: Cast, role: Role, unit_name: str) -> None:
    """Reads only, so that one cast serves all examples."""
    unit = getattr(cast, unit_name)
    inside = set(units_within_body(unit, on=TODAY).values_list("pk", flat=True))
    held = HeldRole(role, False, unit.pk, None, YEAR_START, None)
    for capability in Capability:
        scope = scope_from([held], capability, TODAY)
        expected = set() if scope.is_empty else {learner.pk for learner in _at_home_in(cast, inside)}
        if role not in PUPIL_ROLES:
            expected.discard(cast.learner(cast.pupil).pk)
        assert set(learners_in_scope(scope, TODAY).values_list("pk", flat=True)) == expected


def _at_home_in(cast: Cast, units: set[int]) -> list[Any]:
    homes = {
        "hanako": cast.zeimu,
        "kacho": cast.zeimu,
        "officer": cast.jinji,
        "outsider": cast.koriyama_zeimu,
        "teacher": cast.school,
        "pupil": cast.school,
        "helper": cast.kominkan,
        "author": cast.digital,
        "editor": cast.digital,
        "admin": cast.digital,
    }
    return [cast.learner(cast.people()[name]) for name, unit in homes.items() if unit.pk in units]
