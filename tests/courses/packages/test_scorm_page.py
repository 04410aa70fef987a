"""What the page says before a SCORM package is opened: begin, go on, look at it again."""

import pytest
from django.utils.html import strip_tags

from courses.packages.models import Package
from tests.courses.packages.scorming import begin, host, mail, page_of

__all__ = ["begin", "host", "page_of"]

pytestmark = pytest.mark.django_db


@pytest.fixture
def words(page_of, client_for, cast):
    """The page as one sentence a line, for 佐藤花子."""

    def words(exercise) -> str:
        answer = client_for(cast.hanako).get(exercise.url)
        assert answer.status_code == 200
        return strip_tags(answer.content.decode())

    return words


def test_the_button_says_begin_and_then_go_on(begin, words):
    course = begin()
    assert "練習を始める" in words(course.exercise)
    course.commit(mail())
    said = words(course.exercise)
    assert "練習のつづきをする" in said
    assert "練習を始める" not in said


def test_with_every_attempt_used_it_can_still_be_looked_at(begin, words):
    course = begin()
    Package.objects.update(attempts_max=1)
    course = begin()
    assert "あと1回" in words(course.exercise)
    course.commit(mail("passed", "80"), end=True)
    said = words(course.exercise)
    assert "練習のつづきをする" in said
    assert "見直すことはできます" in said
    assert "あと" not in said
