"""Taking along what was learned without an account: by oneself, or with the help of whoever has the seat."""

from datetime import date, datetime
from typing import Any

import pytest
from django.test import Client
from wagtail.models import ModelLogEntry

from people.groups.actions import add_member, create_group
from people.groups.enums import GroupKind
from people.groups.models import LearnerGroup
from people.learners.actions import guest_learner
from people.learners.models import Learner
from people.learners.queries import GUEST_SESSION_KEY
from people.learners.signals import learner_claimed
from tests.cast import PASSWORD, Cast

LOGIN = "/accounts/login/"


def read_as(browser: Client, guest: Learner) -> None:
    """The browser session of a visitor who has learned something."""
    session = browser.session
    session[GUEST_SESSION_KEY] = str(guest.uuid)
    session.save()


def sign_in(browser: Client, login: str = "f-1001", **extra: str) -> Any:
    return browser.post(LOGIN, {"login": login, "password": PASSWORD, **extra})


def answer(browser: Client, guest: Learner, words: str, **extra: str) -> Any:
    return browser.post("/claim/", {"seat": str(guest.uuid), "answer": words, **extra}, follow=False)


def owner(guest: Learner) -> Any:
    return Learner.objects.get(pk=guest.pk).user


@pytest.fixture
def browser(cast: Cast, client: Client) -> Client:
    """A visitor's who has learned as ``cast.senior`` and then signed in as 花子."""
    read_as(client, cast.senior)
    sign_in(client, next="/reading/")
    return client


# ---- by oneself


def test_signing_in_asks_and_goes_on_afterwards(cast: Cast, client: Client) -> None:
    read_as(client, cast.senior)
    asked = sign_in(client, next="/reading/")
    assert asked["Location"] == "/claim/?next=%2Freading%2F"
    page = client.get(asked["Location"]).content.decode()
    assert "あなたですか" in page and 'value="/reading/"' in page
    assert owner(cast.senior) is None


def test_who_learned_nothing_before_is_not_asked(cast: Cast, client: Client) -> None:
    assert sign_in(client, next="/reading/")["Location"] == "/reading/"


def test_a_new_password_comes_first_and_the_question_after_it(cast: Cast, client: Client) -> None:
    cast.hanako.must_change_password = True
    cast.hanako.save()
    read_as(client, cast.senior)
    assert (
        sign_in(client, next="/reading/")["Location"]
        == "/accounts/password/change/?next=%2Fclaim%2F%3Fnext%3D%252Freading%252F"
    )


def test_a_yes_takes_it_along_once(cast: Cast, browser: Client) -> None:
    for _ in range(2):
        assert answer(browser, cast.senior, "yes", next="/reading/")["Location"] == "/reading/"
    assert owner(cast.senior) == cast.hanako
    entry = ModelLogEntry.objects.get(action="people.learner_claimed")
    assert entry.user == cast.hanako
    assert GUEST_SESSION_KEY not in browser.session


def test_a_no_leaves_it_alone_and_is_not_asked_again(cast: Cast, browser: Client) -> None:
    answer(browser, cast.senior, "no")
    assert owner(cast.senior) is None
    assert GUEST_SESSION_KEY not in browser.session
    assert "記録はありません" in browser.get("/claim/").content.decode()
    assert answer(browser, cast.senior, "yes").status_code == 422
    assert owner(cast.senior) is None


def test_going_on_without_an_answer_changes_nothing(cast: Cast, browser: Client) -> None:
    browser.get("/reading/")
    assert owner(cast.senior) is None
    assert "あなたですか" in browser.get("/claim/").content.decode()


@pytest.mark.parametrize("seat", ["", "x", "00000000-0000-4000-8000-000000000000"])
def test_only_the_seat_of_this_browser_is_taken(cast: Cast, browser: Client, at: datetime, seat: str) -> None:
    elsewhere = guest_learner(at=at)
    for asked in (seat, str(elsewhere.uuid)):
        assert browser.post("/claim/", {"seat": asked, "answer": "yes"}).status_code == 422
    assert owner(elsewhere) is None and owner(cast.senior) is None


