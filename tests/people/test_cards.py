"""One-time cards: who may give one, and to whom."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from wagtail.models import ModelLogEntry

from people.accounts.models import User
from people.credentials.actions import issue_card
from people.credentials.models import OneTimeCard
from people.credentials.permissions import can_issue_card
from people.credentials.rules import ALPHABET, new_code, normalise_code, printed
from people.roles.actions import grant_role
from people.roles.enums import Role
from tests.cast import Cast

# ---- the code


def test_nothing_on_the_card_is_mistaken_for_something_else() -> None:
    assert not set(ALPHABET) & set("0O1IL2Z5S8BUV")
    assert len({new_code() for _ in range(500)}) == 500


@given(st.text(ALPHABET, min_size=10, max_size=10))
def test_a_code_is_understood_however_it_is_typed(code: str) -> None:
    wide = "".join(chr(ord(sign) + 0xFEE0) for sign in code.lower())
    for typed in (
        code,
        printed(code),
        code.lower(),
        f" {code[:5]} {code[5:]} ",
        wide,
        f"{code[:5]}－{code[5:]}",
    ):
        assert normalise_code(typed) == code


# ---- who may

MAY = {
    "officer": {"hanako", "kacho"},
    "teacher": {"pupil"},
    "admin": {"hanako", "kacho", "officer", "outsider", "teacher", "pupil", "author", "editor"},
}


def test_who_may_give_a_card_to_whom(cast: Cast, today: Any) -> None:
    allowed = {
        (issuer, person)
        for issuer, by in cast.people().items()
        for person, target in cast.people().items()
        if can_issue_card(by, target, today)
    }
    expected = {(issuer, person) for issuer, people in MAY.items() for person in people}
    assert {pair for pair in allowed if pair[1] != "helper"} == expected


@pytest.mark.parametrize(
    ("role", "scope"),
    [
        (Role.BODY_ADMIN, "fukushima"),
        (Role.TRAINING_OFFICER, "prefecture"),
        (Role.SECTION_HEAD, "koriyama"),
        (Role.AUTHOR, "fukushima"),
        (Role.AUDITOR, "fukushima"),
    ],
)
def test_never_to_somebody_with_more_rights(
    cast: Cast, at: datetime, today: Any, role: Role, scope: str
) -> None:
    """Whoever holds the card comes in as that person."""
    assert can_issue_card(cast.officer, cast.hanako, today)
    grant_role(
        user=cast.hanako, role=role, organization=getattr(cast, scope), valid_from=today, by=None, at=at
    )
    assert not can_issue_card(cast.officer, cast.hanako, today)


def test_a_role_that_begins_tomorrow_counts(cast: Cast, at: datetime, today: Any) -> None:
    tomorrow = today + timedelta(days=1)
    grant_role(
        user=cast.hanako, role=Role.INSTALL_ADMIN, everywhere=True, valid_from=tomorrow, by=None, at=at
    )
    assert not can_issue_card(cast.officer, cast.hanako, today)


def test_never_to_a_superuser(cast: Cast, today: Any) -> None:
    cast.hanako.is_superuser = True
    assert not can_issue_card(cast.officer, cast.hanako, today)


def test_the_administrator_of_a_body_helps_its_officers(cast: Cast, at: datetime, today: Any) -> None:
    grant_role(
        user=cast.kacho, role=Role.BODY_ADMIN, organization=cast.fukushima, valid_from=today, by=None, at=at
    )
    assert can_issue_card(cast.kacho, cast.officer, today)
    assert not can_issue_card(cast.kacho, cast.outsider, today)
    assert not can_issue_card(cast.kacho, cast.kacho, today)


def test_the_action_itself_refuses(cast: Cast, at: datetime) -> None:
    with pytest.raises(PermissionDenied):
        issue_card(user=cast.officer, by=cast.teacher, at=at)
    assert not OneTimeCard.objects.exists()


@pytest.mark.parametrize(
    ("who", "whom", "status"),
    [
        ("officer", "hanako", 200),
        ("teacher", "pupil", 200),
        ("kacho", "hanako", 403),  # knows her, has no right
        ("officer", "officer", 403),  # not to oneself
        ("outsider", "hanako", 404),
        ("hanako", "kacho", 404),
        ("teacher", "officer", 404),
    ],
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_the_doors_of_the_page(
    cast: Cast, client_for: Any, who: str, whom: str, status: int, method: str
) -> None:
    people = cast.people()
    answer = getattr(client_for(people[who]), method)(f"/people/{people[whom].uuid}/card/")
    assert answer.status_code == status
    assert OneTimeCard.objects.exists() == (status == 200 and method == "post")


def test_a_visitor_is_asked_to_sign_in(cast: Cast, client: Client) -> None:
    for path in ("card/", "card.pdf"):
        answer = client.post(f"/people/{cast.hanako.uuid}/{path}")
        assert answer.status_code == 302
        assert answer["Location"].startswith("/accounts/login/")


# ---- giving


def _issue(browser: Client, person: User) -> str:
    answer = browser.post(f"/people/{person.uuid}/card/")
    assert answer["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"
    code = str(answer.context["code"])
    assert code in answer.content.decode()
    return code


def test_the_page_asks_before_it_issues(cast: Cast, client_for: Any) -> None:
    page = client_for(cast.officer).get(f"/people/{cast.hanako.uuid}/card/").content.decode()
    assert "佐藤 花子" in page and "カードを発行する" in page
    assert not OneTimeCard.objects.exists()


def test_a_new_card_ends_the_earlier_one(cast: Cast, client_for: Any, client: Client) -> None:
    browser = client_for(cast.officer)
    first, second = _issue(browser, cast.hanako), _issue(browser, cast.hanako)
    new = {"new_password": "asagao-to-hato-7", "new_password_again": "asagao-to-hato-7"}
    statuses = [
        client.post("/card/", {"login_id": "f-1001", "code": code, **new}).status_code
        for code in (first, second)
    ]
    assert statuses == [422, 302]


def test_the_code_is_kept_nowhere(cast: Cast, client_for: Any) -> None:
    code = normalise_code(_issue(client_for(cast.officer), cast.hanako))
    card = OneTimeCard.objects.get()
    assert code not in card.code_hash and len(card.code_hash) == 64
    entry = ModelLogEntry.objects.get(action="people.card_issued")
    assert entry.user == cast.officer and code not in str(entry.data)
    assert entry.timestamp - card.issued_at < timedelta(seconds=1)


def test_the_card_is_printed_as_a_sheet(cast: Cast, client_for: Any) -> None:
    browser = client_for(cast.officer)
    code = _issue(browser, cast.hanako)
    answer = browser.post(f"/people/{cast.hanako.uuid}/card.pdf", {"code": code})
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert answer.content.startswith(b"%PDF")


@pytest.mark.parametrize("code", ["", "AAAAA-AAAAA", "\x00", "x" * 10_000])
def test_no_sheet_without_the_right_code(cast: Cast, client_for: Any, code: str) -> None:
    browser = client_for(cast.officer)
    _issue(browser, cast.hanako)
    assert browser.post(f"/people/{cast.hanako.uuid}/card.pdf", {"code": code}).status_code == 404
