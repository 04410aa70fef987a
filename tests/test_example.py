"""How tests are written here. Read it from top to bottom; every line of it runs.

    .venv/bin/python -m pytest tests/test_example.py

A test says in its name what the product does, begins with who tries (``tests/cast.py``), goes in through an
address or an action, and asserts what that person sees in Japanese or what is true afterwards.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from wagtail.models import ModelLogEntry

from people.accounts.models import User
from people.appointments.actions import appoint
from people.organizations.actions import place_unit
from people.roles.actions import grant_role
from people.roles.enums import Capability, Role
from people.roles.queries import learners_in_scope, scope_of
from tests.cast import Cast
from tests.conftest import Clock

# Ask for the fixtures that you need by naming them:
#   cast        the people and bodies of every test, put back fresh each time (milliseconds)
#   client_for  client_for(cast.hanako) is her browser, signed in; client_for(None) a visitor's
#   at, today   the moment of the test: 2026-11-21, 10:00 in Japan
#   clock       what the views take for now; clock.move_to(...) lets days pass
#   curriculum  the courses that the product ships
Browsers = Callable[[User | None], Client]


def test_it_goes_in_through_an_address(cast: Cast, client_for: Browsers) -> None:
    """Views are tested from outside, as a browser meets them: who, which address, what is on the page."""
    page = client_for(cast.officer).get("/people/")

    assert page.status_code == 200
    assert "佐藤 花子" in page.content.decode()


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("visitor", 302),  # signed out: to the sign-in page
        ("hanako", 403),  # an insider without the right
        ("officer", 200),
    ],
)
def test_every_door_has_its_answers(cast: Cast, client_for: Browsers, who: str, status: int) -> None:
    """One table for one door. Strangers to a thing that has an owner get 404, as the next test shows."""
    person = cast.people().get(who)
    assert client_for(person).get("/people/").status_code == status


def test_a_stranger_does_not_even_learn_that_it_exists(cast: Cast, client_for: Browsers) -> None:
    """渡辺さん works for another municipality. 404 says less than 403."""
    address = f"/people/{cast.hanako.uuid}/card/"
    assert client_for(cast.outsider).get(address).status_code == 404


def test_changes_are_made_by_actions(cast: Cast, at: datetime) -> None:
    """Never by ``Model.objects.create`` in a view or a test: an action also writes who did it.

    Actions take ``by=`` (who acts) and ``at=`` (when): nothing below a view reads the clock.
    """
    next_year = date(2027, 4, 1)
    appoint(
        user=cast.hanako, organization=cast.jinji, post="主事", valid_from=next_year, by=cast.officer, at=at
    )

    entry = ModelLogEntry.objects.get(action="people.appointed", user=cast.officer)
    assert entry.timestamp == at
    assert entry.message == "職を記録しました：人事課 主事（2027-04-01から）"


def test_a_refusal_says_what_happened_and_that_nothing_was_lost(
    cast: Cast, at: datetime, today: date
) -> None:
    """Bad input raises ValidationError with a code for programs and Japanese for people."""
    with pytest.raises(ValidationError) as refused:
        place_unit(unit=cast.fukushima, parent=cast.zeimu, valid_from=today, by=cast.admin, at=at)

    assert refused.value.code == "cycle"
    assert "何も変更していません" in refused.value.messages[0]


def test_doing_it_twice_is_doing_it_once(cast: Cast, at: datetime, today: date) -> None:
    """Buttons are clicked twice and messages come twice: an action that can be repeated is tested repeated."""
    for _ in range(2):
        grant_role(
            user=cast.hanako,
            role=Role.DX_LEADER,
            organization=cast.zeimu,
            valid_from=today,
            by=cast.admin,
            at=at,
        )
    assert cast.hanako.role_assignments.count() == 1


def test_what_a_person_reaches_is_asked_in_one_place(cast: Cast, today: date) -> None:
    """Lists, exports and figures all start from a scope. It is empty unless a role opens it."""
    scope = scope_of(cast.kacho, Capability.VIEW_NAMES, today)
    assert cast.learner(cast.hanako) in learners_in_scope(scope, today)

    nothing = scope_of(cast.outsider, Capability.VIEW_NAMES, today)
    assert not learners_in_scope(nothing, today).exists()


def test_a_list_costs_the_same_however_long_it_is(
    cast: Cast, today: date, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    """Every list has such a test. ``pytest -v`` shows the queries when the number is wrong."""
    scope = scope_of(cast.officer, Capability.VIEW_NAMES, today)
    with django_assert_num_queries(1):
        names = [
            learner.user.name for learner in learners_in_scope(scope, today).with_names() if learner.user
        ]
    assert "鈴木 一郎" in names


def test_days_pass(cast: Cast, client_for: Browsers, clock: Clock, at: datetime) -> None:
    """Duties, roles and cards are dated. Move the clock instead of waiting."""
    grant_role(
        user=cast.hanako,
        role=Role.TRAINING_OFFICER,
        organization=cast.zeimu,
        valid_from=at.date(),
        valid_to=at.date() + timedelta(days=2),
        by=cast.admin,
        at=at,
    )
    browser = client_for(cast.hanako)
    assert browser.get("/people/").status_code == 200
    clock.move_to(at + timedelta(days=2))
    # A session lasts twelve hours, so she signs in again.
    assert client_for(cast.hanako).get("/people/").status_code == 403
