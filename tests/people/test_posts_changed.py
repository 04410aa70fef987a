"""Concurrent posts, leavers, and posts that were entered by mistake, as an officer records them."""

from datetime import date, datetime
from typing import Any

import pytest
from django.test import Client

from people.appointments.actions import appoint, end_appointment
from people.appointments.enums import AppointmentKind
from people.appointments.models import Appointment
from tests.cast import YEAR_START, Cast
from tests.people.test_personnel import NEXT_YEAR, page_of, posts, said, send, transfer


@pytest.fixture
def officer(cast: Cast, client_for: Any) -> Client:
    browser: Client = client_for(cast.officer)
    return browser


def test_a_concurrent_post_is_added_and_ended(cast: Cast, officer: Client, today: date) -> None:
    fields = {"unit": str(cast.jinji.uuid), "post": "兼務主事", "valid_from": "2026-11-21"}
    answer = send(officer, page_of(cast.hanako, "posts/new/"), fields)
    assert "兼務を記録しました" in said(answer)
    assert "人事課 兼務主事" in officer.get("/people/", {"q": "f-1001"}).content.decode()
    post = Appointment.objects.get(user=cast.hanako, kind=AppointmentKind.CONCURRENT)
    answer = send(officer, page_of(cast.hanako, f"posts/{post.uuid}/end/"), {"last_day": "2027-03-31"})
    assert "最後の日は2027年3月31日です" in said(answer)
    post.refresh_from_db()
    assert post.valid_to == NEXT_YEAR
    assert posts(cast.hanako)[0][2] is None


def test_who_left_is_found_again_and_the_end_can_be_taken_back(
    cast: Cast, officer: Client, clock: Any
) -> None:
    post = Appointment.objects.get(user=cast.hanako)
    address = page_of(cast.hanako, f"posts/{post.uuid}/end/")
    assert "職を終わりにしました" in said(send(officer, address, {"last_day": "2026-11-20"}))
    assert "佐藤" not in officer.get("/people/").content.decode()
    assert "佐藤" in officer.get("/people/", {"away": "1"}).content.decode()
    answer = send(officer, page_of(cast.hanako, f"posts/{post.uuid}/continue/"), {})
    assert "職は続きます" in said(answer)
    assert "佐藤" in officer.get("/people/").content.decode()
    assert "佐藤" not in officer.get("/people/", {"away": "1"}).content.decode()


def test_who_went_on_to_another_body_is_that_bodys(
    cast: Cast, officer: Client, at: datetime, today: date
) -> None:
    end_appointment(appointment=Appointment.objects.get(user=cast.hanako), valid_to=today, by=None, at=at)
    appoint(user=cast.hanako, organization=cast.koriyama_zeimu, valid_from=today, by=None, at=at)
    assert officer.get(page_of(cast.hanako)).status_code == 404
    assert "佐藤" not in officer.get("/people/", {"away": "1"}).content.decode()


def test_a_slip_is_withdrawn_and_the_post_before_goes_on(cast: Cast, officer: Client) -> None:
    transfer(officer, cast.hanako, cast.somu)
    slip = Appointment.objects.get(user=cast.hanako, valid_to__isnull=True)
    address = page_of(cast.hanako, f"posts/{slip.uuid}/withdraw/")
    preview = send(officer, address, {"reason": "所属の選び間違い"}, step="preview").content.decode()
    assert "その前の本務（税務課 会計年度任用職員）が続いている" in preview
    answer = send(officer, address, {"reason": "所属の選び間違い"})
    assert posts(cast.hanako) == [("税務課", YEAR_START, None)]
    text = answer.content.decode()
    assert "間違えて入力した職を取り消しました：総務部 主事" in text and "所属の選び間違い" in text
    again = officer.post(address, {"reason": "二度目", "step": "confirm"}, follow=True)
    assert "すでに変更されています" in said(again)


def test_the_only_post_is_not_withdrawn(cast: Cast, officer: Client) -> None:
    """Nobody would find the person again."""
    post = Appointment.objects.get(user=cast.hanako)
    address = page_of(cast.hanako, f"posts/{post.uuid}/withdraw/")
    assert address not in officer.get(page_of(cast.hanako)).content.decode()
    answer = officer.post(address, {"reason": "x", "step": "confirm"})
    assert answer.status_code == 422 and "ただ一つの職" in answer.content.decode()
    assert len(posts(cast.hanako)) == 1


def test_history_is_not_withdrawn(cast: Cast, officer: Client) -> None:
    old = Appointment.objects.get(user=cast.hanako)
    transfer(officer, cast.hanako, cast.somu)
    answer = officer.post(
        page_of(cast.hanako, f"posts/{old.uuid}/withdraw/"), {"reason": "x", "step": "confirm"}
    )
    assert answer.status_code == 422 and "取り消せません" in answer.content.decode()
    assert len(posts(cast.hanako)) == 2


def test_a_post_of_somebody_else_is_not_reached_through_this_page(cast: Cast, officer: Client) -> None:
    other = Appointment.objects.get(user=cast.kacho)
    address = page_of(cast.hanako, f"posts/{other.uuid}/end/")
    officer.post(address, {"last_day": "2026-11-30", "step": "confirm"})
    other.refresh_from_db()
    assert other.valid_to is None
