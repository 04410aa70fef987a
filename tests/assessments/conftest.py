"""A scored quiz and one for practice."""

from collections.abc import Callable

import pytest
from django.db import connections
from django.test import Client
from pytest_django.plugin import DjangoDbBlocker

from assessments.attempts.models import Attempt
from assessments.delivery.pages import QuizPage
from people.accounts.models import User
from tests.assessments.browsing import CHROMIUM
from tests.assessments.builders import RIGHT, answer_all, begin, make_course, make_quiz
from tests.cast import Cast
from tests.snapshot import Snapshot, take


@pytest.fixture(scope="session")
def quiz_snapshot(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Snapshot[int]:
    with django_db_blocker.unblock():
        return take(lambda: make_quiz(make_course()).pk)


@pytest.fixture
def quiz(cast: object, quiz_snapshot: Snapshot[int]) -> QuizPage:
    """Five questions, one of each kind but true/false; 80 of 100 points pass; open to every member."""
    quiz_snapshot.restore()
    page: QuizPage = QuizPage.objects.select_related("activity").get(pk=quiz_snapshot.made)
    return page


@pytest.fixture
def hanako(client_for: Callable[[User], Client], cast: Cast, quiz: QuizPage) -> Client:
    """Her browser, with the quiz before her."""
    return client_for(cast.hanako)


@pytest.fixture
def attempt(hanako: Client, quiz: QuizPage) -> Attempt:
    """Begun: the first question is answered rightly, the last with 「前の答え」."""
    attempt = begin(hanako, quiz)
    answer_all(hanako, attempt, [*RIGHT[:1], None, None, None, "前の答え"])
    return attempt


@pytest.fixture
def practice(cast: object) -> QuizPage:
    """The same without points, open to visitors."""
    course = make_course("L900", track="senior", scoring="practice", pass_mark=None, open_to_guests=True)
    return make_quiz(course, title="ふり返り")


@pytest.fixture(scope="session")
def chromium(browser_type):
    browser = browser_type.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
    yield browser
    browser.close()
    # While Playwright's loop runs, Django keeps a connection of its own for it; the database cannot be dropped before.
    connections["default"].close()
