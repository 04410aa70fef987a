"""One lesson, five faces."""

import re
from itertools import pairwise

import pytest
from django.test import Client

from courses.lessons.faces import Body
from people.preferences.enums import Face
from people.preferences.models import ReadingPreferences
from people.preferences.rules import Reading
from tests.courses.lesson_cases import DECLARATION_ID, full_lesson, make_course, make_lesson

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(cast):
    return full_lesson(open_to_guests=True)


@pytest.fixture
def reader(client: Client):
    """A visitor who reads in a face: ``reader("ruby", ruby_grade=3)``."""

    def reading(face: str, **choices) -> Client:
        client.get("/s/")
        session = client.session
        session["reading"] = {"face": face, **choices}
        session.save()
        client.cookies["fukumana_session"] = str(session.session_key)
        return client

    return reading


def html_of(response) -> str:
    assert response.status_code == 200
    return str(response.content.decode())


def text_of(html: str) -> str:
    main = html[html.index("<main") : html.index("</main>")]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", main))


def test_standard_shows_the_text_as_written_without_its_marks(made, reader):
    html = html_of(reader("standard").get(made.url))
    assert "今日の私は学校で話します。" in html
    assert "<ruby>" not in html
    assert "{" not in text_of(html)
    assert 'lang="ja"' in html


def test_readings_are_the_authors_where_there_are_some_and_worked_out_where_not(made, reader):
    html = html_of(reader("ruby").get(made.url))
    assert '<ruby>今日<rp>（</rp><rt aria-hidden="true">こんにち</rt>' in html
    assert '<ruby>私<rp>（</rp><rt aria-hidden="true">わたし</rt>' in html
    assert '<rt aria-hidden="true">がっこう</rt>' in html


def test_kanji_of_the_chosen_grade_stay_without_readings(made, reader):
    html = html_of(reader("ruby", ruby_grade=2).get(made.url))
    assert "がっこう" not in html
    assert "さぎ" in html


def test_easy_japanese_takes_the_authors_easy_text_and_falls_back_to_readings(made, reader):
    html = html_of(reader("easy").get(made.url))
    plain = text_of(html)
    assert "うそでお金（かね）をとることです。" in plain
    assert "学校" not in plain
    assert "気（き）をつけます。" in plain
    assert "まだありません" not in plain


def test_an_easy_checklist_keeps_its_boxes(made, reader):
    html = html_of(reader("easy").get(made.url))
    assert re.search(r'<label for="check-[^"]+-1">きりましたか</label>', html)
    assert "切れた" not in html


def test_an_easy_table_can_still_be_seen(made, reader):
    html = html_of(reader("easy").get(made.url))
    assert "円" in html
    assert re.search(r"<details><summary>.*?</summary><div class=\"table-scroll\"", html, re.DOTALL)


@pytest.mark.parametrize("face", ["standard", "ruby", "easy"])
def test_headings_go_down_one_level_at_a_time(made, reader, face):
    levels = [int(level) for level in re.findall(r"<h([1-6])", html_of(reader(face).get(made.url)))]
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_every_block_says_what_it_is(made, reader):
    html = html_of(reader("standard").get(made.url))
    assert 'alt="青いボタンの画面"' in html
    assert re.search(r'<th scope="col">もの</th>', html) and re.search(r'<th scope="row">紙</th>', html)
    assert re.search(r'class="table-scroll" role="region" tabindex="0" aria-labelledby="caption-', html)
    assert "<dfn>端末</dfn>" in html
    assert "注意" in html
    assert "持ち物の一覧（PDF、14" in html
    assert "autoplay" not in html
    assert "動画を文章で読む" in html
    assert "style=" not in html


def test_the_large_face_shows_one_screen_at_a_time(made, reader):
    client = reader("large")
    first = html_of(client.get(made.url))
    assert "1／12" in first
    assert "詐欺とは" in text_of(first).replace("（さぎ）", "")
    assert "やってみます" not in first
    step = html_of(client.get(made.url + "?step=4"))
    assert "4／12" in step and "手順 2" in step and "手順 2／2" not in step and "二つ目です。" in step
    assert "一つ目です。" not in step
    assert f'href="{made.url}?step=3"' in step and f'href="{made.url}?step=5"' in step
    assert 'class="site-nav"' not in step


