"""Who may open a lesson: courses ask, others answer."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import Http404
from django.test import RequestFactory

from courses.catalog.models import Course
from courses.lessons import access
from courses.lessons.access import CLOSED, OPEN, Decision


@pytest.fixture(autouse=True)
def gates(monkeypatch):
    monkeypatch.setattr(access, "_gates", [])
    return access._gates


@pytest.fixture
def request_(rf: RequestFactory):
    request = rf.get("/courses/t901/l1/?step=3")
    request.user = AnonymousUser()
    return request


def test_without_a_gate_every_door_is_closed(request_):
    assert access.may_open(request_, Course()) == CLOSED


def test_a_gate_opens(request_):
    access.register_gate(lambda request, course: OPEN)
    assert access.may_open(request_, Course()).allowed


def test_every_gate_must_let_pass_and_the_first_refusal_is_the_answer(request_):
    refusal = Decision(allowed=False, answer="forbidden", message="だめ")
    access.register_gate(lambda request, course: OPEN)
    access.register_gate(lambda request, course: refusal)
    access.register_gate(lambda request, course: CLOSED)
    assert access.may_open(request_, Course()) is refusal


def test_the_same_gate_counts_once(gates):
    def gate(request, course):
        return OPEN

    access.register_gate(gate)
    access.register_gate(gate)
    assert gates == [gate]


def test_signing_in_leads_back_to_the_step(request_):
    response = access.refuse(request_, Decision(allowed=False, answer="sign_in"))
    assert response.status_code == 302
    assert response["Location"] == "/accounts/login/?next=/courses/t901/l1/%3Fstep%3D3"


def test_not_found_is_not_found(request_):
    with pytest.raises(Http404):
        access.refuse(request_, CLOSED)


@pytest.mark.django_db
def test_forbidden_says_why(request_):
    response = access.refuse(
        request_, Decision(allowed=False, answer="forbidden", message="この講座は8月からです。")
    )
    assert response.status_code == 403
    assert "この講座は8月からです。" in response.content.decode()
