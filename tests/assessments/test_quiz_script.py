"""Saving as typed, in a real browser: nothing is lost by a bad network, a closed tab or a session that ran out."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client

from assessments.attempts.actions import submit_attempt
from tests.assessments.browsing import MAY_SKIP, ORIGIN, connect
from tests.assessments.builders import RIGHT, WRONG, answer_all, begin, saved_answers

pytestmark = [
    pytest.mark.journey,
    pytest.mark.django_db,
    pytest.mark.skipif(MAY_SKIP, reason="no Chromium on this machine (set CHROMIUM to its path)"),
]
SAVED, WAITING = "保存しました", "まだ保存できていません"


@pytest.fixture
def context(chromium):
    context = chromium.new_context(locale="ja-JP", viewport={"width": 360, "height": 740})
    context.set_default_timeout(5_000)
    yield context
    context.close()


@pytest.fixture
def hanako(cast):
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.hanako)
    return client


@pytest.fixture
def attempt(client_for, cast, quiz):
    return begin(client_for(cast.hanako), quiz)


@pytest.fixture
def page(context):
    return context.new_page()


@pytest.fixture
def wire(page, hanako, attempt):
    wire = connect(page, hanako)
    page.goto(f"{ORIGIN}/attempts/{attempt.uuid}/")
    return wire


def state_of(page, words):
    page.locator("[data-quiz-state]", has_text=words).wait_for()


def choose(page, words):
    page.locator("label", has_text=words).click()


def test_a_choice_is_saved_at_once(page, wire, attempt):
    choose(page, "電話を切る")
    state_of(page, SAVED)
    assert saved_answers(attempt)[0] == ["b"]
    assert page.locator("[data-quiz-progress] .progress__value").text_content().strip() == "1／5"
    choose(page, "お金を送る")
    state_of(page, SAVED)
    page.wait_for_timeout(200)
    assert saved_answers(attempt)[0] == ["a"]


def test_typing_is_saved_after_a_moment(page, wire, attempt):
    page.locator("#q5 input[type=text]").press_sequentially("フィッシング", delay=20)
    assert saved_answers(attempt)[4] is None
    state_of(page, SAVED)
    assert saved_answers(attempt)[4] == "フィッシング"


def test_all_boxes_unticked_takes_the_answer_away(page, wire, attempt):
    choose(page, "公式を見る")
    state_of(page, SAVED)
    choose(page, "公式を見る")
    page.wait_for_timeout(500)
    assert saved_answers(attempt)[1] is None


def test_a_lost_network_is_told_and_caught_up(page, wire, attempt):
    wire.is_cut = True
    choose(page, "電話を切る")
    state_of(page, WAITING)
    choose(page, "公式を見る")
    wire.is_cut = False
    state_of(page, SAVED)
    page.wait_for_timeout(300)
    assert saved_answers(attempt)[:2] == [["b"], ["a"]]
    assert page.evaluate("localStorage.length") == 0


def test_a_page_closed_without_a_network_is_caught_up_later(page, wire, attempt):
    wire.is_cut = True
    choose(page, "電話を切る")
    page.locator("#q5 input[type=text]").fill("フィッシング")
    page.wait_for_timeout(1_000)
    state_of(page, WAITING)
    page.goto("about:blank")
    wire.is_cut = False
    page.goto(f"{ORIGIN}/attempts/{attempt.uuid}/")
    state_of(page, SAVED)
    page.wait_for_timeout(300)
    assert saved_answers(attempt)[0] == ["b"]
    assert saved_answers(attempt)[4] == "フィッシング"
    assert page.locator("#q5 input[type=text]").input_value() == "フィッシング"


def test_what_was_saved_elsewhere_since_is_newer(page, wire, attempt, client_for, cast):
    wire.is_cut = True
    choose(page, "電話を切る")
    state_of(page, WAITING)
    page.goto("about:blank")
    answer_all(client_for(cast.hanako), attempt, WRONG)
    wire.is_cut = False
    page.goto(f"{ORIGIN}/attempts/{attempt.uuid}/")
    page.wait_for_timeout(500)
    assert saved_answers(attempt)[0] == WRONG[0]
    assert page.evaluate("localStorage.length") == 0


def test_a_session_that_ran_out_leads_to_sign_in(page, wire, hanako, cast, attempt):
    del hanako.cookies[settings.SESSION_COOKIE_NAME]
    choose(page, "電話を切る")
    state_of(page, "ログインの時間が切れました")
    assert "/accounts/login/" in page.locator("[data-quiz-state] a").get_attribute("href")
    hanako.force_login(cast.hanako)
    page.goto(f"{ORIGIN}/attempts/{attempt.uuid}/")
    state_of(page, SAVED)
    assert saved_answers(attempt)[0] == ["b"]


def test_handed_in_in_another_tab(page, wire, attempt, at):
    submit_attempt(attempt=attempt, at=at, by=None)
    choose(page, "電話を切る")
    state_of(page, "この回はもう提出されています")
    assert page.locator("[data-quiz-state] a").get_attribute("href") == f"/attempts/{attempt.uuid}/result/"


def test_an_answer_that_cannot_be_taken_is_told_beside_the_question(page, wire, attempt):
    page.evaluate("document.querySelector('#q5 input[type=text]').removeAttribute('maxlength')")
    page.locator("#q5 input[type=text]").fill("あ" * 2_001)
    page.locator("#q5 [data-question-error]", has_text="2,000文字まで").wait_for()
    page.locator("#q5 input[type=text]").fill("短い")
    state_of(page, SAVED)
    assert not page.locator("#q5 [data-question-error]").text_content().strip()


def test_things_are_put_in_order_with_the_keyboard(page, wire, attempt):
    for words, times in (("切る", 2), ("かける", 1)):
        for _ in range(times):
            page.get_by_role("button", name=f"前へ：{words}").press("Enter")
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == "前へ：かける"
    for words in ("話す", "話す"):
        page.get_by_role("button", name=f"後へ：{words}").press("Enter")
    state_of(page, SAVED)
    page.wait_for_timeout(300)
    order = page.locator("#q3 .quiz__label").all_text_contents()
    names = {"a": "切る", "b": "かける", "c": "話す"}
    assert [names[id_] for id_ in saved_answers(attempt)[2]] == order


def test_a_place_is_never_given_twice(page, wire, attempt):
    selects = page.locator("#q3 select")
    for number in range(3):
        selects.nth(number).select_option(str(number + 1))
    selects.nth(2).select_option("1")
    state_of(page, SAVED)
    assert [selects.nth(number).input_value() for number in range(3)] == ["3", "2", "1"]


def test_the_form_hands_in_what_the_script_saved(page, wire, attempt):
    choose(page, "電話を切る")
    state_of(page, SAVED)
    page.get_by_role("button", name="提出に進む").click()
    page.locator("h1", has_text="提出しますか").wait_for()
    page.get_by_role("button", name="この内容で提出する").click()
    page.locator("h1", has_text="もう少しです").wait_for()
    attempt.refresh_from_db()
    assert attempt.score_raw == 1


@pytest.mark.parametrize(
    ("face", "width"), [("standard", 360), ("standard", 1366), ("ruby", 360), ("easy", 360), ("large", 360)]
)
def test_the_pages_have_no_barrier(page, client_for, cast, quiz, practice, width, face):
    page.set_viewport_size({"width": width, "height": 768})
    browser = client_for(cast.hanako)
    browser.post("/reading/", {"face": face, "next": "/"})
    connect(page, browser)
    for shown in (quiz, practice):
        attempt = begin(browser, shown)
        check(page, shown.url)
        for number in (3, 4) if face == "large" else (1,):
            check(page, f"/attempts/{attempt.uuid}/?q={number}")
        answer_all(browser, attempt, [*WRONG[:2], *RIGHT[2:4], None])
        browser.post(f"/attempts/{attempt.uuid}/", {"go": "check-1"})
        check(page, f"/attempts/{attempt.uuid}/?q=1")
        check(page, f"/attempts/{attempt.uuid}/submit/")
        browser.post(f"/attempts/{attempt.uuid}/submit/")
        check(page, f"/attempts/{attempt.uuid}/result/")


def check(page, path):
    page.goto(ORIGIN + path)
    found = Axe().run(page).response["violations"]
    assert not found, [(path, one["id"], [node["html"] for node in one["nodes"]]) for one in found]
    assert page.locator("h1").count() == 1
    assert (
        page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    ), path
