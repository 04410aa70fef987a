"""Quizzes of the shipped files."""

import dataclasses
from typing import Any

import pytest

from assessments.delivery.loading import load_quiz
from assessments.delivery.pages import QuizPage
from assessments.items.actions import retire_item, write_item
from assessments.items.models import Item, ItemVersion
from assessments.quizzes.models import Quiz
from courses.catalog.models import Activity, shipped_uuid
from courses.curriculum.files import ItemFile, OptionFile, QuizFile
from tests.assessments.builders import current, make_course

pytestmark = pytest.mark.django_db

OPTIONS = (OptionFile("a", "{電話|でんわ}を切る"), OptionFile("b", "お金を送る"), OptionFile("c", "話す"))
FILE = QuizFile(
    code="T100-Q",
    title="確認テスト",
    title_ruby="{確認|かくにん}テスト",
    items=(
        ItemFile("T100-Q1", "single", "T100-L1", "DC1.1", "どうしますか。", "切ります。", OPTIONS, answer=("a",)),
        ItemFile("T100-Q2", "ordering", "T100-L1", "DC1.1", "順に並べましょう。", "", OPTIONS, answer=("b", "a", "c")),
        ItemFile(
            "T100-Q3", "matching", "T100-L1", "DC1.1", "合うものはどれですか。", "", OPTIONS,
            matches=(OptionFile("a", "一"), OptionFile("b", "二")), pairs=(("a", "a"), ("b", "b"), ("c", "b")),
        ),
        ItemFile("T100-Q4", "short_text", "T100-L1", "DC1.1", "何といいますか。", "", answer=("詐欺", "さぎ")),
    ),
)  # fmt: skip


@pytest.fixture
def course():
    return make_course()


def load(course, file=FILE, at=None, **options):
    course.refresh_from_db()
    return load_quiz(
        course=course.course, parent=course, quiz=file, at=at or course.last_published_at, **options
    )


def changed(**facts):
    first = dataclasses.replace(FILE.items[0], **facts)
    return dataclasses.replace(FILE, items=(first, *FILE.items[1:]))


def the_page():
    return QuizPage.objects.get(translation_key=shipped_uuid("T100-Q"))


def asked():
    """What somebody who begins now is asked."""
    return [entry.version.stem for entry in Quiz.objects.get().entries.order_by("order")]


def test_a_quiz_becomes_a_page_with_its_questions(course):
    assert load(course) == "created"
    page = the_page()
    assert (page.title, page.title_ruby, page.slug, page.live) == (
        "確認テスト",
        "{確認|かくにん}テスト",
        "quiz",
        True,
    )
    assert page.url == "/courses/t100/quiz/"
    assert page.activity.uuid == shipped_uuid("T100-Q")
    versions = [current(entry.item.code) for entry in Quiz.objects.get().entries.order_by("order")]
    assert [version.kind for version in versions] == ["single", "ordering", "matching", "short_text"]
    assert versions[1].key == ["b", "a", "c"]
    assert versions[2].key == {"a": "a", "b": "b", "c": "b"}
    assert versions[0].lesson_code == "T100-L1"


def test_loading_again_changes_nothing(course):
    load(course)
    before = (
        list(QuizPage.objects.values()),
        list(ItemVersion.objects.values()),
        list(Quiz.objects.values()),
    )
    assert load(course) == "unchanged"
    assert (
        list(QuizPage.objects.values()),
        list(ItemVersion.objects.values()),
        list(Quiz.objects.values()),
    ) == before


def test_a_changed_question_gets_a_version(course):
    load(course)
    assert load(course, changed(stem="何をしますか。")) == "updated"
    version = current("T100-Q1")
    assert (version.number, version.stem) == (2, "何をしますか。")
    assert version.item.versions.get(number=1).stem == "どうしますか。"
    assert ItemVersion.objects.count() == 5


