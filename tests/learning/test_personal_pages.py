"""What a browser or a proxy may keep of a page."""

import pytest

from people.learners.actions import guest_learner
from people.learners.queries import GUEST_SESSION_KEY
from tests.cast import AT
from tests.courses.lesson_cases import make_course, make_lesson

pytestmark = pytest.mark.django_db
TEXT = {"type": "text", "value": {"heading": "", "body": "<p>本文です。</p>", "easy": ""}}


@pytest.fixture
def lesson(cast):
    return make_lesson(make_course(open_to_guests=True), [TEXT])


def _said(response):
    return set(response["Cache-Control"].replace(" ", "").split(","))


def test_nothing_of_a_signed_in_reader_stays_on_a_shared_tablet(lesson, cast, client_for):
    browser = client_for(cast.hanako)
    course_url = lesson.activity.course.url
    for url in ("/", course_url, lesson.activity.url, "/learning/", "/reading/", "/courses/", "/gone/"):
        assert {"private", "no-store"} <= _said(browser.get(url)), url


def test_nor_of_a_guest_whose_learning_the_session_holds(lesson, client):
    session = client.session
    session[GUEST_SESSION_KEY] = str(guest_learner(at=AT).uuid)
    session.save()
    assert {"private", "no-store"} <= _said(client.get(lesson.activity.url))
    assert {"private", "no-store"} <= _said(client.get("/learning/"))


def test_a_passing_visitors_page_stays_out_of_proxies_and_is_asked_for_anew(lesson, client):
    for url in ("/", lesson.activity.url, "/courses/"):
        assert _said(client.get(url)) == {"private", "no-cache"}, url


def test_a_page_that_says_more_keeps_what_it_says(cast, client_for):
    assert {"max-age=0", "must-revalidate", "no-store"} <= _said(client_for(cast.hanako).get("/reading/"))
