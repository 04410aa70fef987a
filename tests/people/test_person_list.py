"""The people somebody looks after."""

from datetime import date, datetime
from typing import Any

import pytest
from django.test import Client

from people.accounts.actions import create_user
from people.appointments.actions import appoint
from tests.cast import YEAR_START, Cast


def _logins(answer: Any) -> list[str]:
    return [row.login_id for row in answer.context["rows"]]


def test_the_doors(cast: Cast, client: Client, client_for: Any) -> None:
    assert client.get("/people/").status_code == 302
    allowed = {name for name, p in cast.people().items() if client_for(p).get("/people/").status_code == 200}
    assert allowed == {"officer", "teacher", "admin"}
    assert client_for(cast.kacho).get("/people/").status_code == 403
    assert client_for(cast.officer).post("/people/").status_code == 405


def test_the_officer_sees_the_body_in_the_order_of_kana(cast: Cast, client_for: Any) -> None:
    answer = client_for(cast.officer).get("/people/")
    assert _logins(answer) == ["t-3001", "f-1001", "f-1002", "f-1003", "f-1004"]
    page = answer.content.decode()
    for words in (
        "佐藤 花子",
        "サトウ ハナコ",
        "税務課 会計年度任用職員",
        "所属長",
    ):
        assert words in page
    assert "渡辺" not in page


def test_the_teacher_sees_the_class(cast: Cast, client_for: Any) -> None:
    answer = client_for(cast.teacher).get("/people/")
    assert _logins(answer) == ["s-4001"]
    assert "信夫山中学校 1年1組 7番" in answer.content.decode()


def test_the_button_is_there_only_where_it_works(cast: Cast, client_for: Any) -> None:
    answer = client_for(cast.officer).get("/people/")
    assert {row.login_id for row in answer.context["rows"] if not row.can_issue} == {
        "f-1003",
        "f-1004",
        "t-3001",
    }
    assert f"/people/{cast.hanako.uuid}/card/" in answer.content.decode()
    assert f"/people/{cast.helper.uuid}/card/" not in answer.content.decode()


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("佐藤", ["f-1001"]),
        ("佐藤花子", ["f-1001"]),
        ("佐藤　花子", ["f-1001"]),
        ("花子 佐藤", ["f-1001"]),
        ("さとう", ["f-1001"]),
        ("ｻﾄｳ", ["f-1001"]),
        ("サトウハナ", ["f-1001"]),
        ("Ｆ－１００２", ["f-1002"]),
        ("渡辺", []),
        ("%", []),
    ],
)
def test_it_finds_by_name_kana_and_login_id(
    cast: Cast, client_for: Any, words: str, found: list[str]
) -> None:
    assert _logins(client_for(cast.officer).get("/people/", {"q": words})) == found


def test_it_finds_characters_beyond_the_basic_plane(cast: Cast, client_for: Any) -> None:
    assert _logins(client_for(cast.admin).get("/people/", {"q": "𠮷田"})) == ["p-5003"]


def test_nothing_found_says_what_to_do(cast: Cast, client_for: Any) -> None:
    page = client_for(cast.officer).get("/people/", {"q": "渡辺"}).content.decode()
    assert "見つかりませんでした" in page and "すべて表示" in page


@pytest.mark.parametrize("query", ["q=%00", "q=%ff", "page=x", "page=999", "page=-1", "q=" + "a" * 5000])
def test_strange_addresses_get_a_page(cast: Cast, client_for: Any, query: str) -> None:
    assert client_for(cast.officer).get(f"/people/?{query}").status_code == 200


def test_the_number_of_queries_does_not_grow(
    cast: Cast, client_for: Any, at: datetime, today: date, django_assert_num_queries: Any
) -> None:
    browser = client_for(cast.officer)
    for _ in range(2):
        with django_assert_num_queries(9):
            browser.get("/people/")
        for number in range(60):
            person = create_user(login_id=f"x{number}-{today}-{_}", by=None, at=at)
            appoint(user=person, organization=cast.jinji, valid_from=YEAR_START, by=None, at=at)
    assert len(_logins(browser.get("/people/"))) == 50
    assert len(_logins(browser.get("/people/?page=3"))) == 25
