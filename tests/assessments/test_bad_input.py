"""What a browser may send by mistake or malice: a clear sentence, nothing lost, never an error of ours."""

import uuid

import pytest

from assessments.delivery.filling import seed_of, token
from assessments.items.models import ItemVersion
from tests.assessments.builders import RIGHT, fields, post_json, saved_answers, send, text

pytestmark = pytest.mark.django_db

MEGABYTE = "あ" * 350_000


def tokens(attempt, number):
    """The tokens of a question's choices in the author's order."""
    version = ItemVersion.objects.get(pk=attempt.item_versions[number - 1])
    return [token(seed_of(attempt.uuid, version), option["id"]) for option in version.options]


def test_a_script_saves_one_answer(hanako, attempt):
    response = post_json(hanako, attempt, 2, {"chosen": tokens(attempt, 2)[:2]})
    assert response.json()["saved"] is True
    assert response.json()["message"] == "保存しました"
    assert saved_answers(attempt)[1] == ["a", "b"]


def test_a_script_may_send_form_fields(hanako, attempt):
    data = fields(attempt, {3: RIGHT[2]})
    url = f"/attempts/{attempt.uuid}/answers/3/"
    assert hanako.post(url, data, headers={"Accept": "application/json"}).json()["saved"] is True
    assert saved_answers(attempt)[2] == RIGHT[2]
    assert hanako.post(url, data)["Location"] == f"/attempts/{attempt.uuid}/?q=3#q3"


def test_an_empty_answer_takes_the_old_one_away(hanako, attempt):
    assert post_json(hanako, attempt, 1, {"chosen": []}).status_code == 200
    assert saved_answers(attempt)[0] is None


def test_a_1_mb_answer_in_a_form(hanako, attempt):
    response = send(hanako, attempt, {2: ["a"], 5: MEGABYTE})
    html = text(response)
    assert response.status_code == 422
    assert "回答が長すぎます。前の回答はそのまま残っています。2,000文字までに短くしてください。" in html
    assert "ほかの1問は保存しました。" in html
    assert saved_answers(attempt)[1] == ["a"]
    assert saved_answers(attempt)[4] == "前の答え"
    assert len(response.content) < 100_000


def test_a_1_mb_answer_from_a_script(hanako, attempt):
    response = post_json(hanako, attempt, 5, {"text": MEGABYTE})
    assert response.status_code == 422
    assert "2,000文字まで" in response.json()["message"]
    assert saved_answers(attempt)[4] == "前の答え"


def test_a_form_beyond_all_limits_is_refused_without_an_error_of_ours(hanako, attempt):
    response = hanako.post(
        f"/attempts/{attempt.uuid}/",
        {"q5": "a" * (6 * 1024 * 1024)},
        content_type="application/x-www-form-urlencoded",
    )
    assert response.status_code == 400
    assert saved_answers(attempt)[4] == "前の答え"


@pytest.mark.parametrize("body", [b"q5=%ff%fe%e3%81", b"q5=\xe3\x81"])
def test_broken_utf_8_in_a_form(hanako, attempt, body):
    response = hanako.generic(
        "POST", f"/attempts/{attempt.uuid}/", body, content_type="application/x-www-form-urlencoded"
    )
    assert response.status_code == 422
    assert "文字が正しく届きませんでした" in text(response)
    assert saved_answers(attempt)[4] == "前の答え"


@pytest.mark.parametrize("body", [b'{"text": "\xe3\x81"}', b'{"text": "\\ud83d"}'])
def test_broken_utf_8_from_a_script(hanako, attempt, body):
    response = post_json(hanako, attempt, 5, body)
    assert response.status_code == 422
    assert "文字が正しく届きませんでした" in response.json()["message"]


@pytest.mark.parametrize(
    "body",
    [
        b" ",
        b"null",
        b"[1]",
        b'"a"',
        b"{",
        b"[" * 60_000,
        b'{"chosen": "a"}',
        b'{"chosen": [1]}',
        b'{"rows": []}',
        b'{"text": 5}',
        b'{"chosen": [null]}',
    ],
)
def test_what_is_no_answer_at_all(hanako, attempt, body):
    response = post_json(hanako, attempt, 1, body)
    assert response.status_code == 422
    assert "回答を読み取れませんでした" in response.json()["message"]
    assert saved_answers(attempt)[0] == RIGHT[0]


@pytest.mark.parametrize("chosen", ["a", "zzz", "0000000000"])
def test_choices_that_the_question_does_not_have(hanako, attempt, chosen):
    response = post_json(hanako, attempt, 1, {"chosen": [chosen]})
    assert response.status_code == 422
    assert "この問題にない選択肢" in response.json()["message"]
    html = text(hanako.post(f"/attempts/{attempt.uuid}/", {"q1": chosen}))
    assert "この問題にない選択肢" in html
    assert 'href="#q1"' in html
    assert saved_answers(attempt)[0] == RIGHT[0]


def test_two_choices_where_one_is_possible(hanako, attempt):
    response = post_json(hanako, attempt, 1, {"chosen": tokens(attempt, 1)})
    assert "選べるのは一つです" in response.json()["message"]


def test_the_same_place_twice_is_shown_as_it_was_sent(hanako, attempt):
    first, second, _third = tokens(attempt, 3)
    response = hanako.post(f"/attempts/{attempt.uuid}/", {f"q3-{first}": "1", f"q3-{second}": "1"})
    html = text(response)
    assert response.status_code == 422
    assert "同じ番号が二つあります" in html
    assert html.count('<option value="1" selected>') == 2


@pytest.mark.parametrize("place", ["0", "4", "-1", "x", "１", "1" * 5000])
def test_places_that_the_order_does_not_have(hanako, attempt, place):
    response = hanako.post(f"/attempts/{attempt.uuid}/", {f"q3-{tokens(attempt, 3)[0]}": place})
    assert response.status_code == 422


@pytest.mark.parametrize("number", [0, 6, 999])
def test_a_question_that_the_attempt_does_not_have(hanako, attempt, number):
    assert post_json(hanako, attempt, number, {"chosen": []}).status_code == 404


@pytest.mark.parametrize("go", ["check-1", "check-", "check-x", "back", "next", "", "そのほか"])
def test_strange_buttons_only_save(hanako, attempt, go):
    response = send(hanako, attempt, {2: ["c"]}, go=go)
    assert response.status_code == 302
    assert saved_answers(attempt)[1] == ["c"]
    attempt.refresh_from_db()
    assert attempt.is_open


def test_somebody_elses_attempt_is_not_there(client_for, cast, attempt):
    for person in (cast.kacho, cast.outsider, cast.admin):
        other = client_for(person)
        for path in ("", "submit/", "result/"):
            assert other.get(f"/attempts/{attempt.uuid}/{path}").status_code == 404
        assert send(other, attempt, {1: ["a"]}).status_code == 404
        assert post_json(other, attempt, 1, {"chosen": []}).status_code == 404
        assert other.post(f"/attempts/{attempt.uuid}/submit/").status_code == 404
    assert saved_answers(attempt)[0] == RIGHT[0]


def test_an_attempt_that_does_not_exist(hanako, client):
    address = f"/attempts/{uuid.uuid4()}/"
    assert hanako.get(address).status_code == 404
    assert "/accounts/login/" in client.get(address)["Location"]


@pytest.mark.parametrize("path", ["", "answers/1/", "submit/", "result/"])
@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_methods_are_refused(hanako, attempt, path, method):
    assert getattr(hanako, method)(f"/attempts/{attempt.uuid}/{path}").status_code == 405