def test_what_somebody_else_has_claimed_meanwhile_stays_theirs(cast: Cast, browser: Client) -> None:
    Learner.objects.filter(pk=cast.senior.pk).update(user=cast.kacho)
    assert answer(browser, cast.senior, "yes").status_code == 422
    assert owner(cast.senior) == cast.kacho


def test_it_never_leads_to_another_site(cast: Cast, browser: Client) -> None:
    assert "evil" not in answer(browser, cast.senior, "yes", next="https://evil.example/")["Location"]


def test_a_claim_is_announced_once_with_its_person(cast: Cast, browser: Client) -> None:
    heard: list[Any] = []

    def hear(sender: Any, **told: Any) -> None:
        heard.append((told["learner"].user, told["user"], told["by"]))

    learner_claimed.connect(hear)
    try:
        for _ in range(2):
            answer(browser, cast.senior, "yes")
    finally:
        learner_claimed.disconnect(hear)
    assert heard == [(cast.hanako, cast.hanako, cast.hanako)]


# ---- with help


@pytest.fixture
def course(cast: Cast, at: datetime, today: date) -> LearnerGroup:
    """A course for seniors at the community center: seat 3 without an account, and 花子 as a member with one."""
    group = create_group(
        organization=cast.kominkan, fiscal_year=2026, kind=GroupKind.OTHER, name="スマホ講座", by=None, at=at
    )
    add_member(group=group, learner=cast.senior, number=3, valid_from=today, by=None, at=at)
    add_member(group=group, learner=cast.learner(cast.hanako), valid_from=today, by=None, at=at)
    return group


def hand(browser: Client, guest: Learner, login_id: str, step: str = "confirm") -> Any:
    return browser.post("/claim/seats/", {"seat": str(guest.uuid), "login_id": login_id, "step": step})


def test_a_helper_hands_a_seat_over(cast: Cast, client_for: Any, course: LearnerGroup) -> None:
    helper = client_for(cast.helper)
    assert "中央公民館 スマホ講座 3番の席" in helper.get("/claim/seats/").content.decode()
    preview = hand(helper, cast.senior, "Ｆ－１００１", step="preview").content.decode()
    assert "佐藤 花子" in preview and "元には戻せません" in preview
    assert owner(cast.senior) is None
    assert hand(helper, cast.senior, "Ｆ－１００１").status_code == 302
    assert owner(cast.senior) == cast.hanako
    assert ModelLogEntry.objects.get(action="people.learner_claimed").user == cast.helper
    again = hand(helper, cast.senior, "f-1001")
    assert again.status_code == 302
    assert "3番の席" not in helper.get("/claim/seats/").content.decode()


def test_who_hands_seats_over(cast: Cast, client_for: Any, course: LearnerGroup) -> None:
    doors = {name: client_for(p).get("/claim/seats/").status_code for name, p in cast.people().items()}
    assert {name for name, status in doors.items() if status == 200} == {
        "helper",
        "officer",
        "teacher",
        "admin",
    }
    assert set(doors.values()) == {200, 403}


@pytest.mark.parametrize("who", ["teacher", "officer", "helper"])
def test_nobody_hands_over_what_they_do_not_look_after(
    cast: Cast, client_for: Any, at: datetime, today: date, who: str
) -> None:
    elsewhere = create_group(
        organization=cast.koriyama, fiscal_year=2026, kind=GroupKind.OTHER, name="郡山の講座", by=None, at=at
    )
    add_member(group=elsewhere, learner=cast.senior, number=1, valid_from=today, by=None, at=at)
    loose = guest_learner(at=at)
    browser = client_for(cast.people()[who])
    for seat in (cast.senior, loose):
        assert hand(browser, seat, "f-1001").status_code == 422
        assert owner(seat) is None


def test_a_seat_is_not_handed_to_a_stranger(cast: Cast, client_for: Any, course: LearnerGroup) -> None:
    for login_id in ("k-2001", "nobody", "\x00", "x" * 200):
        assert hand(client_for(cast.helper), cast.senior, login_id).status_code == 422
    assert owner(cast.senior) is None


def test_a_helper_finds_the_page_in_the_bar(cast: Cast, client_for: Any) -> None:
    labels = {e.label for e in client_for(cast.helper).get("/reading/").context["navigation"].entries}
    assert "席の引き継ぎ" in labels
