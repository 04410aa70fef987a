"""Double clicks, two tabs, the back button, a session that ran out: nothing is lost and nothing happens twice."""

import pytest

from assessments.attempts.models import Attempt
from assessments.signals import attempt_graded
from tests.assessments.builders import RIGHT, begin, fields, post_json, saved_answers, send, text

pytestmark = pytest.mark.django_db


def test_a_second_click_on_handing_in_marks_once(hanako, attempt):
    heard = []
    attempt_graded.connect(lambda **kwargs: heard.append(kwargs), weak=False, dispatch_uid="test")
    try:
        first = hanako.post(f"/attempts/{attempt.uuid}/submit/")
        second = hanako.post(f"/attempts/{attempt.uuid}/submit/", follow=True)
    finally:
        attempt_graded.disconnect(dispatch_uid="test")
    assert first["Location"] == f"/attempts/{attempt.uuid}/result/"
    assert "この回はもう提出されています。結果を表示します。" in text(second)
    assert len(heard) == 1


def test_a_second_click_on_beginning_joins_the_attempt(hanako, attempt, quiz):
    assert begin(hanako, quiz) == attempt
    assert Attempt.objects.count() == 1


def test_the_back_button_after_handing_in(hanako, attempt):
    page = hanako.get(f"/attempts/{attempt.uuid}/")
    assert "no-store" in page["Cache-Control"]
    hanako.post(f"/attempts/{attempt.uuid}/submit/")
    response = hanako.get(f"/attempts/{attempt.uuid}/", follow=True)
    assert response.redirect_chain[-1][0] == f"/attempts/{attempt.uuid}/result/"
    assert "この回はもう提出されています" in text(response)


def test_answers_to_a_submitted_attempt_change_nothing(hanako, attempt):
    hanako.post(f"/attempts/{attempt.uuid}/submit/")
    response = send(hanako, attempt, {1: ["a"]})
    assert response["Location"] == f"/attempts/{attempt.uuid}/result/"
    reply = post_json(hanako, attempt, 1, {"chosen": []})
    assert reply.status_code == 409
    assert reply.json()["url"] == f"/attempts/{attempt.uuid}/result/"
    assert "もう提出されています" in reply.json()["message"]
    assert saved_answers(attempt)[0] == RIGHT[0]


def test_the_result_of_an_open_attempt_leads_back_to_it(hanako, attempt):
    assert hanako.get(f"/attempts/{attempt.uuid}/result/")["Location"] == f"/attempts/{attempt.uuid}/"


def test_two_tabs_do_not_undo_each_other(hanako, attempt):
    """Both show the page as it is now; the first answers 2, the second 3; the second's page still has 2 empty."""
    first = {**fields(attempt, {2: ["a", "c"]}, was=True), "go": "save"}
    second = {**fields(attempt, {3: RIGHT[2]}, was=True), "go": "save"}
    # was=True names the digests of what is saved now, and only one question differs from it in each tab.
    hanako.post(f"/attempts/{attempt.uuid}/", first)
    hanako.post(f"/attempts/{attempt.uuid}/", second)
    assert saved_answers(attempt)[:3] == [["b"], ["a", "c"], RIGHT[2]]


def test_the_last_of_two_tabs_wins_a_question(hanako, attempt):
    first = {**fields(attempt, {1: ["a"]}, was=True), "go": "save"}
    second = {**fields(attempt, {1: ["c"]}, was=True), "go": "save"}
    hanako.post(f"/attempts/{attempt.uuid}/", first)
    hanako.post(f"/attempts/{attempt.uuid}/", second)
    assert saved_answers(attempt)[0] == ["c"]


def test_one_tab_hands_in_while_the_other_answers(hanako, attempt):
    page = {**fields(attempt, {2: ["a"]}, was=True), "go": "submit"}
    hanako.post(f"/attempts/{attempt.uuid}/submit/")
    response = hanako.post(f"/attempts/{attempt.uuid}/", page, follow=True)
    assert "この回はもう提出されています" in text(response)


def test_a_session_that_ran_out_keeps_the_answers(client, hanako, attempt, cast):
    """The same browser, signed out by time: what was in the form is there after signing in again."""
    response = send(client, attempt, {2: ["a", "c"], 5: "あとの答え"})
    assert response.status_code == 302
    assert "/accounts/login/" in response["Location"]
    assert f"next=/attempts/{attempt.uuid}/" in response["Location"]
    assert saved_answers(attempt)[4] == "前の答え"
    page = client.post(
        response["Location"],
        {"login": cast.hanako.username, "password": "himawari-2026", "next": f"/attempts/{attempt.uuid}/"},
        follow=True,
    )
    assert "ログインし直す前に入力した回答を保存しました。" in text(page)
    assert saved_answers(attempt) == [["b"], ["a", "c"], None, None, "あとの答え"]


def test_the_answers_of_a_session_that_ran_out_are_for_nobody_else(client, attempt, cast):
    send(client, attempt, {5: "あとの答え"})
    client.force_login(cast.kacho)
    assert client.get(f"/attempts/{attempt.uuid}/").status_code == 404
    assert saved_answers(attempt)[4] == "前の答え"


def test_a_script_hears_that_the_session_ran_out(client, attempt):
    response = post_json(client, attempt, 1, {"chosen": []})
    assert response.status_code == 401
    assert "もう一度ログイン" in response.json()["message"]
    assert "/accounts/login/" in response.json()["url"]


def test_a_course_that_closed_in_between(hanako, attempt, quiz):
    quiz.get_parent().specific.unpublish()
    response = send(hanako, attempt, {1: ["a"]})
    assert response.status_code in (403, 404)
    assert post_json(hanako, attempt, 1, {"chosen": []}).status_code == 403
    assert saved_answers(attempt)[0] == RIGHT[0]
