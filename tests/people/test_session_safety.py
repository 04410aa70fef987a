"""One browser after another: sessions begin anew at sign-in, end at sign-out, and leave nothing for the next person."""

from datetime import datetime
from typing import Any

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client

from people.accounts.models import User
from people.credentials.actions import issue_card
from people.credentials.rules import printed
from people.learners.models import Learner
from people.learners.queries import GUEST_SESSION_KEY
from people.preferences.queries import SESSION_KEY
from tests.cast import PASSWORD, Cast

NEW = "asagao-to-hato-7"
COOKIE = settings.SESSION_COOKIE_NAME
SIGN_IN_PAGE = "/accounts/login/"


@pytest.fixture(params=["db", "cached_db"], autouse=True)
def engine(request: pytest.FixtureRequest, settings: Any) -> None:
    """A village keeps sessions in the database, a prefecture in the cache as well."""
    settings.SESSION_ENGINE = f"django.contrib.sessions.backends.{request.param}"


def sign_in(browser: Client, login: str = "f-1001", password: str = PASSWORD) -> Any:
    return browser.post(SIGN_IN_PAGE, {"login": login, "password": password, "next": "/reading/"})


def sign_out(browser: Client) -> Any:
    return browser.post("/accounts/logout/")


def redeem(browser: Client, code: str, login: str = "f-1001") -> Any:
    fields = {"login_id": login, "code": code, "new_password": NEW, "new_password_again": NEW}
    return browser.post("/card/", fields)


def key_of(browser: Client) -> str:
    return str(browser.cookies[COOKIE].value)


def who(browser: Client) -> str | None:
    """The login id of whoever a page takes this browser for."""
    reader: User = browser.get("/reading/").context["user"]
    return reader.username if reader.is_authenticated else None


def visit(browser: Client, face: str = "large") -> str:
    """A visitor who chose how to read: a session that somebody else may have planted. Gives its key."""
    browser.post("/reading/", {"face": face})
    return key_of(browser)


def with_key(key: str) -> Client:
    browser = Client()
    browser.cookies[COOKIE] = key
    return browser


@pytest.fixture
def code(cast: Cast, at: datetime) -> str:
    return printed(issue_card(user=cast.hanako, by=cast.officer, at=at).code)


# ---- a session that somebody planted


def test_signing_in_changes_the_key(cast: Cast, client: Client) -> None:
    planted = visit(client)
    sign_in(client)
    assert key_of(client) != planted
    assert who(with_key(planted)) is None
    assert who(client) == cast.hanako.username


def test_a_card_changes_the_key(cast: Cast, client: Client, code: str) -> None:
    planted = visit(client)
    assert redeem(client, code).status_code == 302
    assert key_of(client) != planted
    assert who(with_key(planted)) is None
    assert who(client) == cast.hanako.username


def test_a_made_up_key_is_never_taken_on(cast: Cast) -> None:
    browser = with_key("a" * 32)
    sign_in(browser)
    assert key_of(browser) != "a" * 32
    assert who(with_key("a" * 32)) is None


@pytest.mark.parametrize("key", ["", "x", "../../etc", "0" * 200])
def test_a_strange_cookie_is_a_visitors(db: None, key: str) -> None:
    assert with_key(key).get("/reading/").status_code == 200


def test_changing_the_password_changes_the_key_and_ends_the_other_devices(
    cast: Cast, client_for: Any
) -> None:
    here, elsewhere = client_for(cast.hanako), client_for(cast.hanako)
    before = key_of(here)
    fields = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    assert here.post("/accounts/password/change/", fields).status_code == 302
    assert key_of(here) != before
    assert who(here) == cast.hanako.username
    assert who(with_key(before)) is None and who(elsewhere) is None


# ---- signing out


def test_a_cookie_kept_from_before_opens_nothing(cast: Cast, client: Client) -> None:
    sign_in(client)
    kept = key_of(client)
    sign_out(client)
    assert not Session.objects.filter(session_key=kept).exists()
    replayed = with_key(kept)
    assert who(replayed) is None
    assert replayed.get(f"/people/{cast.hanako.uuid}/")["Location"].startswith(SIGN_IN_PAGE)
    assert replayed.post("/accounts/password/change/", {}).status_code == 302
    assert User.objects.get(pk=cast.hanako.pk).check_password(PASSWORD)


def test_the_next_person_at_the_tablet_finds_nothing(cast: Cast, client: Client) -> None:
    """Neither the guest that was read as, nor how somebody reads, nor a message that nobody saw."""
    sign_in(client)
    client.post("/reading/", {"face": "large", "text_size": "largest"})
    session = client.session
    session[GUEST_SESSION_KEY] = str(cast.senior.uuid)
    session.save()
    left = sign_out(client)
    assert left["Clear-Site-Data"] == '"storage"'
    assert not {GUEST_SESSION_KEY, SESSION_KEY, "_auth_user_id"} & set(client.session.keys())
    page = client.get("/reading/").content.decode()
    assert 'data-face="standard"' in page and 'data-text-size="normal"' in page
    assert "佐藤" not in page and "保存しました" not in page
    kept = {name for name, cookie in client.cookies.items() if cookie.value}
    assert kept <= {COOKIE, settings.CSRF_COOKIE_NAME}


def test_the_next_person_gets_their_own_choices(cast: Cast, client: Client) -> None:
    sign_in(client)
    client.post("/reading/", {"face": "large"})
    sign_out(client)
    sign_in(client, "f-1002")
    assert 'data-face="standard"' in client.get("/reading/").content.decode()
    sign_out(client)
    sign_in(client, "f-1001")
    assert 'data-face="large"' in client.get("/reading/").content.decode()


def test_whoever_signs_in_over_somebody_else_takes_nothing_of_theirs(
    cast: Cast, client: Client, code: str
) -> None:
    """No sign-out in between: the card of the next person ends the session of the one before."""
    sign_in(client, "f-1002")
    client.post("/reading/", {"face": "large"})
    session = client.session
    session[GUEST_SESSION_KEY] = str(cast.senior.uuid)
    session.save()
    before = key_of(client)
    redeem(client, code)
    assert who(client) == cast.hanako.username
    assert GUEST_SESSION_KEY not in client.session
    assert 'data-face="standard"' in client.get("/reading/").content.decode()
    assert who(with_key(before)) is None
    assert Learner.objects.get(pk=cast.senior.pk).user is None


# ---- two devices


def test_a_second_device_is_as_good_as_the_first(cast: Cast) -> None:
    desk, tablet = Client(), Client()
    sign_in(desk)
    sign_in(tablet)
    assert who(desk) == who(tablet) == cast.hanako.username
    assert key_of(desk) != key_of(tablet)
    sign_out(tablet)
    assert who(tablet) is None and who(desk) == cast.hanako.username


def test_who_is_put_to_rest_is_out_on_every_device(cast: Cast) -> None:
    desk, tablet = Client(), Client()
    sign_in(desk)
    sign_in(tablet)
    User.objects.filter(pk=cast.hanako.pk).update(is_active=False)
    for device in (desk, tablet):
        assert device.get("/people/")["Location"].startswith(SIGN_IN_PAGE)
