"""A scored quiz and one for practice."""

import pytest

from assessments.delivery.pages import QuizPage
from tests.assessments.builders import make_course, make_quiz


@pytest.fixture
def quiz(cast: object) -> QuizPage:
    """Five questions, one of each kind but true/false; 80 of 100 points pass; open to every member."""
    return make_quiz(make_course())


@pytest.fixture
def practice(cast: object) -> QuizPage:
    """The same without points, open to visitors."""
    return make_quiz(
        make_course("L900", track="senior", scoring="practice", pass_mark=None, open_to_guests=True),
        title="ふり返り",
    )
