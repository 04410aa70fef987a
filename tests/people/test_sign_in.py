"""Signing in with id and password, and what happens when it goes wrong."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from people.accounts import queries
from people.accounts.actions import create_user
from people.accounts.queries import register_example_accounts
from tests.cast import PASSWORD, Cast

LOGIN = "/accounts/login/"


def _sign_in(client: Client, login: str, password: str = PASSWORD, **extra: str) -> Any:
    return client.post(LOGIN, {"login": login, "password": password, **extra})


def test_the_form_is_in_japanese(client: Client, db: None) -> None:
    page = client.get(LOGIN).content.decode()
    assert "ログインID" in page
    assert "職員番号・学籍番号など" in page
    assert "メールアドレス" not in page


@pytest.mark.parametrize("typed", ["f-1001", "F-1001", "ｆ－１００１", " f-1001 "])
def test_it_understands_ids_as_people_type_them(client: Client, cast: Cast, typed: str) -> None:
    _sign_in(client, typed, next="/reading/")
    assert client.session["_auth_user_id"] == str(cast.hanako.pk)


def test_it_goes_where_the_person_wanted_to_go(client: Client, cast: Cast) -> None:
    answer = _sign_in(client, "f-1001", next="/reading/")
    assert (answer.status_code, answer["Location"]) == (302, "/reading/")


def test_it_never_leads_to_another_site(client: Client, cast: Cast) -> None:
    assert "evil.example" not in _sign_in(client, "f-1001", next="https://evil.example/")["Location"]


@pytest.mark.parametrize(("login", "password"), [("f-1001", "wrong"), ("nobody", PASSWORD)])
def test_a_wrong_password_says_what_to_do_without_email(
    client: Client, cast: Cast, login: str, password: str
) -> None:
    page = _sign_in(client, login, password).content.decode()
    assert "ログインIDかパスワードが正しくありません" in page
    assert "一回限りのカード" in page
    assert f'value="{login}"' in page
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("login", ["\x00", "x" * 5000, "𠮷" * 200, "'; DROP TABLE"])
def test_strange_input_gets_the_form_again(client: Client, cast: Cast, login: str) -> None:
    assert _sign_in(client, login).status_code == 200


def test_broken_utf8_gets_the_form_again(client: Client, cast: Cast) -> None:
    answer = client.post(
        LOGIN, b"login=%ff%fe&password=%80", content_type="application/x-www-form-urlencoded"
    )
    assert answer.status_code == 200


def test_someone_who_left_is_told_so_politely(client: Client, cast: Cast) -> None:
    cast.hanako.is_active = False
    cast.hanako.save()
    answer = client.post(LOGIN, {"login": "f-1001", "password": PASSWORD}, follow=True)
    assert answer.status_code == 200
    assert "_auth_user_id" not in client.session


@pytest.fixture
def throttled(settings: Any) -> Iterator[None]:
    settings.ACCOUNT_RATE_LIMITS = {"login": "300/m/ip", "login_failed": "3/5m/key,100/5m/ip"}
    yield


def test_wrong_passwords_close_the_door_for_a_while(client: Client, cast: Cast, throttled: None) -> None:
    for _ in range(3):
        _sign_in(client, "f-1001", "wrong")
    page = _sign_in(client, "f-1001").content.decode()
    assert "ログインをしばらく止めています" in page
    assert "5分ほど待って" in page
    assert "_auth_user_id" not in client.session


def test_a_colleague_behind_the_same_address_still_comes_in(
    client: Client, cast: Cast, throttled: None
) -> None:
    for _ in range(4):
        _sign_in(client, "f-1001", "wrong")
    _sign_in(client, "f-1002", next="/reading/")
    assert client.session["_auth_user_id"] == str(cast.kacho.pk)


def test_another_way_of_writing_the_id_is_the_same_id(client: Client, cast: Cast, throttled: None) -> None:
    for typed in ("f-1001", "F-1001", "ｆ－１００１"):
        _sign_in(client, typed, "wrong")
    assert "しばらく止めています" in _sign_in(client, "f-1001").content.decode()


def test_a_given_password_is_changed_first(client: Client, db: None, at: datetime) -> None:
    person = create_user(
        login_id="new-1", password="first-himawari-1", must_change_password=True, by=None, at=at
    )
    answer = _sign_in(client, "new-1", "first-himawari-1", next="/reading/")
    assert answer["Location"] == "/accounts/password/change/?next=%2Freading%2F"

    passwords = {
        "oldpassword": "first-himawari-1",
        "password1": "kaeru-no-uta-9",
        "password2": "kaeru-no-uta-9",
    }
    client.post(answer["Location"], passwords)
    person.refresh_from_db()
    assert not person.must_change_password
    assert person.check_password("kaeru-no-uta-9")
    assert client.session["_auth_user_id"] == str(person.pk)


def test_registration_is_closed(client: Client, db: None, settings: Any) -> None:
    page = client.get("/accounts/signup/")
    assert page.status_code in (200, 403, 404)
    answer = client.post(
        "/accounts/signup/", {"username": "x", "password1": "kaeru-no-uta-9", "password2": "kaeru-no-uta-9"}
    )
    assert "_auth_user_id" not in client.session
    assert answer.status_code in (200, 403, 404)


@pytest.mark.parametrize("path", ["/accounts/password/reset/", "/accounts/email/"])
def test_what_would_need_email_leads_to_the_card(client: Client, db: None, path: str) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer["Location"]) == (302, reverse("people:card_redeem"))


def test_signing_out_needs_a_button(client_for: Any, cast: Cast) -> None:
    browser = client_for(cast.hanako)
    assert browser.get("/accounts/logout/").status_code == 200
    assert "_auth_user_id" in browser.session
    assert browser.post("/accounts/logout/").status_code == 302
    assert "_auth_user_id" not in browser.session


def test_wagtails_own_sign_in_is_not_a_way_round(client: Client, client_for: Any, cast: Cast) -> None:
    answer = client.get("/admin/login/?next=/admin/")
    assert answer["Location"] == "/accounts/login/?next=%2Fadmin%2F"
    assert client.post("/admin/login/", {"username": "f-1001", "password": PASSWORD}).status_code == 405
    refused = client_for(cast.hanako).get("/admin/", follow=True)
    assert refused.status_code == 403


@dataclass(frozen=True)
class _Account:
    login: str = "example-1"
    password: str = "himawari-2026"
    role: str = "学習者"
    name: str = "例 花子"
    unit: str = "福島市 税務課"


@pytest.fixture
def example(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "_providers", [])
    register_example_accounts(lambda: [_Account()])


def test_a_demo_lists_its_example_accounts(client: Client, db: None, settings: Any, example: None) -> None:
    settings.DEMO = True
    assert "example-1" in client.get(LOGIN).content.decode()


def test_nothing_else_ever_does(client: Client, db: None, settings: Any, example: None) -> None:
    settings.DEMO = False
    assert "example-1" not in client.get(LOGIN).content.decode()
