"""The quizzes that the product ships, as learners meet them."""

import pytest

from assessments.attempts.queries import places_of
from assessments.delivery.pages import QuizPage
from assessments.items.models import Item
from assessments.items.rules import problems
from assessments.quizzes.models import Quiz
from courses.catalog.models import shipped_uuid
from courses.curriculum.actions import load_curriculum
from courses.curriculum.enums import Change
from learning.progress.models import ActivityProgress
from tests.assessments.builders import answer_all, begin

pytestmark = pytest.mark.django_db


def page_of(course):
    return QuizPage.objects.get(translation_key=shipped_uuid(f"{course}-Q"))


def right(attempt):
    return [place.version.key for place in places_of(attempt)]


@pytest.mark.parametrize(
    ("course", "scoring", "pass_mark", "title"),
    [
        ("S105", "scored", 80, "確認テスト"),
        ("E201", "practice", None, "ふり返り"),
        ("L203", "practice", None, "ふり返り"),
    ],
)
def test_three_courses_have_a_quiz(curriculum, course, scoring, pass_mark, title):
    page = page_of(course)
    quiz = Quiz.objects.get(activity=page.activity)
    assert (quiz.scoring, quiz.pass_mark, page.title) == (scoring, pass_mark, title)
    assert page.url == f"/courses/{course.lower()}/quiz/"
    assert quiz.entries.count() >= 5


def test_every_shipped_question_can_be_asked(curriculum):
    for item in Item.objects.select_related("current"):
        version = item.current
        assert version is not None
        assert problems(version.kind, version.stem, version.options, version.key) == []
        assert version.explanation


def test_loading_again_leaves_the_quizzes_alone(curriculum, at):
    report = load_curriculum(check=False, take_files=False, at=at)
    quizzes = [entry for entry in report.entries if entry.code.endswith("-Q")]
    assert len(quizzes) == 3
    assert {entry.change for entry in quizzes} == {Change.UNCHANGED}


def test_hanako_passes_and_it_is_recorded(curriculum, client_for, cast):
    hanako = client_for(cast.hanako)
    page = page_of("S105")
    assert "100点満点で80点から" in hanako.get(page.url).content.decode()
    attempt = begin(hanako, page)
    answer_all(hanako, attempt, right(attempt))
    html = hanako.post(f"/attempts/{attempt.uuid}/submit/", follow=True).content.decode()
    assert "合格です" in html
    assert "つぎへ：" in html
    progress = ActivityProgress.objects.get(
        activity=page.activity, enrollment__learner=cast.learner(cast.hanako)
    )
    assert progress.is_passed
    assert progress.enrollment.uuid == attempt.registration


def test_a_senior_looks_back_without_an_account(curriculum, client):
    page = page_of("L203")
    attempt = begin(client, page)
    answer_all(client, attempt, right(attempt))
    html = client.post(f"/attempts/{attempt.uuid}/submit/", follow=True).content.decode()
    assert "さいごまで、できました" in html
    progress = ActivityProgress.objects.get(activity=page.activity, enrollment__learner=attempt.learner)
    assert progress.satisfied_at is not None
    assert progress.is_passed is None


def test_keys_do_not_reach_a_pupil(curriculum, client_for, cast):
    pupil = client_for(cast.pupil)
    attempt = begin(pupil, page_of("E201"))
    html = pupil.get(f"/attempts/{attempt.uuid}/").content.decode()
    for place in places_of(attempt):
        assert place.version.explanation[:20] not in html
    for id_ in "abcd":
        assert f'value="{id_}"' not in html
