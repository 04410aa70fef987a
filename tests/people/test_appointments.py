"""Posts: joiners, transfers announced in advance, concurrent posts, leavers."""

from datetime import date, datetime

import pytest
from django.core.exceptions import ValidationError

from people.accounts.actions import create_user
from people.appointments.actions import appoint, end_appointment
from people.appointments.enums import AppointmentKind
from people.appointments.models import Appointment
from people.learners.models import Learner
from tests.cast import YEAR_START, Cast

NEXT_YEAR = date(2027, 4, 1)


def test_a_transfer_ends_the_post_on_its_day(cast: Cast, at: datetime) -> None:
    appoint(
        user=cast.hanako, organization=cast.jinji, post="主事", valid_from=NEXT_YEAR, by=cast.officer, at=at
    )
    posts = Appointment.objects.filter(user=cast.hanako).order_by("valid_from")
    assert [(p.organization, p.valid_from, p.valid_to) for p in posts] == [
        (cast.zeimu, YEAR_START, NEXT_YEAR),
        (cast.jinji, NEXT_YEAR, None),
    ]
    assert posts.valid_on(date(2027, 3, 31)).get().organization == cast.zeimu
    assert posts.valid_on(NEXT_YEAR).get().organization == cast.jinji


def test_the_same_transfer_twice_is_one(cast: Cast, at: datetime) -> None:
    for _ in range(2):
        appoint(user=cast.hanako, organization=cast.jinji, post="主事", valid_from=NEXT_YEAR, by=None, at=at)
    assert Appointment.objects.filter(user=cast.hanako).count() == 2


def test_two_main_posts_at_once_are_refused(cast: Cast, at: datetime) -> None:
    appoint(user=cast.hanako, organization=cast.jinji, valid_from=NEXT_YEAR, by=None, at=at)
    with pytest.raises(ValidationError) as refused:
        appoint(user=cast.hanako, organization=cast.koriyama, valid_from=date(2027, 2, 1), by=None, at=at)
    assert refused.value.code == "overlap"
    assert "何も変更していません" in refused.value.messages[0]


def test_a_concurrent_post_stands_beside_the_main_one(cast: Cast, at: datetime, today: date) -> None:
    appoint(
        user=cast.hanako,
        organization=cast.jinji,
        kind=AppointmentKind.CONCURRENT,
        valid_from=today,
        by=None,
        at=at,
    )
    units = (
        Appointment.objects.valid_on(today).filter(user=cast.hanako).values_list("organization", flat=True)
    )
    assert set(units) == {cast.zeimu.pk, cast.jinji.pk}


def test_a_leaver_is_gone_on_the_day_after_the_last(cast: Cast, at: datetime) -> None:
    post = Appointment.objects.get(user=cast.hanako)
    for _ in range(2):
        end_appointment(appointment=post, valid_to=NEXT_YEAR, by=cast.officer, at=at)
    assert not Appointment.objects.valid_on(NEXT_YEAR).filter(user=cast.hanako).exists()
    with pytest.raises(ValidationError):
        end_appointment(appointment=post, valid_to=YEAR_START, by=cast.officer, at=at)


def test_who_never_signed_in_has_a_learner(cast: Cast, at: datetime, today: date) -> None:
    person = create_user(login_id="new-1", by=None, at=at)
    appoint(user=person, organization=cast.zeimu, valid_from=today, by=None, at=at)
    assert Learner.objects.get(user=person).is_primary
