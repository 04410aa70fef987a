"""Coming in with a one-time card: once, by the right person, without giving anything away."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from wagtail.models import ModelLogEntry

from people.accounts.models import User
from people.credentials.actions import issue_card
from people.credentials.rules import printed
from tests.cast import PASSWORD, Cast

NEW = "asagao-to-hato-7"


def _redeem(client: Client, login_id: str, code: str, password: str = NEW, again: str | None = None) -> Any:
    return client.post(
        "/card/",
        {
            "login_id": login_id,
            "code": code,
            "new_password": password,
            "new_password_again": password if again is None else again,
        },
    )


@pytest.fixture
def code(cast: Cast, at: datetime) -> str:
    return printed(issue_card(user=cast.hanako, by=cast.officer, at=at).code)


def test_the_person_comes_in_with_a_new_password(cast: Cast, client: Client, code: str) -> None:
    answer = _redeem(client, "F-1001", code.lower().replace("-", " "))
    assert answer.status_code == 302
    assert client.session["_auth_user_id"] == str(cast.hanako.pk)
    person = User.objects.get(pk=cast.hanako.pk)
    assert person.check_password(NEW) and not person.must_change_password
    assert ModelLogEntry.objects.filter(action="people.card_redeemed", user=cast.hanako).exists()


def test_until_then_the_old_password_works(cast: Cast, client: Client, code: str) -> None:
    client.post("/accounts/login/", {"login": "f-1001", "password": PASSWORD})
    assert client.session["_auth_user_id"] == str(cast.hanako.pk)


def test_open_sessions_end_with_the_old_password(
    cast: Cast, client_for: Any, client: Client, code: str
) -> None:
    elsewhere = client_for(cast.hanako)
    _redeem(client, "f-1001", code)
    assert elsewhere.get("/people/")["Location"].startswith("/accounts/login/")


def test_every_refusal_has_the_same_words(
    cast: Cast, client: Client, at: datetime, code: str, clock: Any
) -> None:
    used = printed(issue_card(user=cast.kacho, by=cast.officer, at=at).code)
    _redeem(Client(), "f-1002", used)
    pages = {
        _redeem(client, "f-1001", "AAAAA-AAAAA").content.decode().count("合わないか"),
        _redeem(client, "nobody", code).content.decode().count("合わないか"),
        _redeem(client, "f-1002", used, "another-himawari-1").content.decode().count("合わないか"),
    }
    clock.move_to(at + timedelta(days=7))
    pages.add(_redeem(client, "f-1001", code).content.decode().count("合わないか"))
    assert pages == {1}
    assert "_auth_user_id" not in client.session


def test_a_refusal_keeps_the_login_id_and_says_what_to_do(cast: Cast, client: Client) -> None:
    answer = _redeem(client, "f-1001", "AAAAA-AAAAA")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="f-1001"' in page and "新しいカードを頼んで" in page
    assert NEW not in page


def test_a_weak_password_leaves_the_card_usable(cast: Cast, client: Client, code: str) -> None:
    for weak in ("1234", "password", "sato-f-1001"):
        assert _redeem(client, "f-1001", code, weak).status_code == 422
    assert _redeem(client, "f-1001", code, NEW, "different-himawari-1").status_code == 422
    assert _redeem(client, "f-1001", code).status_code == 302


def test_a_double_click_comes_in_all_the_same(cast: Cast, code: str) -> None:
    first, second = Client(), Client()
    assert _redeem(first, "f-1001", code).status_code == 302
    assert _redeem(second, "f-1001", code).status_code == 302
    assert second.session["_auth_user_id"] == str(cast.hanako.pk)
    assert ModelLogEntry.objects.filter(action="people.card_redeemed").count() == 1


def test_the_second_tab_with_another_password_changes_nothing(cast: Cast, code: str) -> None:
    _redeem(Client(), "f-1001", code)
    second = _redeem(Client(), "f-1001", code, "another-himawari-1")
    assert second.status_code == 422
    assert "そのパスワードでログイン" in second.content.decode()
    assert User.objects.get(pk=cast.hanako.pk).check_password(NEW)


def test_a_used_card_found_later_opens_nothing(
    cast: Cast, client: Client, at: datetime, code: str, clock: Any
) -> None:
    _redeem(Client(), "f-1001", code)
    clock.move_to(at + timedelta(minutes=11))
    assert _redeem(client, "f-1001", code).status_code == 422


def test_who_left_does_not_come_in(cast: Cast, client: Client, code: str) -> None:
    User.objects.filter(pk=cast.hanako.pk).update(is_active=False)
    assert _redeem(client, "f-1001", code).status_code == 422


def test_guessing_is_stopped_and_the_card_stays_good(cast: Cast, client: Client, code: str) -> None:
    answers = [_redeem(client, "f-1001", "AAAAA-AAAAA").status_code for _ in range(11)]
    assert answers == [422] * 10 + [429]
    page = _redeem(client, "F-1001", code)
    assert page.status_code == 429
    assert "カードはまだ使えます" in page.content.decode()
    # A colleague behind the same address is not locked out.
    assert _redeem(client, "f-1002", "AAAAA-AAAAA").status_code == 422


def test_an_empty_form_sent_again_and_again_is_answered(client: Client, db: None) -> None:
    assert [client.post("/card/").status_code for _ in range(11)] == [422] * 10 + [429]


@pytest.mark.parametrize("field", ["login_id", "code", "new_password"])
@pytest.mark.parametrize("value", ["", "\x00", "𠮷" * 5000])
def test_strange_input_gets_the_page_again(cast: Cast, client: Client, field: str, value: str) -> None:
    values = {"login_id": "f-1001", "code": "AAAAA-AAAAA", "new_password": NEW, "new_password_again": NEW}
    assert client.post("/card/", {**values, field: value}).status_code == 422


def test_somebody_else_at_the_same_screen_is_signed_out_first(cast: Cast, client_for: Any, code: str) -> None:
    browser = client_for(cast.kacho)
    _redeem(browser, "f-1001", code)
    assert browser.session["_auth_user_id"] == str(cast.hanako.pk)
