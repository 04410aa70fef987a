"""The person of another municipality sees nothing of ours."""

import pytest
from playwright.sync_api import Page

pytestmark = pytest.mark.journey


def test_a_person_of_another_municipality_sees_no_names(page: Page, sign_in, outside):
    sign_in(page, "koriyama")
    response = page.goto("/reports/people/")
    assert response and response.status == 403
    assert "佐藤 花子" not in page.content()
