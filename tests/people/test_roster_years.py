"""The turn of the year for a class, and cards for its pupils."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from wagtail.models import ModelLogEntry

from people.accounts.models import User
from people.groups.actions import add_member
from people.groups.models import GroupMembership, LearnerGroup
from people.learners.actions import guest_learner
from tests.cast import Cast
from tests.people.test_rosters import NEW_CLASS, confirm, here, members, paste


@pytest.fixture
def teacher(cast: Cast, client_for: Any) -> Client:
    browser: Client = client_for(cast.teacher)
    return browser


# ---- the turn of the year


def test_chosen_pupils_go_on_to_next_years_class(cast: Cast, at: Any, teacher: Client) -> None:
    paste(teacher, cast.class_1_1)
    rows = GroupMembership.objects.filter(group=cast.class_1_1).exclude(number=8)
    going = [str(row.learner.uuid) for row in rows]
    address = here(cast.class_1_1, "next-year/")
    form = teacher.get(address).context["form"]
    assert (form["grade"].value(), form["class_name"].value()) == ("J2", "1組")
    confirm(teacher, address, members=going, goal="class", grade="J2", class_name="1組")
    new = LearnerGroup.objects.get(fiscal_year=2027)
    april = date(2027, 4, 1)
    assert new.name == "2年1組"
    assert [number for number, _name in members(new, april)] == [1, 2, 7]
    assert [number for number, _name in members(cast.class_1_1, april)] == [8]
    assert len(members(cast.class_1_1)) == 4 and members(new) == []
    assert teacher.get(here(new)).status_code == 200


def test_a_number_that_is_taken_stays_behind_and_is_told(cast: Cast, at: Any, teacher: Client) -> None:
    confirm(
        teacher,
        "/groups/new/class/",
        unit=cast.school.uuid,
        **{**NEW_CLASS, "year": "2027", "grade": "J2", "class_name": "1組"},
    )
    new = LearnerGroup.objects.get(fiscal_year=2027)
    add_member(group=new, learner=guest_learner(at=at), number=7, valid_from=date(2027, 4, 1), by=None, at=at)
    pupil = str(cast.learner(cast.pupil).uuid)
    data = {"members": [pupil], "goal": "class", "grade": "J2", "class_name": "1組"}
    confirm(teacher, here(cast.class_1_1, "next-year/"), **data)
    assert "番号なしにした人：山本 さくら" in teacher.get(here(new)).content.decode()
    assert (None, "山本 さくら") in members(new, date(2027, 4, 1))


def test_who_graduates_leaves_at_the_end_of_the_year(cast: Cast, teacher: Client) -> None:
    pupil = str(cast.learner(cast.pupil).uuid)
    confirm(teacher, here(cast.class_1_1, "next-year/"), members=[pupil], goal="leave")
    assert members(cast.class_1_1, date(2027, 3, 31)) and not members(cast.class_1_1, date(2027, 4, 1))


# ---- cards


def test_cards_for_a_class_open_the_door_once(cast: Cast, teacher: Client, client: Client) -> None:
    paste(teacher, cast.class_1_1)
    people = User.objects.filter(username__startswith="shinobu26-")
    page = teacher.post(here(cast.class_1_1, "cards/"), {"person": [str(p.uuid) for p in people]})
    issued = page.context["issued"]
    assert [one.card.user.username for one in issued] == ["shinobu26-001", "shinobu26-002"]
    sheet = teacher.post(here(cast.class_1_1, "cards.pdf"), {"card": [one.code for one in issued]})
    assert sheet.status_code == 200 and sheet.content.startswith(b"%PDF")
    new = {"new_password": "asagao-to-hato-7", "new_password_again": "asagao-to-hato-7"}
    used = client.post("/card/", {"login_id": "shinobu26-001", "code": issued[0].printed, **new})
    assert used.status_code == 302
    again = teacher.post(here(cast.class_1_1, "cards.pdf"), {"card": [issued[0].code, "nonsense", "\x00"]})
    assert again.status_code == 404


def test_no_card_for_who_is_not_in_the_class(cast: Cast, teacher: Client) -> None:
    answer = teacher.post(here(cast.class_1_1, "cards/"), {"person": [str(cast.hanako.uuid), "x"]})
    assert answer.status_code == 422
    assert not ModelLogEntry.objects.filter(action="people.card_issued").exists()


# ---- light pages


@pytest.mark.parametrize(
    ("end", "most"), [("", 22), ("cards/", 20), ("next-year/", 20)], ids=["page", "cards", "year"]
)
def test_queries_do_not_grow_with_the_class(
    cast: Cast, teacher: Client, end: str, most: int, django_assert_max_num_queries: Any
) -> None:
    lines = "\n".join(f"{number} 生徒 {number}郎 セイト ロウ s{number:03}" for number in range(10, 40))
    assert paste(teacher, cast.class_1_1, lines).status_code == 302
    with django_assert_max_num_queries(most):
        assert teacher.get(here(cast.class_1_1, end)).status_code == 200
