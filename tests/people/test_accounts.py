"""People in the records: ids, names and readings as Japanese offices write them."""

from datetime import datetime

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from people.accounts.actions import create_user
from people.accounts.models import User
from people.accounts.rules import clean_name, normalise_kana, normalise_login_id


def _create(login_id: str, at: datetime, **values: str) -> User:
    return create_user(login_id=login_id, by=None, at=at, **values)  # type: ignore[arg-type]


def test_many_people_have_no_email_address(db: None, at: datetime) -> None:
    first, second = _create("a1", at), _create("a2", at, email=" ")
    assert first.email is None and second.email is None


@pytest.mark.parametrize("name", ["𠮷", "髙", "﨑", "𩸽", "葛󠄀", "神", "㐂", "ヷ"])
def test_every_character_of_a_name_survives(db: None, at: datetime, name: str) -> None:
    _create("a1", at, last_name=name, first_name=name, display_name=name)
    person = User.objects.get(username="a1")
    assert (person.last_name, person.first_name, person.name) == (name, name, name)


def test_the_display_name_is_shown(db: None, at: datetime) -> None:
    person = _create("a1", at, last_name="佐藤", first_name="花子", display_name="田中 花子")
    assert (person.name, person.get_full_name()) == ("田中 花子", "佐藤 花子")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Ｆ１００１", "f1001"),
        (" F-1001　", "f-1001"),
        ("F−1001", "f-1001"),
        ("fー1001", "f-1001"),
        ("ﾀﾛｳ", "タロウ"),
    ],
)
def test_login_ids_are_kept_in_one_form(db: None, at: datetime, typed: str, kept: str) -> None:
    assert _create(typed, at).username == kept


def test_a_login_id_is_taken_in_any_case_and_width(db: None, at: datetime) -> None:
    _create("F1001", at)
    with pytest.raises(ValidationError) as refused:
        _create("ｆ１００１", at)
    assert "すでに使われています" in str(refused.value)


@pytest.mark.parametrize("login_id", ["", "a b", "a\x00b", "x" * 151, "<b>"])
def test_a_malformed_login_id_is_refused(db: None, at: datetime, login_id: str) -> None:
    with pytest.raises(ValidationError):
        _create(login_id, at)


def test_kana_becomes_full_width_katakana(db: None, at: datetime) -> None:
    person = _create("a1", at, last_name_kana="ｻﾄｳ", first_name_kana="はなこ")
    assert person.name_kana == "サトウ ハナコ"


def test_without_a_password_nobody_comes_in(db: None, at: datetime) -> None:
    assert not _create("a1", at).has_usable_password()


@given(st.text())
def test_normal_forms_stay_as_they_are(text: str) -> None:
    once = normalise_login_id(text)
    assert normalise_login_id(once) == once
    assert normalise_kana(normalise_kana(text)) == normalise_kana(text)
    assert clean_name(clean_name(text)) == clean_name(text)


def test_the_first_administrator_of_an_install(
    db: None, client: Client, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("create_admin", "Admin-1", "--last-name", "𠮷田")
    password = capsys.readouterr().out.split("password: ")[1].strip()
    answer = client.post("/accounts/login/", {"login": "admin-1", "password": password})
    assert answer["Location"] == "/accounts/password/change/"
    assert client.get("/people/").status_code == 200
    with pytest.raises(CommandError):
        call_command("create_admin", "ADMIN-1")
