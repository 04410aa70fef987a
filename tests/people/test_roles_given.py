"""Giving and ending roles at the desk: never more than one holds, never one's own, with a reason."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from wagtail.models import ModelLogEntry

from people.groups.actions import create_group
from people.groups.enums import GroupKind
from people.personnel.actions import give_role
from people.roles.actions import grant_role
from people.roles.enums import Capability, Role
from people.roles.models import RoleAssignment
from people.roles.queries import has_capability
from tests.cast import Cast
from tests.people.test_personnel import page_of, said, send

WHY = "税務課の推進リーダーに指名されたためです。"


def give(browser: Client, cast: Cast, role: Role, scope: str, **fields: Any) -> Any:
    values = {"role": role.value, "scope": scope, "valid_from": "2026-11-21", "reason": WHY, **fields}
    return send(browser, page_of(cast.hanako, "roles/new/"), values)


def held(cast: Cast) -> list[tuple[str, date, date | None]]:
    rows = RoleAssignment.objects.filter(user=cast.hanako).order_by("pk")
    return [(row.role, row.valid_from, row.valid_to) for row in rows]


def unit(cast: Cast, name: str) -> str:
    return f"unit:{getattr(cast, name).uuid}"


@pytest.fixture
def officer(cast: Cast, client_for: Any) -> Client:
    browser: Client = client_for(cast.officer)
    return browser


def test_a_role_is_given_with_a_reason_and_ended(
    cast: Cast, officer: Client, client_for: Any, today: date
) -> None:
    answer = give(officer, cast, Role.SECTION_HEAD, unit(cast, "zeimu"))
    assert "佐藤 花子さんに役割「所属長」を付けました（税務課（その下の組織も含む）" in said(answer)
    assert has_capability(cast.hanako, Capability.VIEW_NAMES, today)
    page = answer.content.decode()
    assert (
        "役割を付けました：所属長（税務課、2026年11月21日から）" in page and WHY in page and "高橋 誠" in page
    )
    role = RoleAssignment.objects.get(user=cast.hanako)
    assert role.granted_by == cast.officer
    ended = send(officer, page_of(cast.hanako, f"roles/{role.uuid}/end/"), {"reason": "指名が終わりました。"})
    assert "役割「所属長」を終わりにしました" in said(ended)
    assert "指名が終わりました。" in ended.content.decode()
    role.refresh_from_db()
    person = type(cast.hanako).objects.get(pk=cast.hanako.pk)
    assert role.valid_to == today and not has_capability(person, Capability.VIEW_NAMES, today)


def test_it_shows_what_the_role_allows_before_it_is_given(cast: Cast, officer: Client) -> None:
    fields = {
        "role": "section_head",
        "scope": unit(cast, "zeimu"),
        "valid_from": "2026-11-21",
        "reason": WHY,
    }
    page = send(officer, page_of(cast.hanako, "roles/new/"), fields, step="preview").content.decode()
    assert "氏名と受講状況を見る、集計を見る、一覧を保存する" in page
    assert not held(cast)


def test_a_role_may_end_on_a_day_that_is_known(cast: Cast, officer: Client) -> None:
    give(officer, cast, Role.SECTION_HEAD, unit(cast, "zeimu"), last_day="2027-03-31")
    assert held(cast) == [("section_head", date(2026, 11, 21), date(2027, 4, 1))]
    role = RoleAssignment.objects.get(user=cast.hanako)
    address = page_of(cast.hanako, f"roles/{role.uuid}/end/")
    send(officer, address, {"last_day": "2026-12-31", "reason": "早まりました。"})
    assert held(cast)[0][2] == date(2027, 1, 1)


def test_a_role_to_come_is_taken_back_at_once(cast: Cast, officer: Client) -> None:
    give(officer, cast, Role.SECTION_HEAD, unit(cast, "zeimu"), valid_from="2027-04-01")
    role = RoleAssignment.objects.get(user=cast.hanako)
    answer = send(officer, page_of(cast.hanako, f"roles/{role.uuid}/end/"), {"reason": "取りやめ"})
    role.refresh_from_db()
    assert role.valid_to == role.valid_from
    assert "役割はありません" in answer.content.decode()


def test_a_double_click_is_one_role(cast: Cast, officer: Client) -> None:
    for last_day in ("", "", "2027-03-31", "2027-03-31"):
        give(officer, cast, Role.SECTION_HEAD, unit(cast, "zeimu"), last_day=last_day)
    assert len(held(cast)) == 2


def test_a_second_tab_finds_the_role_ended(cast: Cast, officer: Client) -> None:
    give(officer, cast, Role.SECTION_HEAD, unit(cast, "zeimu"))
    role = RoleAssignment.objects.get(user=cast.hanako)
    address = page_of(cast.hanako, f"roles/{role.uuid}/end/")
    fields = {"reason": "終わり", "step": "confirm"}
    officer.post(address, fields)
    assert "すでに変更されています" in said(officer.post(address, fields, follow=True))
    assert ModelLogEntry.objects.filter(action="people.role_ended").count() == 1


# ---- no more than one holds

OFFICER_MAY = {
    Role.CDO,
    Role.CISO,
    Role.TRAINING_OFFICER,
    Role.SECTION_HEAD,
    Role.DX_LEADER,
    Role.DX_SPECIALIST,
    Role.ICT_ADVISER,
}
BODY_ADMIN_MAY = set(Role) - {Role.INSTALL_ADMIN, Role.AUTHOR, Role.EDITOR, Role.TEACHER}


@pytest.mark.parametrize("role", sorted(Role))
def test_an_officer_gives_what_an_officer_holds(cast: Cast, officer: Client, role: Role) -> None:
    answer = give(officer, cast, role, unit(cast, "fukushima"))
    assert bool(held(cast)) == (role in OFFICER_MAY)
    assert answer.status_code == (200 if role in OFFICER_MAY else 422)


@pytest.mark.parametrize("role", sorted(Role))
def test_the_administrator_of_a_body_gives_every_role_of_the_body(
    cast: Cast, client_for: Any, at: datetime, today: date, role: Role
) -> None:
    """Who appoints the training officer must not have to be one; what reaches every body stays with the install."""
    grant_role(
        user=cast.kacho, role=Role.BODY_ADMIN, organization=cast.fukushima, valid_from=today, by=None, at=at
    )
    give(client_for(cast.kacho), cast, role, unit(cast, "fukushima"))
    assert bool(held(cast)) == (role in BODY_ADMIN_MAY)


def test_a_teacher_is_given_a_class_by_who_answers_for_the_pupils(
    cast: Cast, officer: Client, client_for: Any, at: datetime, today: date
) -> None:
    scope = f"group:{cast.class_1_1.uuid}"
    assert give(officer, cast, Role.TEACHER, scope).status_code == 422
    grant_role(
        user=cast.kacho, role=Role.BODY_ADMIN, organization=cast.fukushima, valid_from=today, by=None, at=at
    )
    assert give(client_for(cast.kacho), cast, Role.TEACHER, scope).status_code == 200
    assert give(client_for(cast.kacho), cast, Role.SECTION_HEAD, scope).status_code == 422
    assert [role for role, *_ in held(cast)] == ["teacher"]


@pytest.mark.parametrize("scope", ["everywhere", "koriyama", "prefecture"])
def test_nothing_is_given_beyond_the_scope(cast: Cast, officer: Client, scope: str) -> None:
    words = scope if scope == "everywhere" else unit(cast, scope)
    assert give(officer, cast, Role.SECTION_HEAD, words).status_code == 422
    assert not held(cast)


def test_the_action_refuses_what_the_form_would_not_offer(cast: Cast, at: datetime, today: date) -> None:
    asked: list[dict[str, Any]] = [
        {"person": cast.hanako, "role": Role.INSTALL_ADMIN, "everywhere": True},
        {"person": cast.officer, "role": Role.SECTION_HEAD, "organization": cast.zeimu},
        {"person": cast.outsider, "role": Role.SECTION_HEAD, "organization": cast.zeimu},
        {"person": cast.hanako, "role": Role.PRINCIPAL, "organization": cast.school},
        {"person": cast.hanako, "role": Role.ICT_ADVISER, "organization": cast.koriyama},
    ]
    rest: dict[str, Any] = {
        "valid_from": today,
        "last_day": None,
        "reason": WHY,
        "by": cast.officer,
        "at": at,
    }
    for one in asked:
        with pytest.raises(PermissionDenied):
            give_role(**{"everywhere": False, "organization": None, "group": None, **rest, **one})


def test_a_stronger_role_is_not_ended(cast: Cast, officer: Client, at: datetime, today: date) -> None:
    strong = grant_role(
        user=cast.hanako, role=Role.BODY_ADMIN, organization=cast.fukushima, valid_from=today, by=None, at=at
    )
    address = page_of(cast.hanako, f"roles/{strong.uuid}/end/")
    assert address not in officer.get(page_of(cast.hanako)).content.decode()
    assert officer.post(address, {"reason": "x", "step": "confirm"}).status_code == 403
    assert held(cast)[0][2] is None


def test_a_card_for_the_principal_would_open_the_pupils(
    cast: Cast, officer: Client, at: datetime, today: date
) -> None:
    """A training officer answers for staff, and so gives no card to whoever answers for pupils."""
    grant_role(
        user=cast.hanako, role=Role.PRINCIPAL, organization=cast.school, valid_from=today, by=None, at=at
    )
    assert officer.get(f"/people/{cast.hanako.uuid}/card/").status_code == 403


@pytest.mark.parametrize(
    "fields",
    [
        {"reason": ""},
        {"reason": "\x00"},
        {"reason": "x" * 201},
        {"scope": "unit:x"},
        {"scope": "group:"},
        {"role": "king"},
        {"last_day": "2026-11-01"},
        {"valid_from": "2026-01-01", "last_day": "2026-02-01"},
    ],
)
def test_what_cannot_be_is_said(cast: Cast, officer: Client, fields: dict[str, str]) -> None:
    answer = send(
        officer,
        page_of(cast.hanako, "roles/new/"),
        {
            "role": "section_head",
            "scope": unit(cast, "zeimu"),
            "valid_from": "2026-11-21",
            "reason": WHY,
            **fields,
        },
    )
    assert answer.status_code == 422 and "aria-invalid" in answer.content.decode()
    assert not held(cast)


def test_groups_of_other_units_are_not_offered(
    cast: Cast, client_for: Any, at: datetime, today: date
) -> None:
    elsewhere = create_group(
        organization=cast.koriyama, fiscal_year=2026, kind=GroupKind.OTHER, name="郡山の講座", by=None, at=at
    )
    day = today - timedelta(days=1)
    grant_role(
        user=cast.kacho, role=Role.BODY_ADMIN, organization=cast.fukushima, valid_from=day, by=None, at=at
    )
    page = client_for(cast.kacho).get(page_of(cast.hanako, "roles/new/")).content.decode()
    assert str(elsewhere.uuid) not in page and str(cast.class_1_1.uuid) in page
