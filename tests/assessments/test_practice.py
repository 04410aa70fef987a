"""Practice for pupils and seniors: whether it was right at once, and no point anywhere."""

import re

import pytest

from assessments.attempts.models import Attempt
from assessments.signals import attempt_graded
from people.learners.actions import claim_learner
from people.learners.models import Learner
from tests.assessments.builders import RIGHT, WRONG, answer_all, begin, fields, saved_answers, send

pytestmark = pytest.mark.django_db

# Words of a score; 「点数はつきません」 is the one that may stand there.
SCORE = re.compile(r"(?<!\d)\d+点|100点|満点|合格|正解率|正解数|\d+問のうち\d+問|/100")


def text(response):
    return response.content.decode()


def main_of(response):
    found = re.search(r"<main.*</main>", text(response), re.DOTALL)
    assert found
    return found[0]


def test_a_visitor_goes_through_without_an_account(client, practice):
    page = client.get(practice.url)
    assert "点数はつきません" in text(page)
    before = Learner.objects.count()
    attempt = begin(client, practice)
    assert attempt.learner.user is None
    answer_all(client, attempt, RIGHT)
    response = send(client, attempt, {}, go="submit")
    assert response["Location"] == f"/attempts/{attempt.uuid}/result/"
    html = text(client.get(response["Location"]))
    assert "さいごまで、できました" in html
    attempt.refresh_from_db()
    assert (attempt.score_raw, attempt.score_scaled, attempt.success) == (None, None, None)
    assert begin(client, practice).learner == attempt.learner
    assert Learner.objects.count() == before + 1


def test_each_answer_is_told_at_once_and_only_that_one(client, practice):
    attempt = begin(client, practice)
    response = send(client, attempt, {1: WRONG[0], 2: RIGHT[1], 5: "わからない"}, go="check-1")
    assert response["Location"] == f"/attempts/{attempt.uuid}/#q1-told"
    html = text(client.get(f"/attempts/{attempt.uuid}/"))
    assert "もう一度、いっしょに確かめましょう。" in html
    assert "電話を切って、自分からかけ直します。" in html
    assert "広める前に止まります。" not in html
    assert "フィッシング" not in html
    assert saved_answers(attempt)[1] == ["a", "c"]
    send(client, attempt, {2: RIGHT[1]}, go="check-2")
    assert "そのとおりです。" in text(client.get(f"/attempts/{attempt.uuid}/"))


def test_a_changed_answer_takes_the_feedback_away(client, practice):
    attempt = begin(client, practice)
    send(client, attempt, {1: WRONG[0]}, go="check-1")
    send(client, attempt, {1: RIGHT[0]})
    assert "かけ直します" not in text(client.get(f"/attempts/{attempt.uuid}/"))
    send(client, attempt, {}, go="check-1")
    assert "そのとおりです。" in text(client.get(f"/attempts/{attempt.uuid}/"))


def test_saving_another_question_keeps_the_feedback(client, practice):
    attempt = begin(client, practice)
    send(client, attempt, {1: WRONG[0]}, go="check-1")
    send(client, attempt, {2: ["a"]})
    assert "かけ直します" in text(client.get(f"/attempts/{attempt.uuid}/"))


@pytest.mark.parametrize("answers", [{}, {3: ["a", "", ""]}])
def test_an_answer_comes_before_the_answer(client, practice, answers):
    attempt = begin(client, practice)
    response = send(client, attempt, answers, go="check-3")
    assert response.status_code == 422
    assert "先に答えてから、答えを見てください" in text(response)
    assert "合言葉" not in text(response)


@pytest.mark.parametrize("answers", [RIGHT, WRONG, [["b"], ["a"], None, {"a": "a"}, None]])
def test_no_point_stands_anywhere(client, practice, answers):
    attempt = begin(client, practice)
    pages = [client.get(practice.url)]
    given = {number: answer for number, answer in enumerate(answers, start=1) if answer}
    send(client, attempt, given)
    for number in given:
        send(client, attempt, {}, go=f"check-{number}")
    pages += [client.get(f"/attempts/{attempt.uuid}/"), client.get(f"/attempts/{attempt.uuid}/submit/")]
    pages += [client.post(f"/attempts/{attempt.uuid}/submit/", follow=True), client.get(practice.url)]
    for page in pages:
        assert page.status_code == 200
        html = re.sub(r"/attempts/[^\"]*|data-[a-z-]+=\"[^\"]*\"", "", main_of(page))
        allowed = html.replace("問のうち", "") if "まだ答えていません" in html else html
        assert not SCORE.search(allowed), SCORE.search(allowed)


