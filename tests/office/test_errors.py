"""What goes wrong is told in Japanese, in words: what happened, what was kept, what to do."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import SuspiciousOperation
from django.test import Client, RequestFactory

from office.errors import views


@pytest.mark.django_db
def test_a_lost_address_gets_a_page(client):
    answer = client.get("/no-such-page/")
    assert answer.status_code == 404
    assert "見つかりません" in answer.content.decode()


@pytest.mark.django_db
def test_a_form_without_its_token_is_explained(cast):
    browser = Client(enforce_csrf_checks=True)
    answer = browser.post("/accounts/login/", {"login": "hanako", "password": "himawari-2026"})
    assert answer.status_code == 403
    assert "残っています" in answer.content.decode()


@pytest.mark.django_db
def test_broken_requests_and_missing_rights_have_pages_of_their_own():
    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    assert views.bad_request(request, SuspiciousOperation()).status_code == 400
    assert views.permission_denied(request).status_code == 403


def test_a_broken_server_says_so_without_database_or_request():
    answer = views.server_error(RequestFactory().get("/"))
    assert answer.status_code == 500
    assert 'lang="ja"' in answer.content.decode()
