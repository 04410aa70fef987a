"""A typed address of an event leads to its page, and never tells the address of a page that is closed."""

import pytest
from django.urls import reverse

from courses.catalog.models import Course

pytestmark = pytest.mark.django_db


def test_it_leads_to_a_page_that_is_open(cast, curriculum, client_for):
    course = Course.objects.get(code="S105")
    answer = client_for(cast.hanako).get(reverse("learning:enroll", args=[course.uuid]))
    assert answer["Location"] == course.url


@pytest.mark.parametrize("who", ["outsider", "hanako", "pupil"])
def test_the_address_of_a_draft_is_not_told(who, cast, curriculum, client_for):
    draft = Course.objects.get(code="S101")
    answer = client_for(getattr(cast, who)).get(reverse("learning:enroll", args=[draft.uuid]))
    assert answer.status_code == 404


def test_a_visitor_is_not_told_it_either(cast, curriculum, client):
    draft = Course.objects.get(code="S101")
    answer = client.get(reverse("learning:enroll", args=[draft.uuid]))
    assert "s101" not in answer.headers.get("Location", "").lower()
