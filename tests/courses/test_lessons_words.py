"""Words that a reader saved come back to the reader, whoever keeps them."""

import pytest

from courses.lessons import words
from tests.courses.lesson_cases import DECLARATION_ID, full_lesson

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(cast, monkeypatch):
    monkeypatch.setattr(words, "_readers", [])
    return full_lesson(open_to_guests=True)


def test_without_a_reader_of_words_the_field_is_empty(made, client):
    html = client.get(made.url).content.decode()
    assert "required></textarea>" in html
    assert "いつでも書き直せます" not in html


def test_saved_words_stand_in_the_field_and_say_that_they_are_saved(made, client):
    asked = []

    def reader(request, lesson, block_id):
        asked.append((lesson, block_id))
        return "<b>まず電話を切ります。</b>"

    words.register_words_reader(reader)
    words.register_words_reader(reader)
    html = client.get(made.url).content.decode()
    assert "&lt;b&gt;まず電話を切ります。&lt;/b&gt;</textarea>" in html
    assert "保存しました。いつでも書き直せます。" in html
    assert asked == [(made.lesson.activity.uuid, DECLARATION_ID)]


def test_a_preview_asks_for_nobodys_words(made):
    words.register_words_reader(lambda request, lesson, block_id: pytest.fail("asked"))
    assert made.lesson.make_preview_request(preview_mode="standard").status_code == 200