def test_a_question_that_left_the_files_is_not_asked_any_more(course):
    load(course)
    assert load(course, dataclasses.replace(FILE, items=FILE.items[:2])) == "updated"
    assert Quiz.objects.get().entries.count() == 2
    assert Item.objects.count() == 4


def test_a_question_that_somebody_changed_is_kept(course, at):
    load(course)
    version = current("T100-Q1")
    write_item(
        code="T100-Q1",
        kind="single",
        stem="人が直した問い",
        options=version.options,
        key=["b"],
        at=at,
        by=None,
    )
    assert load(course) == "conflict"
    assert load(course, changed(stem="何をしますか。")) == "conflict"
    assert current("T100-Q1").stem == "人が直した問い"
    assert load(course, take_files=True) == "updated"
    assert current("T100-Q1").stem == "どうしますか。"
    assert load(course) == "unchanged"


def test_an_edit_that_was_not_published_is_reported_and_taken_out_with_the_files(course, at):
    """An author wrote what the next release says, too, and never published it: learners still get the old question."""
    load(course)
    version = current("T100-Q1")
    wording = {name: getattr(version, name) for name in ("kind", "options", "key", "explanation")}
    codes: dict[str, Any] = {"competency_code": "DC1.1", "lesson_code": "T100-L1"}
    write_item(code="T100-Q1", stem="何をしますか。", **wording, **codes, at=at, by=None)
    file = changed(stem="何をしますか。")
    assert load(course, file) == "conflict"
    assert asked()[0] == "どうしますか。"
    assert load(course, file, take_files=True) == "updated"
    assert asked()[0] == "何をしますか。"
    assert load(course, file) == "unchanged"


def test_a_changed_file_is_what_learners_get(course):
    load(course)
    load(course, changed(stem="何をしますか。"))
    assert asked()[0] == "何をしますか。"


def test_a_page_that_somebody_changed_is_kept(course):
    load(course)
    page = the_page()
    page.title = "人が直した名前"
    page.save_revision().publish()
    assert load(course) == "conflict"
    assert the_page().title == "人が直した名前"


def test_a_draft_that_somebody_is_writing_is_kept(course):
    load(course)
    page = the_page()
    page.title = "書きかけ"
    page.save_revision()
    assert load(course, changed(stem="何をしますか。")) == "conflict"
    assert the_page().get_latest_revision_as_object().title == "書きかけ"


def test_a_question_that_somebody_took_out_of_use_stays_out(course, at):
    load(course)
    retire_item(item=Item.objects.get(code="T100-Q1"), at=at, by=None)
    assert load(course) == "conflict"
    assert load(course, take_files=True) == "updated"
    assert Item.objects.get(code="T100-Q1").retired_at is None


def test_a_page_that_somebody_deleted_does_not_come_back_by_itself(course):
    load(course)
    the_page().delete()
    assert load(course) == "conflict"
    assert load(course, take_files=True) == "created"
    assert Activity.objects.filter(uuid=shipped_uuid("T100-Q")).count() == 1


def test_settings_that_the_files_do_not_know_stay(course):
    load(course)
    page = the_page()
    page.max_attempts = 3
    page.save_revision().publish()
    assert load(course, changed(stem="何をしますか。")) == "updated"
    assert the_page().max_attempts == 3
    assert Quiz.objects.get().max_attempts == 3


def test_the_quiz_of_a_draft_course_is_a_draft(course):
    course.unpublish()
    assert load(course) == "created"
    assert not the_page().live
    assert not Quiz.objects.exists()
    assert load(course) == "unchanged"
    course.save_revision().publish()
    assert load(course) == "updated"
    assert the_page().live
    assert Quiz.objects.get().entries.count() == 4


def test_another_page_may_have_the_address_already(course):
    other = QuizPage(title="べつの問題", slug="quiz", code="X")
    course.add_child(instance=other)
    assert load(course) == "created"
    assert the_page().slug == "quiz-t100"
