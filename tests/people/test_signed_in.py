"""Who a session speaks for: the person as they are now, and nobody as soon as anything is not in order."""

import pytest
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.test import Client
from django.urls import reverse

from people.accounts.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def person() -> User:
    return User.objects.create_user(
        username="hana", password="himawari-2026", last_name="佐藤", first_name="花子"
    )


@pytest.fixture
def client(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def who(client: Client):
    answer = client.get(reverse("learning:home"))
    return answer.wsgi_request.user if answer.status_code == 200 else None


def test_it_is_the_person_with_everything_that_is_known_of_them(client, person):
    found = who(client)
    assert found == person and not found.get_deferred_fields()
    assert found.get_full_name() == person.get_full_name()


def test_a_change_shows_on_the_next_page(client, person):
    who(client)
    User.objects.filter(pk=person.pk).update(last_name="鈴木")
    assert who(client).last_name == "鈴木"


def test_a_new_password_ends_every_session(client, person):
    person.set_password("tsubame-2027")
    person.save()
    assert who(client) is None


def test_a_closed_account_is_nobody(client, person):
    User.objects.filter(pk=person.pk).update(is_active=False)
    assert who(client) is None


def test_a_removed_account_is_nobody(client, person):
    User.objects.filter(pk=person.pk).delete()
    assert who(client) is None


@pytest.mark.parametrize(
    ("key", "value"),
    [
        (SESSION_KEY, "0"),
        (SESSION_KEY, "99999999999999999999"),
        (HASH_SESSION_KEY, "another"),
        (HASH_SESSION_KEY, ""),
        (BACKEND_SESSION_KEY, "django.contrib.auth.backends.RemoteUserBackend"),
    ],
)
def test_a_session_that_is_not_in_order_is_nobodys(client, key, value):
    session = client.session
    session[key] = value
    session.save()
    assert who(client) is None


def test_whoever_signs_in_is_who_they_are_at_once(person):
    client = Client()
    answer = client.post(
        reverse("account_login"), {"login": "hana", "password": "himawari-2026"}, follow=True
    )
    assert answer.wsgi_request.user == person
