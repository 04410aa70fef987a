"""What the rules for passwords say, wherever somebody chooses one."""

from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from people.credentials.actions import issue_card
from people.credentials.rules import printed
from tests.cast import PASSWORD, Cast

WEAK = {
    "kaeru7": "短すぎます。8文字以上にしてください。",
    "password": "多くの人が使っているパスワードなので",
    "8305172946": "数字だけのパスワードです。英字も入れてください。",
    "f-1001-f": "ログインIDや名前に似ていて",
}
RULES = (
    "8文字以上にしてください。",
    "よく使われているものは使えません",
    "数字だけのものは使えません",
    "名前に似たもの",
)
STIFF = ("このパスワードは短", "一般的すぎ", "数字しか", "個人情報", "This password")


def _change(cast: Cast, client_for: Any, password: str, at: datetime) -> str:
    fields = {"oldpassword": PASSWORD, "password1": password, "password2": password}
    page: str = client_for(cast.hanako).post("/accounts/password/change/", fields).content.decode()
    return page


def _card(cast: Cast, client_for: Any, password: str, at: datetime) -> str:
    code = printed(issue_card(user=cast.hanako, by=cast.officer, at=at).code)
    fields = {"login_id": "f-1001", "code": code, "new_password": password, "new_password_again": password}
    return Client().post("/card/", fields).content.decode()


@pytest.mark.parametrize("choose", [_change, _card])
@pytest.mark.parametrize(("password", "words"), WEAK.items())
def test_a_weak_password_is_refused_in_friendly_words(
    cast: Cast, client_for: Any, at: datetime, choose: Any, password: str, words: str
) -> None:
    page = choose(cast, client_for, password, at)
    assert words in page
    assert not [stiff for stiff in STIFF if stiff in page]
    assert f'value="{password}"' not in page


@pytest.mark.parametrize("path", ["/accounts/password/change/", "/card/"])
def test_the_rules_stand_beside_the_question(cast: Cast, client_for: Any, path: str) -> None:
    page = client_for(cast.hanako).get(path).content.decode()
    assert all(words in page for words in RULES)
    assert not [stiff for stiff in STIFF if stiff in page]
