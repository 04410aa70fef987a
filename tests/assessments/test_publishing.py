"""What publishing pages does to quizzes."""

import pytest
from wagtail.models import ModelLogEntry

from assessments.attempts.models import Attempt
from assessments.quizzes.models import Quiz
from courses.catalog.enums import MoveOn
from tests.assessments.builders import begin, make_course, make_items, make_quiz

pytestmark = pytest.mark.django_db


def codes(quiz):
    return list(quiz.entries.order_by("order").values_list("item__code", flat=True))


def test_publishing_makes_the_quiz(quiz):
    rows = Quiz.objects.get(activity=quiz.activity)
    assert (rows.scoring, rows.pass_mark, rows.max_attempts) == ("scored", 80, None)
    assert codes(rows) == [f"T100-Q{number}" for number in range(1, 6)]
    quiz.activity.refresh_from_db()
    assert quiz.activity.move_on == MoveOn.PASSED
    assert quiz.activity.is_offered


def test_publishing_again_changes_nothing(quiz):
    before = list(Quiz.objects.values())
    entries = list(Quiz.objects.get().entries.values("pk"))
    entry_count = ModelLogEntry.objects.filter(action="assessments.quiz_published").count()
    quiz.save_revision().publish()
    assert list(Quiz.objects.values()) == before
    assert list(Quiz.objects.get().entries.values("pk")) == entries
    assert ModelLogEntry.objects.filter(action="assessments.quiz_published").count() == entry_count


def test_a_draft_is_not_asked(quiz):
    quiz.quiz_items = list(quiz.quiz_items.all())[:2]
    quiz.save_revision()
    assert len(codes(Quiz.objects.get())) == 5
    quiz.get_latest_revision().publish()
    assert codes(Quiz.objects.get()) == ["T100-Q1", "T100-Q2"]


def test_a_new_order_is_published(quiz):
    items = list(quiz.quiz_items.all())
    for order, item in enumerate(reversed(items)):
        item.sort_order = order
    quiz.quiz_items = items
    quiz.save_revision().publish()
    assert codes(Quiz.objects.get())[0] == "T100-Q5"


def test_practice_has_nothing_to_pass(practice):
    rows = Quiz.objects.get(activity=practice.activity)
    assert (rows.scoring, rows.pass_mark) == ("practice", None)
    practice.activity.refresh_from_db()
    assert practice.activity.move_on == MoveOn.COMPLETED


def test_a_course_that_becomes_practice_takes_its_quiz_along(quiz):
    course = quiz.get_parent().specific
    course.scoring, course.pass_mark = "practice", 80
    course.save_revision().publish()
    rows = Quiz.objects.get(activity=quiz.activity)
    assert (rows.scoring, rows.pass_mark) == ("practice", None)


def test_a_copy_of_the_page_is_another_quiz(quiz):
    other = make_course("T200")
    copy = quiz.copy(to=other, update_attrs={"slug": "quiz-2"})
    copy.save_revision().publish()
    assert copy.activity != quiz.activity
    assert Quiz.objects.count() == 2


def test_a_deleted_page_takes_no_attempt_along(client_for, cast, quiz):
    hanako = client_for(cast.hanako)
    attempt = begin(hanako, quiz)
    hanako.post(f"/attempts/{attempt.uuid}/submit/")
    quiz.delete()
    assert Attempt.objects.filter(pk=attempt.pk).exists()
    assert hanako.get(f"/attempts/{attempt.uuid}/result/").status_code == 200
    assert hanako.post(f"/quizzes/{quiz.activity.uuid}/start/").status_code == 404


def test_an_open_attempt_whose_page_was_deleted_can_be_finished(client_for, cast, quiz):
    hanako = client_for(cast.hanako)
    attempt = begin(hanako, quiz)
    quiz.delete()
    assert hanako.get(f"/attempts/{attempt.uuid}/").status_code == 200
    assert hanako.post(f"/attempts/{attempt.uuid}/submit/", follow=True).status_code == 200


def test_an_author_previews_the_first_page_and_the_questions_of_a_draft(client_for, cast, quiz):
    quiz.quiz_items = list(quiz.quiz_items.all())[:1]
    quiz.save_revision()
    admin = client_for(cast.admin)
    page = admin.get(f"/admin/pages/{quiz.pk}/view_draft/")
    assert page.status_code == 200
    html = admin.get(f"/admin/pages/{quiz.pk}/view_draft/", {"mode": "questions"}).content.decode()
    assert "電話でお金の話が出ました" in html
    assert "正しい答え" in html
    assert "順に並べましょう" not in html
    assert not Attempt.objects.exists()


def test_shuffled_choices_stay_the_same_for_an_attempt(client_for, cast):
    options = [{"id": f"o{number}", "text": f"選択肢{number}番"} for number in range(9)]
    item = {"kind": "single", "stem": "どれ", "options": options, "key": ["o3"]}
    page = make_quiz(make_course(), make_items([item]), shuffle_options=True)
    hanako = client_for(cast.hanako)
    attempt = begin(hanako, page)
    html = hanako.get(f"/attempts/{attempt.uuid}/").content.decode()
    order = sorted(range(9), key=lambda number: html.index(f"選択肢{number}番"))
    assert order != list(range(9))
    again = hanako.get(f"/attempts/{attempt.uuid}/").content.decode()
    assert order == sorted(range(9), key=lambda number: again.index(f"選択肢{number}番"))
