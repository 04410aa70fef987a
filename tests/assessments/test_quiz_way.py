"""A learner's way through a scored quiz in the browser, without scripts."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assessments.attempts.enums import AttemptState
from assessments.attempts.models import Attempt
from assessments.delivery.pages import QuizPageItem
from assessments.quizzes.models import Quiz
from courses.lessons.pages import LessonPage
from tests.assessments.builders import (
    RIGHT,
    WRONG,
    answer_all,
    begin,
    make_course,
    make_items,
    make_quiz,
    saved_answers,
    send,
)

pytestmark = pytest.mark.django_db

TWO = [{"id": "a", "text": "一"}, {"id": "b", "text": "二"}]


def text(response):
    return response.content.decode()


def test_the_first_page_says_what_to_expect(client_for, cast, quiz):
    html = text(client_for(cast.hanako).get(quiz.url))
    for words in ("確認テスト", "5問", "約5分", "100点満点で80点", "5問中4問", "何度でも", "はじめる"):
        assert words in html


def test_a_signed_out_visitor_is_led_to_sign_in(client, quiz):
    assert "/accounts/login/" in client.get(quiz.url)["Location"]
    response = client.post(f"/quizzes/{quiz.activity.uuid}/start/")
    assert response.status_code == 302
    assert "/accounts/login/" in response["Location"]


def test_beginning_by_address_leads_to_the_first_page(client_for, cast, quiz):
    assert client_for(cast.hanako).get(f"/quizzes/{quiz.activity.uuid}/start/")["Location"] == quiz.url


def test_from_beginning_to_passing(client_for, cast, quiz):
    hanako = client_for(cast.hanako)
    attempt = begin(hanako, quiz)
    page = text(hanako.get(f"/attempts/{attempt.uuid}/"))
    assert "電話でお金の話が出ました" in page
    assert "0／5" in page
    answer_all(hanako, attempt, [*RIGHT[:4], "ちがう"])
    assert send(hanako, attempt, {}, go="submit")["Location"] == f"/attempts/{attempt.uuid}/submit/"
    assert "5問すべてに答えました" in text(hanako.get(f"/attempts/{attempt.uuid}/submit/"))
    response = hanako.post(f"/attempts/{attempt.uuid}/submit/", follow=True)
    attempt.refresh_from_db()
    assert [attempt.state, attempt.score_raw, attempt.score_max, attempt.success] == ["submitted", 4, 5, True]
    html = text(response)
    for words in (
        "合格です",
        "100点満点で80点",
        "5問のうち4問",
        "電話を切って、自分からかけ直します。",
        "もう一度読む：電話の話",
    ):
        assert words in html
    assert "フィッシング" in html


def test_failing_is_told_kindly_and_does_not_tell_the_answers(client_for, cast, quiz):
    hanako = client_for(cast.hanako)
    attempt = begin(hanako, quiz)
    answer_all(hanako, attempt, WRONG)
    html = text(hanako.post(f"/attempts/{attempt.uuid}/submit/", follow=True))
    assert "もう少しです" in html
    assert "もう一度受ける" in html
    assert "にせのページで番号を盗みます。" in html
    assert "正しい答え" not in html
    assert "不合格" not in html


def test_what_is_not_answered_is_told_before_handing_in(client_for, cast, quiz):
    hanako = client_for(cast.hanako)
    attempt = begin(hanako, quiz)
    send(hanako, attempt, {1: ["b"], 3: ["a", "", ""]})
    html = text(hanako.get(f"/attempts/{attempt.uuid}/submit/"))
    assert "5問のうち4問に、まだ答えていません" in html
    assert f"/attempts/{attempt.uuid}/?q=3#q3" in html
    hanako.post(f"/attempts/{attempt.uuid}/submit/")
    attempt.refresh_from_db()
    assert [attempt.score_raw, attempt.success] == [1, False]


def test_it_goes_on_where_somebody_closed_the_browser(client_for, cast, quiz):
    attempt = begin(client_for(cast.hanako), quiz)
    answer_all(client_for(cast.hanako), attempt, RIGHT[:3])
    again = client_for(cast.hanako)
    assert "つづきから" in text(again.get(quiz.url))
    assert begin(again, quiz) == attempt
    assert saved_answers(attempt) == [*RIGHT[:3], None, None]
    assert "3／5" in text(again.get(f"/attempts/{attempt.uuid}/"))


def test_answers_and_explanations_do_not_reach_the_browser_before_handing_in(client_for, cast, quiz):
    hanako = client_for(cast.hanako)
    attempt = begin(hanako, quiz)
    pages = [
        hanako.get(quiz.url),
        hanako.get(f"/attempts/{attempt.uuid}/"),
        hanako.get(f"/attempts/{attempt.uuid}/submit/"),
    ]
    for html in map(text, pages):
        assert "フィッシング" not in html
        assert "かけ直します" not in html
        assert "合言葉" not in html
        for id_ in "abc":
            assert f'value="{id_}"' not in html


def test_the_order_on_screen_tells_nothing(client_for, cast):
    letters = [{"id": f"x{number:02}", "text": f"その{number:02}番目の文"} for number in range(12)]
    item = {"kind": "ordering", "stem": "並べましょう", "options": letters, "key": [o["id"] for o in letters]}
    page = make_quiz(make_course(), make_items([item]))
    orders = set()
    for person in (cast.hanako, cast.kacho, cast.officer):
        browser = client_for(person)
        html = text(browser.get(f"/attempts/{begin(browser, page).uuid}/"))
        orders.add(tuple(sorted(range(12), key=lambda number: html.index(f"その{number:02}番目"))))
    assert tuple(range(12)) not in orders
    assert len(orders) == 3


def test_all_attempts_used(client_for, cast):
    page = make_quiz(make_course(), max_attempts=1)
    hanako = client_for(cast.hanako)
    assert "あと1回" in text(hanako.get(page.url))
    attempt = begin(hanako, page)
    assert "これが最後の回です" in text(hanako.get(page.url))
    hanako.post(f"/attempts/{attempt.uuid}/submit/")
    assert "研修担当" in text(hanako.get(page.url))
    response = hanako.post(f"/quizzes/{page.activity.uuid}/start/", follow=True)
    assert "受けられる回数が終わりました" in text(response)
    assert Attempt.objects.count() == 1
    html = text(hanako.get(f"/attempts/{attempt.uuid}/result/"))
    assert "もう一度受ける" not in html
    assert "正しい答え" in html


def test_the_best_result_stays_on_the_first_page(client_for, cast, quiz):
    hanako = client_for(cast.hanako)
    for answers in (RIGHT, WRONG):
        attempt = begin(hanako, quiz)
        answer_all(hanako, attempt, answers)
        hanako.post(f"/attempts/{attempt.uuid}/submit/")
    html = text(hanako.get(quiz.url))
    assert "100点" in html
    assert "第2回" in html


def test_a_quiz_without_questions(client_for, cast):
    page = make_quiz(make_course(), [])
    hanako = client_for(cast.hanako)
    assert "まだ問題がありません" in text(hanako.get(page.url))
    assert "まだ問題がありません" in text(hanako.post(f"/quizzes/{page.activity.uuid}/start/", follow=True))


def test_a_changed_quiz_does_not_change_an_attempt_on_its_way(client_for, cast, quiz):
    hanako = client_for(cast.hanako)
    attempt = begin(hanako, quiz)
    make_items(
        [
            {
                "kind": "single",
                "stem": "新しい問い",
                "options": [{"id": "a", "text": "一"}, {"id": "b", "text": "二"}],
                "key": ["a"],
            }
        ]
    )
    course = quiz.get_parent().specific
    course.pass_mark = 100
    course.save_revision().publish()
    assert Quiz.objects.get(activity=quiz.activity).pass_mark == 100
    assert "新しい問い" not in text(hanako.get(f"/attempts/{attempt.uuid}/"))
    answer_all(hanako, attempt, [*RIGHT[:4], None])
    hanako.post(f"/attempts/{attempt.uuid}/submit/")
    attempt.refresh_from_db()
    assert (attempt.pass_mark, attempt.success) == (80, True)
    quiz.quiz_items = [QuizPageItem(item=entry.item) for entry in quiz.quiz_items.all()]
    quiz.save_revision().publish()
    assert "新しい問い" in text(hanako.get(f"/attempts/{begin(hanako, quiz).uuid}/"))


def test_the_large_face_shows_one_question_on_a_screen(client_for, cast, quiz):
    hanako = client_for(cast.hanako)
    hanako.post("/reading/", {"face": "large", "next": "/"})
    attempt = begin(hanako, quiz)
    html = text(hanako.get(f"/attempts/{attempt.uuid}/"))
    assert "1／5" in html
    assert "お金の話が出ました" in html
    assert "順に並べましょう" not in html
    response = hanako.post(f"/attempts/{attempt.uuid}/", {"place": "1", "go": "next"})
    assert response["Location"] == f"/attempts/{attempt.uuid}/?q=2"
    assert "2／5" in text(hanako.get(response["Location"]))
    assert hanako.post(f"/attempts/{attempt.uuid}/", {"place": "2", "go": "back"})["Location"].endswith(
        "?q=1"
    )
    last = text(hanako.get(f"/attempts/{attempt.uuid}/?q=999999"))
    assert "5／5" in last
    assert hanako.post(f"/attempts/{attempt.uuid}/", {"place": "5", "go": "submit"})["Location"].endswith(
        "/submit/"
    )


@pytest.mark.parametrize("q", ["0", "-1", "abc", "１", "", "99999999999999999999"])
def test_a_strange_place_shows_some_question(client_for, cast, quiz, q):
    hanako = client_for(cast.hanako)
    attempt = begin(hanako, quiz)
    assert hanako.get(f"/attempts/{attempt.uuid}/", {"q": q}).status_code == 200


def test_readings_stand_above_the_question_in_the_ruby_face(client_for, cast, quiz):
    hanako = client_for(cast.hanako)
    hanako.post("/reading/", {"face": "ruby", "ruby_grade": "0", "next": "/"})
    html = text(hanako.get(f"/attempts/{begin(hanako, quiz).uuid}/"))
    assert "<ruby>電話" in html


def test_what_stands_around_the_questions_has_readings_too(client_for, cast, quiz):
    hanako = client_for(cast.hanako)
    assert "<rt" not in text(hanako.get(quiz.url))
    hanako.post("/reading/", {"face": "ruby", "ruby_grade": "0", "next": "/"})
    first = text(hanako.get(quiz.url))
    for shown in ("5<ruby>問<rp>", ">ごうかく</rt>", ">とちゅう</rt>"):
        assert shown in first
    attempt = begin(hanako, quiz)
    questions = text(hanako.get(f"/attempts/{attempt.uuid}/"))
    for shown in ("<ruby>選<rp>", ">ていしゅつ</rt>", ">ほぞん</rt>"):
        assert shown in questions
    answer_all(hanako, attempt, WRONG)
    result = text(hanako.post(f"/attempts/{attempt.uuid}/submit/", follow=True))
    for shown in (">せいかい</rt>", ">かいせつ</rt>", ">いちど</rt>"):
        assert shown in result


def test_a_title_is_escaped_once_in_every_face(client_for, cast, quiz):
    hanako = client_for(cast.hanako)
    lesson = quiz.get_parent().get_children().type(LessonPage).get().specific
    lesson.title, lesson.title_ruby = "A&B <話>", "A&B <{話|はなし}>"
    lesson.save_revision().publish()
    for face in ("standard", "ruby"):
        hanako.post("/reading/", {"face": face, "ruby_grade": "0", "next": "/"})
        attempt = begin(hanako, quiz)
        answer_all(hanako, attempt, WRONG)
        result = text(hanako.post(f"/attempts/{attempt.uuid}/submit/", follow=True))
        assert "もう" in result and "A&amp;B &lt;" in result
        assert "&amp;amp;" not in result and "<話>" not in result


def test_the_number_of_queries_does_not_grow_with_the_questions(client_for, cast):
    few, many = queries_of_each_step(client_for, cast, 5), queries_of_each_step(client_for, cast, 20)
    assert few == many
    assert many["questions"] <= 12, many


def queries_of_each_step(client_for, cast, number):
    """The whole way through a quiz with so many questions: step → number of queries."""
    content = {"kind": "single", "stem": "どれ", "options": TWO, "key": ["a"]}
    course = make_course(f"T{number}")
    page = make_quiz(course, make_items([content] * number, course.code))
    hanako = client_for(cast.hanako)
    attempt = begin(hanako, page)
    address, answers = f"/attempts/{attempt.uuid}/", {place: ["a"] for place in range(1, number + 1)}
    counts = {
        "first page": count_queries(lambda: hanako.get(page.url)),
        "questions": count_queries(lambda: hanako.get(address)),
        "save": count_queries(lambda: send(hanako, attempt, answers)),
        "confirm": count_queries(lambda: hanako.get(f"{address}submit/")),
        "submit": count_queries(lambda: hanako.post(f"{address}submit/")),
        "result": count_queries(lambda: hanako.get(f"{address}result/")),
    }
    attempt.refresh_from_db()
    assert [attempt.state, attempt.score_raw] == [AttemptState.SUBMITTED, number]
    return counts


def count_queries(step):
    cache.clear()
    with CaptureQueriesContext(connection) as captured:
        step()
    return len(captured)
