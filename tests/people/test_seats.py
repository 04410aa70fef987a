"""Seats of a course: made by a helper, used without an account, closed, handed over."""

from typing import Any

import pytest
from django.test import Client
from wagtail.models import ModelLogEntry

from people.accounts.models import User
from people.groups.actions import add_member, create_group
from people.groups.enums import GroupKind
from people.groups.models import LearnerGroup
from people.learners.actions import claim_learner
from people.learners.queries import GUEST_SESSION_KEY
from people.seats.actions import make_seats
from people.seats.models import Seat
from tests.cast import TODAY, Cast
from tests.people.test_rosters import confirm, here, paste


@pytest.fixture
def helper(cast: Cast, client_for: Any) -> Client:
    browser: Client = client_for(cast.helper)
    return browser


@pytest.fixture
def course(cast: Cast, at: Any) -> LearnerGroup:
    group = create_group(
        organization=cast.kominkan, fiscal_year=2026, kind=GroupKind.OTHER, name="スマホ講座", by=None, at=at
    )
    make_seats(group=group, upto=3, valid_from=TODAY, by=cast.helper, at=at)
    return group


def seat_of(course: LearnerGroup, number: int) -> Seat:
    return Seat.objects.get(learner__memberships__group=course, learner__memberships__number=number)


def learner_here(browser: Client) -> str:
    return str(browser.session.get(GUEST_SESSION_KEY, ""))


# ---- making


def test_a_helper_makes_a_course_with_seats_and_prints_them(cast: Cast, helper: Client) -> None:
    confirm(helper, "/groups/new/course/", unit=cast.kominkan.uuid, year="2026", name="スマホ講座（11月）")
    made = LearnerGroup.objects.get(kind=GroupKind.OTHER.value)
    confirm(helper, here(made, "seats/"), upto="5")
    assert Seat.objects.count() == 5
    confirm(helper, here(made, "seats/"), upto="6")
    assert Seat.objects.count() == 6
    sheet = helper.get(here(made, "seats.pdf"))
    assert sheet.status_code == 200 and sheet.content.startswith(b"%PDF")
    assert "6番の席" in helper.get(here(made)).content.decode()
    assert ModelLogEntry.objects.filter(action="people.seats_made", user=cast.helper).count() == 2


@pytest.mark.parametrize("upto", ["0", "61", "", "x", "-3"])
def test_a_number_of_seats_that_cannot_be(helper: Client, course: LearnerGroup, upto: str) -> None:
    assert helper.post(here(course, "seats/"), {"upto": upto, "step": "confirm"}).status_code == 422
    assert Seat.objects.count() == 3


def test_a_helper_makes_no_class_and_sees_none(cast: Cast, helper: Client, course: LearnerGroup) -> None:
    assert helper.get("/groups/new/class/").status_code == 403
    assert helper.get(here(cast.class_1_1)).status_code == 404
    page = helper.get("/groups/").content.decode()
    assert "スマホ講座" in page and "1年1組" not in page


def test_a_teacher_and_another_municipality_see_no_seat(
    cast: Cast, client_for: Any, course: LearnerGroup
) -> None:
    assert client_for(cast.teacher).get(here(course)).status_code == 404
    assert client_for(cast.outsider).get(here(course)).status_code == 403


# ---- learning at one


def test_a_seat_is_taken_by_its_code_and_a_yes(client: Client, course: LearnerGroup) -> None:
    seat = seat_of(course, 3)
    typed = f"{seat.code[:3]}－{seat.code[3:]}".lower()
    page = client.post("/seat/", {"code": typed})
    assert page["Location"] == f"/seat/{seat.code}/"
    assert "3番の席" in client.get(page["Location"]).content.decode()
    assert learner_here(client) == ""
    for _ in range(2):
        assert client.post(page["Location"], {"answer": "sit"}).status_code == 302
    assert learner_here(client) == str(seat.learner.uuid)
    assert "この席で学んでいます" in client.get(page["Location"]).content.decode()