def test_what_is_left_out_is_said_before_finishing(client, practice):
    attempt = begin(client, practice)
    send(client, attempt, {1: RIGHT[0]})
    response = send(client, attempt, {}, go="submit")
    assert response["Location"] == f"/attempts/{attempt.uuid}/submit/"
    html = text(client.get(response["Location"]))
    assert "おわりますか" in html
    assert "何度でも" in html


def test_it_can_be_repeated(client, practice):
    for number in (1, 2, 3):
        attempt = begin(client, practice)
        assert attempt.number == number
        answer_all(client, attempt, WRONG)
        html = text(client.post(f"/attempts/{attempt.uuid}/submit/", follow=True))
        assert "もう一度、はじめからする" in html
        assert "正しい答え" in html


def test_the_receiver_hears_no_score(client, practice):
    heard = []
    attempt_graded.connect(lambda **kwargs: heard.append(kwargs), weak=False, dispatch_uid="test")
    try:
        attempt = begin(client, practice)
        client.post(f"/attempts/{attempt.uuid}/submit/")
    finally:
        attempt_graded.disconnect(dispatch_uid="test")
    (told,) = heard
    assert told["attempt"].score_scaled is None
    assert told["by"] is None


def test_another_visitor_cannot_see_it(client, client_for, cast, practice):
    attempt = begin(client, practice)
    stranger = client_for(None)
    response = stranger.get(f"/attempts/{attempt.uuid}/", follow=True)
    assert response.redirect_chain[-1][0] == practice.url
    assert "この端末では、前の続きが見つかりませんでした。" in text(response)
    assert client_for(cast.hanako).get(f"/attempts/{attempt.uuid}/").status_code == 404
    begin(stranger, practice)
    assert stranger.get(f"/attempts/{attempt.uuid}/").status_code == 302


def test_a_script_of_a_lost_visitor_is_told_where_to_begin(client, client_for, practice):
    attempt = begin(client, practice)
    url = f"/attempts/{attempt.uuid}/answers/1/"
    response = client_for(None).post(url, "{}", content_type="application/json")
    assert response.status_code == 401
    assert response.json()["url"] == practice.url


def test_a_claimed_guest_goes_on_with_an_account(client, client_for, cast, practice, at):
    attempt = begin(client, practice)
    claim_learner(learner=attempt.learner, user=cast.hanako, by=cast.hanako, at=at)
    hanako = client_for(cast.hanako)
    assert hanako.get(f"/attempts/{attempt.uuid}/").status_code == 200
    assert send(hanako, attempt, {1: RIGHT[0]}).status_code == 302


def test_the_large_face_tells_on_the_same_screen(client, practice):
    client.post("/reading/", {"face": "large", "next": "/"})
    attempt = begin(client, practice)
    data = {**fields(attempt, {1: RIGHT[0]}), "place": "1", "go": "check-1"}
    response = client.post(f"/attempts/{attempt.uuid}/", data)
    assert response["Location"] == f"/attempts/{attempt.uuid}/?q=1#q1-told"
    html = text(client.get(response["Location"]))
    assert "そのとおりです。" in html
    assert "1／5" in html
    assert Attempt.objects.get().responses.get().score == 1


def test_the_large_face_tells_before_it_goes_on(client, practice):
    client.post("/reading/", {"face": "large", "next": "/"})
    attempt = begin(client, practice)
    data = {**fields(attempt, {1: WRONG[0]}), "place": "1", "go": "next"}
    response = client.post(f"/attempts/{attempt.uuid}/", data)
    assert response["Location"] == f"/attempts/{attempt.uuid}/?q=1#q1-told"
    assert "かけ直します" in text(client.get(response["Location"]))
    again = client.post(f"/attempts/{attempt.uuid}/", {"place": "1", "go": "next"})
    assert again["Location"] == f"/attempts/{attempt.uuid}/?q=2"
    skipped = client.post(f"/attempts/{attempt.uuid}/", {"place": "2", "go": "next"})
    assert skipped["Location"] == f"/attempts/{attempt.uuid}/?q=3"
