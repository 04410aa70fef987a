"""Reading choices: for anybody, kept where they belong."""

from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from people.preferences.models import ReadingPreferences
from people.preferences.queries import SESSION_KEY
from people.preferences.rules import Reading
from tests.cast import PASSWORD, Cast

ALL = {
    "face": "large",
    "text_size": "largest",
    "contrast": "high",
    "ruby_grade": "3",
    "read_aloud": "1",
    "language": "ja",
}


def _sign_in(client: Client, login: str) -> None:
    client.post("/accounts/login/", {"login": login, "password": PASSWORD})


def _face(client: Client) -> str:
    page = client.get("/reading/").content.decode()
    return page.split('data-face="')[1].split('"')[0]


def test_the_page_offers_everything_in_plain_words(client: Client, db: None) -> None:
    page = client.get("/reading/").content.decode()
    for words in (
        "ふりがな",
        "やさしい日本語",
        "大きな画面",
        "文字の大きさ",
        "小学3年生までに習う漢字",
        "English",
    ):
        assert words in page
    assert page.count("<h1") == 1


def test_a_visitor_keeps_choices_in_the_session(client: Client, db: None) -> None:
    assert client.post("/reading/", ALL)["Location"] == "/reading/"
    page = client.get("/reading/").content.decode()
    assert "読みやすさの設定を保存しました" in page
    assert 'data-face="large"' in page and 'data-contrast="high"' in page
    assert not ReadingPreferences.objects.exists()


def test_one_button_changes_one_thing_and_goes_back(client: Client, db: None) -> None:
    client.post("/reading/", ALL)
    answer = client.post("/reading/", {"face": "ruby", "next": "/accounts/login/?next=/people/"})
    assert answer["Location"] == "/accounts/login/?next=/people/"
    assert client.session[SESSION_KEY] == {
        "face": "ruby",
        "text_size": "largest",
        "contrast": "high",
        "ruby_grade": 3,
        "read_aloud": True,
        "language": "ja",
    }


@pytest.mark.parametrize(
    "wanted", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "\\\\evil"]
)
def test_it_never_leads_to_another_site(client: Client, db: None, wanted: str) -> None:
    assert client.post("/reading/", {"face": "ruby", "next": wanted})["Location"] == "/reading/"


@pytest.mark.parametrize(
    ("field", "value"),
    [("face", "x"), ("ruby_grade", "99"), ("ruby_grade", "x"), ("language", "xx"), ("contrast", "\x00")],
)
def test_a_choice_that_does_not_exist_is_refused_and_the_rest_kept(
    client: Client, db: None, field: str, value: str
) -> None:
    client.post("/reading/", ALL)
    answer = client.post("/reading/", {field: value})
    assert answer.status_code == 422
    assert _face(client) == "large"


def test_a_persons_choices_are_stored(cast: Cast, client_for: Any) -> None:
    browser = client_for(cast.hanako)
    browser.post("/reading/", {"face": "ruby"})
    row = ReadingPreferences.objects.get(user=cast.hanako)
    assert (row.face, row.text_size, row.language) == ("ruby", "normal", "ja")
    assert _face(client_for(cast.hanako)) == "ruby"
    assert "ログインIDといっしょに保存" in browser.get("/reading/").content.decode()


def test_stored_choices_win_at_sign_in(cast: Cast, client: Client) -> None:
    ReadingPreferences.objects.create(user=cast.hanako, face="ruby")
    client.post("/reading/", {"face": "large"})
    _sign_in(client, "f-1001")
    assert _face(client) == "ruby"


def test_without_stored_ones_the_visitors_stay_for_this_session_only(cast: Cast, client: Client) -> None:
    client.post("/reading/", {"face": "large"})
    _sign_in(client, "f-1001")
    assert _face(client) == "large"
    assert not ReadingPreferences.objects.filter(user=cast.hanako).exists()


def test_signing_out_leaves_nothing_for_the_next_person(cast: Cast, client: Client) -> None:
    ReadingPreferences.objects.create(user=cast.hanako, face="large", language="en")
    _sign_in(client, "f-1001")
    client.post("/accounts/logout/")
    assert _face(client) == "standard"
    assert client.get("/reading/")["Content-Language"] == "ja"


def test_the_next_person_at_the_tablet_brings_own_choices(cast: Cast, client_for: Any) -> None:
    ReadingPreferences.objects.create(user=cast.kacho, face="easy")
    browser = client_for(cast.hanako)
    browser.post("/reading/", {"face": "large"})
    browser.force_login(cast.kacho)
    assert _face(browser) == "easy"


def test_the_language_changes_the_page(client: Client, db: None) -> None:
    client.post("/reading/", {"language": "en"})
    answer = client.get("/reading/")
    assert answer["Content-Language"] == "en"
    assert "Reading settings" in answer.content.decode()
    assert "django_language" not in client.cookies
    client.post("/reading/", {"language": "ja"})
    assert "読みやすさの設定" in client.get("/reading/").content.decode()


def test_the_language_of_the_browser_is_kept_when_only_the_face_changes(client: Client, db: None) -> None:
    english = {"Accept-Language": "en"}
    client.post("/reading/", {"face": "ruby"}, headers=english)
    assert client.get("/reading/", headers=english)["Content-Language"] == "en"


def test_a_stored_language_comes_along_at_sign_in(cast: Cast, client_for: Any) -> None:
    ReadingPreferences.objects.create(user=cast.hanako, language="en")
    assert client_for(cast.hanako).get("/reading/")["Content-Language"] == "en"


def test_reading_costs_no_query_of_its_own(
    cast: Cast, client_for: Any, django_assert_num_queries: Any
) -> None:
    ReadingPreferences.objects.create(user=cast.hanako, face="ruby")
    browser = client_for(cast.hanako)
    with django_assert_num_queries(3):  # session, user, roles for the navigation
        browser.get("/reading/")
    with django_assert_num_queries(0):
        Client().get("/reading/")


values = st.dictionaries(
    st.sampled_from([*ALL, "unknown"]), st.one_of(st.text(), st.integers(), st.none(), st.booleans())
)


@given(values)
def test_whatever_a_session_holds_gives_a_reading(kept: dict[str, Any]) -> None:
    reading = Reading().changed(kept)
    assert Reading().changed(reading.as_dict()) == reading
    assert 0 <= reading.ruby_grade <= 9
