"""What an author may write, and what becomes of it."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from courses.catalog.models import Activity
from courses.lessons.blocks import ChecklistBlock, TextBlock
from courses.lessons.rules import block_activity_uuid
from courses.readability.validators import validate_marked_html, validate_marked_text
from tests.courses.lesson_cases import DECLARATION_ID, full_lesson, make_course, make_lesson


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{漢字|}です", "読みが空です"),
        ("{漢字|kanji}です", "ひらがなとカタカナだけ"),
        ("{かな|かな}です", "漢字がありません"),
        ("{漢字|かんじです", "組になっていません"),
    ],
)
def test_a_wrong_mark_is_told_in_words(text, message):
    with pytest.raises(ValidationError) as caught:
        validate_marked_text(text)
    assert message in caught.value.messages[0]
    assert text[:6] in caught.value.messages[0]


def test_bold_type_inside_a_mark_would_break_it():
    with pytest.raises(ValidationError):
        validate_marked_html("<p>{漢<b>字</b>|かんじ}</p>")
    validate_marked_html("<p><b>{漢字|かんじ}</b> &lt;{今日|きょう} \\{</p>")


def test_the_form_of_a_block_refuses_a_wrong_mark_at_its_field():
    block = TextBlock()
    value = block.to_python({"heading": "{見出|", "body": "<p>よい</p>", "easy": "<p>{漢字|kanji}</p>"})
    with pytest.raises(ValidationError) as caught:
        block.clean(value)
    refused: Any = caught.value
    assert set(refused.block_errors) == {"heading", "easy"}


def test_the_points_of_a_checklist_are_looked_at_one_by_one():
    block = ChecklistBlock()
    with pytest.raises(ValidationError):
        block.clean(block.to_python({"title": "", "items": ["よい", "{だめ|だめ}"], "easy": ""}))


@pytest.mark.django_db
def test_a_title_with_a_wrong_mark_is_refused():
    course = make_course()
    with pytest.raises(ValidationError, match="読み"):
        make_lesson(course, [], title_ruby="{題|}")


@pytest.mark.django_db
def test_a_block_that_records_is_a_child_activity_after_publishing():
    lesson = full_lesson().lesson
    child = Activity.objects.get(parent=lesson.activity)
    assert child.uuid == block_activity_uuid(lesson.activity.uuid, DECLARATION_ID)
    assert (child.title, child.kind, child.is_required, child.is_offered) == (
        "わたしの行動",
        "practice",
        False,
        True,
    )
    assert child.course == lesson.activity.course
    lesson.save_revision().publish()
    assert Activity.objects.get(parent=lesson.activity) == child


@pytest.mark.django_db
def test_a_block_that_was_taken_out_keeps_its_row_and_is_no_longer_offered():
    lesson = full_lesson().lesson
    lesson.body = lesson.body.stream_block.to_python(
        [block for block in lesson.body.raw_data if block["type"] == "text"]
    )
    lesson.save_revision().publish()
    assert not Activity.objects.get(parent=lesson.activity).is_offered


@pytest.mark.django_db
def test_the_editor_explains_readings_and_offers_every_preview(cast, client_for):
    lesson = full_lesson().lesson
    html = client_for(cast.author).get(f"/admin/pages/{lesson.pk}/edit/").content.decode()
    assert "ふりがなの書き方" in html
    for mode in ("standard", "ruby", "easy", "large"):
        assert f'value="{mode}"' in html
