"""What the bar at the head of a page offers to whom."""

from typing import Any

import pytest
from django.test import Client, RequestFactory

from people.accounts.models import User
from people.roles.context import navigation
from tests.cast import Cast


def _labels(answer: Any) -> set[str]:
    return {entry.label for entry in answer.context["navigation"].entries}


OWN = {"利用者", "割り当て", "受講状況", "クラス", "管理画面"}


@pytest.mark.parametrize(
    ("who", "offered"),
    [
        ("hanako", set()),
        ("pupil", set()),
        ("outsider", set()),
        ("kacho", {"受講状況"}),
        ("officer", {"利用者", "割り当て", "受講状況"}),
        ("teacher", {"利用者", "割り当て", "クラス"}),
        ("helper", set()),
        ("author", {"管理画面"}),
        ("editor", {"管理画面"}),
        ("admin", {"利用者", "割り当て", "受講状況", "管理画面"}),
    ],
)
def test_everybody_gets_what_the_roles_allow(
    cast: Cast, client_for: Any, who: str, offered: set[str]
) -> None:
    answer = client_for(cast.people()[who]).get("/reading/")
    assert _labels(answer) & OWN == offered


def test_a_visitor_gets_the_public_pages(client: Client, db: None) -> None:
    labels = _labels(client.get("/reading/"))
    assert "講座" in labels
    assert not labels & {*OWN, "わたしの学び"}


def test_the_page_one_is_on_is_marked(cast: Cast, client_for: Any) -> None:
    entries = client_for(cast.officer).get("/people/").context["navigation"].entries
    assert [entry.label for entry in entries if entry.current] == ["利用者"]


def test_it_costs_one_query_and_only_when_asked(cast: Cast, django_assert_num_queries: Any) -> None:
    request = RequestFactory().get("/people/")
    request.user = User.objects.get(pk=cast.officer.pk)
    with django_assert_num_queries(0):
        context = navigation(request)
    with django_assert_num_queries(1):
        assert context["navigation"].entries == context["navigation"].entries
