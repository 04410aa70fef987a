"""Keeping the list of a class: making it, filling it from a sheet, moving people, and the turn of the year."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from wagtail.models import ModelLogEntry

from people.accounts.models import User
from people.groups.actions import create_group
from people.groups.models import GroupMembership, LearnerGroup
from people.roles.actions import grant_role
from people.roles.enums import Role
from tests.cast import TODAY, YEAR_START, Cast

LIST = """番号\t氏名\tフリガナ
1\t阿部 蓮\tアベ レン
2\t髙橋 𠮷子\tﾀｶﾊｼ ﾖｼｺ
8\t渡部 陽葵\tわたなべ ひまり\twatanabe-h
"""
NEW_CLASS = {"year": "2026", "grade": "J1", "class_name": "2組", "name": ""}


@pytest.fixture
def teacher(cast: Cast, client_for: Any) -> Client:
    browser: Client = client_for(cast.teacher)
    return browser


@pytest.fixture
def principal(cast: Cast, at: Any, client_for: Any) -> Client:
    grant_role(
        user=cast.hanako, role=Role.PRINCIPAL, organization=cast.school, valid_from=YEAR_START, by=None, at=at
    )
    browser: Client = client_for(cast.hanako)
    return browser


def here(group: LearnerGroup, end: str = "") -> str:
    return f"/groups/{group.uuid}/{end}"


def members(group: LearnerGroup, on: date = TODAY) -> list[tuple[int | None, str]]:
    rows = GroupMembership.objects.valid_on(on).filter(group=group).select_related("learner__user")
    return [
        (row.number, row.learner.user.name if row.learner.user else "") for row in rows.order_by("number")
    ]


def paste(browser: Client, group: LearnerGroup, text: str = LIST, step: str = "confirm", **more: Any) -> Any:
    data = {"text": text, "valid_from": TODAY.isoformat(), "new_ids": "shinobu26-", "step": step, **more}
    return browser.post(here(group, "list/"), data)


def confirm(browser: Client, address: str, **data: Any) -> Any:
    """Looks once more and says yes twice, as a double click does."""
    looked = browser.post(address, {**data, "step": "preview"})
    assert looked.status_code == 200, looked.content.decode()
    first = browser.post(address, {**data, "step": "confirm"})
    second = browser.post(address, {**data, "step": "confirm"})
    assert (first.status_code, second.status_code) == (302, 302), second.content.decode()
    return first


# ---- who sees which list


def test_a_teacher_keeps_the_own_classes_only(cast: Cast, at: Any, teacher: Client) -> None:
    others = [
        create_group(organization=unit, fiscal_year=2026, grade="J3", class_name="9組", by=None, at=at)
        for unit in (cast.school, cast.koriyama)
    ]
    page = teacher.get("/groups/").content.decode()
    assert "1年1組" in page and "3年9組" not in page
    for group in others:
        for end in ("", "edit/", "list/", "add/", "cards/", "next-year/"):
            assert teacher.get(here(group, end)).status_code == 404
    assert paste(teacher, others[0]).status_code == 404
    assert not GroupMembership.objects.filter(group__in=others).exists()


def test_an_officer_keeps_no_class_and_another_municipality_nothing(cast: Cast, client_for: Any) -> None:
    assert client_for(cast.officer).get(here(cast.class_1_1)).status_code == 404
    assert client_for(cast.officer).get("/groups/new/class/").status_code == 403
    for person in (cast.outsider, cast.kacho, cast.pupil, cast.author):
        assert client_for(person).get("/groups/").status_code == 403
        assert client_for(person).get(here(cast.class_1_1)).status_code == 403


def test_the_principal_keeps_the_classes_of_the_school(cast: Cast, principal: Client) -> None:
    assert "1年1組" in principal.get("/groups/").content.decode()
    assert principal.get(here(cast.class_1_1)).status_code == 200


# ---- making and changing


def test_a_teacher_makes_a_class_and_is_in_charge_of_it(cast: Cast, teacher: Client) -> None:
    confirm(teacher, "/groups/new/class/", unit=cast.school.uuid, **NEW_CLASS)
    made = LearnerGroup.objects.get(class_name="2組")
    assert (made.name, made.organization) == ("1年2組", cast.school)
    page = teacher.get(here(made)).content.decode()
    assert "担当の先生：伊藤 由美" in page
    assert ModelLogEntry.objects.filter(action="people.group_created", user=cast.teacher).count() == 1


def test_a_class_without_grade_or_name_is_asked_for(cast: Cast, teacher: Client) -> None:
    answer = teacher.post("/groups/new/class/", {"unit": cast.school.uuid, "year": "2026", "step": "confirm"})
    assert answer.status_code == 422 and "学年を選ぶか" in answer.content.decode()


def test_the_class_of_a_colleague_is_not_taken_over(cast: Cast, at: Any, teacher: Client) -> None:
    create_group(organization=cast.school, fiscal_year=2026, grade="J1", class_name="2組", by=None, at=at)
    answer = teacher.post("/groups/new/class/", {"unit": cast.school.uuid, **NEW_CLASS, "step": "confirm"})
    assert answer.status_code == 422 and "この年度には、もう1年2組" in answer.content.decode()


def test_a_school_of_somebody_else_cannot_be_chosen(cast: Cast, teacher: Client) -> None:
    answer = teacher.post("/groups/new/class/", {"unit": cast.koriyama.uuid, **NEW_CLASS, "step": "confirm"})
    assert answer.status_code == 422
    assert LearnerGroup.objects.count() == 1


def test_a_teacher_shares_a_class_but_does_not_end_the_charge_of_others(
    cast: Cast, at: Any, teacher: Client, principal: Client
) -> None:
    grant_role(
        user=cast.kacho, role=Role.TEACHER, group=cast.class_1_1, valid_from=YEAR_START, by=None, at=at
    )
    data = {"name": "1年1組", "grade": "J1", "class_name": "1組", "teachers": [str(cast.teacher.uuid)]}
    confirm(teacher, here(cast.class_1_1, "edit/"), **data)
    assert cast.kacho.role_assignments.get(role="teacher").valid_to is None
    confirm(principal, here(cast.class_1_1, "edit/"), **data)
    assert cast.kacho.role_assignments.get(role="teacher").valid_to == TODAY
    data["teachers"] = [str(cast.outsider.uuid)]
    assert teacher.post(here(cast.class_1_1, "edit/"), {**data, "step": "confirm"}).status_code == 422


# ---- a list from a sheet


def test_a_pasted_list_becomes_members_with_accounts(cast: Cast, teacher: Client) -> None:
    looked = paste(teacher, cast.class_1_1, step="preview")
    assert looked.status_code == 200
    assert "shinobu26-001" in looked.content.decode() and User.objects.filter(last_name="阿部").count() == 0
    for _ in range(2):
        assert paste(teacher, cast.class_1_1).status_code == 302
    assert members(cast.class_1_1) == [
        (1, "阿部 蓮"),
        (2, "髙橋 𠮷子"),
        (7, "山本 さくら"),
        (8, "渡部 陽葵"),
    ]
    new = User.objects.get(username="watanabe-h")
    assert (new.name_kana, new.has_usable_password()) == ("ワタナベ ヒマリ", False)
    assert User.objects.get(last_name="髙橋").username == "shinobu26-002"
    assert ModelLogEntry.objects.filter(action="people.user_created", user=cast.teacher).count() == 3


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("7\t新しい 人\tアタラシイ ヒト", "もうほかの人が使っています"),
        ("9\t新しい 人", "フリガナがありません"),
        ("9\t新しい 人\t新しい 人", "かな以外の文字"),
        ("9\t新しい人\tアタラシイ ヒト", "姓と名のあいだ"),
        ("1000\t新しい 人\tアタラシイ ヒト", "1から999"),
        ("1\t新しい 人\tアタラシイ ヒト", "2回あります"),
        ("9\t新しい 人\tアタラシイ ヒト\tk-2001", "担当していない人"),
        ("9\t別の 人\tベツノ ヒト\ts-4001", "別の氏名の人"),
        ("9\tあ い う え お か き", "フリガナがありません"),
        ("9,あ,い,う,え,お,か", "列の区切り"),
    ],
)
def test_one_wrong_line_keeps_everything_in_the_box(
    cast: Cast, teacher: Client, line: str, words: str
) -> None:
    for step in ("preview", "confirm"):
        answer = paste(teacher, cast.class_1_1, LIST + line, step=step)
        page = answer.content.decode()
        assert answer.status_code == 422
        assert words in page and "阿部 蓮" in page and line.split("\t")[0] in page
        assert answer.context["form"].data["text"] == LIST + line
    assert members(cast.class_1_1) == [(7, "山本 さくら")]


def test_a_known_pupil_is_added_and_a_namesake_only_when_said_so(
    cast: Cast, at: Any, teacher: Client
) -> None:
    confirm(teacher, "/groups/new/class/", unit=cast.school.uuid, **NEW_CLASS)
    second = LearnerGroup.objects.get(class_name="2組")
    line = "3 山本 さくら ヤマモト サクラ"
    paste(teacher, second, line)
    assert User.objects.filter(last_name="山本").count() == 1
    assert members(second) == [(3, "山本 さくら")]
    for _ in range(2):
        paste(teacher, second, "4 山本 さくら ヤマモト サクラ", as_new="1")
    assert User.objects.filter(last_name="山本").count() == 2
    assert members(second) == [(3, "山本 さくら"), (4, "山本 さくら")]


@pytest.mark.parametrize("text", ["", " \n\n", "\x00", "x" * 70_000, "\n".join(["1 a b c d"] * 400)])
def test_an_odd_list_is_refused_in_words(cast: Cast, teacher: Client, text: str) -> None:
    assert paste(teacher, cast.class_1_1, text).status_code == 422
    assert members(cast.class_1_1) == [(7, "山本 さくら")]


# ---- people who are there already


def test_people_are_found_inside_the_scope_only(cast: Cast, at: Any, principal: Client) -> None:
    other = create_group(
        organization=cast.school, fiscal_year=2026, grade="J1", class_name="2組", by=None, at=at
    )
    address = here(other, "add/")
    assert "山本 さくら" in principal.get(address, {"q": "やまもと"}).content.decode()
    assert "見つかりませんでした" in principal.get(address, {"q": "渡辺"}).content.decode()
    data = {"q": "山本", "people": [str(cast.pupil.uuid)], "valid_from": TODAY.isoformat()}
    confirm(principal, address, **data)
    assert members(other) == [(None, "山本 さくら")]
    data["people"] = [str(cast.outsider.uuid)]
    assert principal.post(address, {**data, "step": "confirm"}).status_code == 422


# ---- leaving and moving


def test_a_membership_ends_on_a_day_and_can_be_taken_back(cast: Cast, teacher: Client) -> None:
    one = here(cast.class_1_1, f"{cast.learner(cast.pupil).uuid}/")
    confirm(teacher, one + "leave/", day="2026-12-01")
    assert members(cast.class_1_1, date(2026, 11, 30)) and not members(cast.class_1_1, date(2026, 12, 1))
    confirm(teacher, one + "stay/")
    assert members(cast.class_1_1, date(2026, 12, 1)) == [(7, "山本 さくら")]
    confirm(teacher, one + "leave/", day=TODAY.isoformat())
    assert members(cast.class_1_1) == [] and GroupMembership.objects.count() == 1
    assert "以前いた人" in teacher.get(here(cast.class_1_1)).content.decode()


def test_somebody_moves_to_another_class(cast: Cast, at: Any, teacher: Client) -> None:
    confirm(teacher, "/groups/new/class/", unit=cast.school.uuid, **NEW_CLASS)
    second = LearnerGroup.objects.get(class_name="2組")
    data = {"group": str(second.uuid), "number": "11", "day": TODAY.isoformat()}
    confirm(teacher, here(cast.class_1_1, f"{cast.learner(cast.pupil).uuid}/move/"), **data)
    assert (members(cast.class_1_1), members(second)) == ([], [(11, "山本 さくら")])


def test_nobody_moves_into_a_class_that_is_somebody_elses(cast: Cast, at: Any, teacher: Client) -> None:
    other = create_group(
        organization=cast.school, fiscal_year=2026, grade="J1", class_name="2組", by=None, at=at
    )
    data = {"group": str(other.uuid), "day": TODAY.isoformat(), "step": "confirm"}
    address = here(cast.class_1_1, f"{cast.learner(cast.pupil).uuid}/move/")
    assert teacher.post(address, data).status_code == 422
    assert members(cast.class_1_1) == [(7, "山本 さくら")]
