"""Learners: one of one's own, guests without an account, and guests that turn out to be somebody."""

from datetime import datetime
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.db import SessionStore
from django.core.exceptions import ValidationError
from django.test import RequestFactory

from people.learners.actions import claim_learner, guest_learner, learner_of
from people.learners.models import Learner
from people.learners.queries import GUEST_SESSION_KEY, current_learner, learners_of, remember_learner
from tests.cast import Cast


def _request(user: Any = None) -> Any:
    request = RequestFactory().get("/")
    request.user = user or AnonymousUser()
    request.session = SessionStore()
    return request


def test_everybody_has_one_learner(cast: Cast, at: datetime) -> None:
    assert learner_of(cast.hanako, at=at) == learner_of(cast.hanako, at=at) == cast.learner(cast.hanako)


def test_the_learner_of_a_request_costs_one_query(cast: Cast, django_assert_num_queries: Any) -> None:
    request = _request(cast.hanako)
    with django_assert_num_queries(1):
        assert current_learner(request) == current_learner(request) == cast.learner(cast.hanako)


def test_a_visitor_who_never_learned_costs_nothing(db: None, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        assert current_learner(_request()) is None


def test_a_visitor_goes_on_as_the_same_guest(cast: Cast) -> None:
    request = _request()
    remember_learner(request, cast.senior)
    again = _request()
    again.session = request.session
    assert current_learner(again) == cast.senior


@pytest.mark.parametrize("kept", ["nonsense", "00000000-0000-0000-0000-000000000000", 7])
def test_a_session_that_names_nobody_is_nobody(db: None, kept: Any) -> None:
    request = _request()
    request.session[GUEST_SESSION_KEY] = kept
    assert current_learner(request) is None


def test_claiming_adds_the_link_and_rewrites_nothing(cast: Cast, at: datetime) -> None:
    before = Learner.objects.filter(pk=cast.senior.pk).values("uuid", "created_at", "is_primary").get()
    claimed = claim_learner(learner=cast.senior, user=cast.hanako, by=cast.officer, at=at)
    assert Learner.objects.filter(pk=cast.senior.pk).values(*before).get() == before
    assert (claimed.user, claimed.claimed_at) == (cast.hanako, at)
    assert set(learners_of(cast.hanako)) == {cast.learner(cast.hanako), claimed}


def test_claiming_twice_is_claiming_once(cast: Cast, at: datetime) -> None:
    claim_learner(learner=cast.senior, user=cast.hanako, by=cast.hanako, at=at)
    assert claim_learner(learner=cast.senior, user=cast.hanako, by=cast.hanako, at=at).user == cast.hanako


def test_nobody_takes_what_is_somebodys(cast: Cast, at: datetime) -> None:
    for taken in (
        cast.learner(cast.kacho),
        claim_learner(learner=cast.senior, user=cast.kacho, by=None, at=at),
    ):
        with pytest.raises(ValidationError) as refused:
            claim_learner(learner=taken, user=cast.hanako, by=cast.hanako, at=at)
        assert refused.value.code == "claimed"
        taken.refresh_from_db()
        assert taken.user == cast.kacho


def test_a_claimed_guest_is_no_longer_the_visitors(cast: Cast, at: datetime) -> None:
    request = _request()
    remember_learner(request, cast.senior)
    claim_learner(learner=guest_learner(at=at), user=cast.hanako, by=None, at=at)
    claim_learner(learner=cast.senior, user=cast.hanako, by=None, at=at)
    again = _request()
    again.session = request.session
    assert current_learner(again) is None