def test_the_large_face_reads_out_what_elders_may_not_know(made, reader):
    assert "さぎ" in html_of(reader("large").get(made.url))
    assert "こんにち" not in html_of(reader("large").get(made.url))
    assert "さぎ" in html_of(reader("large", ruby_grade=6).get(made.url))


def test_the_large_face_ends_on_a_screen_to_finish(made, reader):
    last = html_of(reader("large").get(made.url + "?step=12"))
    assert "12／12" in last and "読み終わりました" in last
    assert "?step=13" not in last


@pytest.mark.parametrize(
    ("step", "shown"), [("99", "12／12"), ("0", "1／12"), ("-1", "1／12"), ("abc", "1／12"), ("", "1／12")]
)
def test_a_step_that_is_not_there_shows_the_nearest(made, reader, step, shown):
    assert shown in html_of(reader("large").get(made.url, {"step": step}))


def test_a_poster_sets_the_face_of_this_session_and_cleans_its_address(made, client):
    response = client.get(made.url + "?face=large&step=3")
    assert response.status_code == 302
    assert response["Location"] == made.url + "?step=3"
    assert client.session["reading"]["face"] == "large"
    assert "3／12" in html_of(client.get(response["Location"]))


def test_a_poster_changes_nothing_that_a_person_stored(made, client_for, cast):
    client_for(cast.hanako).get(made.url + "?face=large")
    assert not ReadingPreferences.objects.filter(user=cast.hanako, face="large").exists()


def test_an_unknown_face_is_ignored(made, client):
    assert "<ruby>" not in html_of(client.get(made.url + "?face=enormous", follow=True))


def test_from_a_screen_to_the_flowing_text_the_place_stays(made, client):
    response = client.get(made.url + "?step=4")
    assert response["Location"] == made.url + "#screen-4"
    html = html_of(client.get(made.url))
    assert re.search(r'<li class="step" id="screen-4"', html)
    assert len(re.findall(r'id="screen-\d+"', html)) == 12


def test_the_face_switch_comes_back_to_the_same_step(made, reader):
    client = reader("large")
    client.get(made.url + "?step=4")
    answer = client.post("/reading/", {"face": "ruby", "next": made.url + "?step=4"})
    assert answer["Location"] == made.url + "?step=4"
    assert client.get(answer["Location"])["Location"] == made.url + "#screen-4"


def test_the_same_texts_are_rendered_once(made, django_assert_num_queries):
    body = made.lesson.body
    first = Body(body, reading=Reading()).parts()
    again = Body(type(made.lesson).objects.get(pk=made.lesson.pk).body, reading=Reading()).parts()
    assert [part.html for part in first] == [part.html for part in again]


def test_what_is_kept_is_kept_for_each_face_and_grade(made):
    def shown(**choices) -> str:
        return str(Body(made.lesson.body, reading=Reading(**choices)).parts()[0].html)

    found = {shown(), shown(face=Face.RUBY), shown(face=Face.RUBY, ruby_grade=3), shown(face=Face.EASY)}
    assert len(found) == 4


def test_a_corrected_alternative_text_is_seen_at_once(made, client):
    client.get(made.url)
    image = made.lesson.body[1].value["image"]
    image.alt_text = "緑のボタン"
    image.save()
    assert 'alt="緑のボタン"' in html_of(client.get(made.url))


def test_a_picture_that_was_deleted_leaves_the_text(made, client):
    made.lesson.body[1].value["image"].delete()
    assert "やってみます" in html_of(client.get(made.url))


def test_a_lesson_without_text_says_so(client):
    course = make_course(open_to_guests=True)
    lesson = make_lesson(course, [])
    assert "まだありません" in html_of(client.get(lesson.activity.url))


@pytest.mark.parametrize("mode", ["standard", "ruby", "easy", "large"])
def test_an_author_sees_every_face_before_publishing(made, mode):
    response = made.lesson.make_preview_request(preview_mode=mode)
    html = html_of(response)
    assert f'data-face="{mode}"' in html
    assert ("まだありません" in html) == (mode == "easy")
    if mode == "large":
        assert "12／12" in html and "手順 2" in html
    assert 'name="text"' not in html
    assert ">読み終わりました<" not in html


def test_the_declaration_has_its_place_for_words(made, client):
    html = html_of(client.get(made.url))
    assert f'id="declaration-{DECLARATION_ID}"' in html
    assert 'name="text"' in html
    assert f"/declaration/{DECLARATION_ID}/" in html