def test_the_next_person_takes_another_seat(client: Client, course: LearnerGroup) -> None:
    first, second = seat_of(course, 1), seat_of(course, 2)
    client.post(f"/seat/{first.code}/", {"answer": "sit"})
    assert "前にだれかが学んでいます" in client.get(f"/seat/{second.code}/").content.decode()
    client.post(f"/seat/{first.code}/", {"answer": "leave"})
    assert learner_here(client) == ""
    client.post(f"/seat/{second.code}/", {"answer": "sit"})
    client.post(f"/seat/{first.code}/", {"answer": "leave"})
    assert learner_here(client) == str(second.learner.uuid)


@pytest.mark.parametrize("code", ["", "ZZZZZZ", "AAAAAA", "%00", "あいうえお", "x" * 300])
def test_a_wrong_code_is_told_and_nothing_begins(client: Client, course: LearnerGroup, code: str) -> None:
    answer = client.post("/seat/", {"code": code})
    assert answer.status_code == 422
    assert client.get(f"/seat/{code or 'x'}/").status_code == 404
    assert learner_here(client) == ""


def test_a_closed_seat_and_one_that_was_handed_over_open_no_more(
    cast: Cast, at: Any, client: Client, helper: Client, course: LearnerGroup
) -> None:
    closed, taken = seat_of(course, 1), seat_of(course, 2)
    confirm(helper, here(course, f"{closed.learner.uuid}/leave/"), day=TODAY.isoformat())
    claim_learner(learner=taken.learner, user=cast.hanako, by=cast.helper, at=at)
    for seat in (closed, taken):
        assert client.post(f"/seat/{seat.code}/", {"answer": "sit"}).status_code == 404
    assert learner_here(client) == ""


def test_who_is_signed_in_does_not_sit_down(cast: Cast, client_for: Any, course: LearnerGroup) -> None:
    browser = client_for(cast.hanako)
    answer = browser.post(f"/seat/{seat_of(course, 1).code}/", {"answer": "sit"})
    assert answer.status_code == 422 and "ログイン中" in answer.content.decode()
    assert learner_here(browser) == ""


def test_many_wrong_codes_close_the_page_for_a_while(
    client: Client, course: LearnerGroup, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("people.seats.views._RATE", "3/1d")
    statuses = [client.post("/seat/", {"code": "AAAAAA"}).status_code for _ in range(4)]
    assert statuses == [422, 422, 422, 429]
    answer = client.post("/seat/", {"code": seat_of(course, 1).code})
    assert answer.status_code == 429 and "5分" in answer.content.decode()


# ---- participants with an account


def test_a_helper_gives_a_card_to_a_participant_and_to_nobody_else(
    cast: Cast, helper: Client, course: LearnerGroup
) -> None:
    paste(helper, course, "長谷川 キヨ ハセガワ キヨ", new_ids="chuo26-")
    kiyo = User.objects.get(username="chuo26-001")
    page = helper.post(here(course, "cards/"), {"person": [str(kiyo.uuid)]})
    assert [one.card.user for one in page.context["issued"]] == [kiyo]
    assert helper.get(f"/people/{kiyo.uuid}/card/").status_code == 200
    data = {"q": "中村", "people": [str(cast.helper.uuid)], "valid_from": TODAY.isoformat()}
    confirm(helper, here(course, "add/"), **data)
    refused = helper.post(here(course, "cards/"), {"person": [str(cast.helper.uuid), str(kiyo.uuid)]})
    assert refused.status_code == 422 and "1枚も発行していません" in refused.content.decode()


def test_a_participant_with_a_post_or_a_class_is_beyond_a_helper(
    cast: Cast, at: Any, helper: Client, course: LearnerGroup
) -> None:
    """Even where somebody else put them into the course."""
    for person in (cast.hanako, cast.pupil, cast.kacho):
        add_member(group=course, learner=cast.learner(person), valid_from=TODAY, by=None, at=at)
        assert helper.post(f"/people/{person.uuid}/card/").status_code in (403, 404)
        assert helper.post(here(course, "cards/"), {"person": [str(person.uuid)]}).status_code == 422
    assert not ModelLogEntry.objects.filter(action="people.card_issued").exists()


def test_seats_cost_no_queries_each(
    cast: Cast, at: Any, helper: Client, course: LearnerGroup, django_assert_max_num_queries: Any
) -> None:
    make_seats(group=course, upto=40, valid_from=TODAY, by=None, at=at)
    with django_assert_max_num_queries(22):
        assert "40番の席" in helper.get(here(course)).content.decode()
