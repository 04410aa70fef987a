"""Two at the same moment, on real connections."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test import Client
from wagtail.models import ModelLogEntry

from people.accounts.models import User
from people.appointments.enums import AppointmentKind
from people.appointments.models import Appointment
from people.credentials.actions import issue_card
from people.credentials.rules import printed
from people.learners.actions import claim_learner
from people.learners.models import Learner
from people.personnel.actions import place, posts_seen
from tests.cast import Cast, build_cast

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)
NEW = ("asagao-to-hato-7", "kaeru-no-uta-9")


@pytest.fixture(scope="module", autouse=True)
def kept_database(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Each test here empties the database; the last one puts back what the migrations made (the root page)."""
    yield
    with django_db_blocker.unblock():
        connection.creation.deserialize_db_from_string(getattr(connection, "_test_serialized_contents"))  # noqa: B009


@pytest.fixture
def world(transactional_db: None) -> Cast:
    return build_cast()


def at_once(*calls: Callable[[], Any]) -> list[Any]:
    def run(call: Callable[[], Any]) -> Any:
        try:
            return call()
        except (ValidationError, PermissionDenied) as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


def test_a_card_used_twice_at_once_is_used_once(world: Cast, at: datetime) -> None:
    """Two different passwords: one of them counts, and only its browser is signed in."""
    code = printed(issue_card(user=world.hanako, by=world.officer, at=at).code)

    def redeem(password: str) -> int:
        fields = {
            "login_id": "f-1001",
            "code": code,
            "new_password": password,
            "new_password_again": password,
        }
        return int(Client().post("/card/", fields).status_code)

    statuses = at_once(*[lambda new=new: redeem(new) for new in NEW])
    assert sorted(statuses) == [302, 422]
    person = User.objects.get(pk=world.hanako.pk)
    assert [person.check_password(new) for new in NEW] == [status == 302 for status in statuses]
    assert ModelLogEntry.objects.filter(action="people.card_redeemed").count() == 1


def test_a_seat_claimed_by_two_at_once_is_one_persons(world: Cast, at: datetime) -> None:
    people = [world.hanako, world.kacho]
    answers = at_once(
        *[
            lambda p=p: claim_learner(learner=Learner.objects.get(pk=world.senior.pk), user=p, by=p, at=at)
            for p in people
        ]
    )
    assert sum(isinstance(answer, ValidationError) for answer in answers) == 1
    assert ModelLogEntry.objects.filter(action="people.learner_claimed").count() == 1


def test_two_transfers_of_one_person_at_once_are_one(world: Cast, at: datetime) -> None:
    """Both officers saw the same posts: the second is told instead of ending what the first has just recorded."""
    seen = posts_seen(world.hanako)

    def transfer(by: User, into: Any) -> Any:
        return place(
            person=world.hanako,
            organization=into,
            post="",
            kind=AppointmentKind.MAIN,
            valid_from=at.date(),
            last_day=None,
            seen=seen,
            by=by,
            at=at,
        )

    answers = at_once(lambda: transfer(world.officer, world.jinji), lambda: transfer(world.admin, world.somu))
    assert sorted(type(answer).__name__ for answer in answers) == ["Appointment", "ValidationError"]
    assert Appointment.objects.filter(user=world.hanako).count() == 2
