"""佐藤 花子, 会計年度任用職員 of 税務課: from what is next to a certificate that anybody can check."""

import io
import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

from tests.journeys.conftest import wait_for
from tests.journeys.quizzes import answer, answer_all, chosen, hand_in, questions

pytestmark = [pytest.mark.journey, pytest.mark.smoke]

COURSE = "生成AIを仕事で安全に使う"
DECLARATION = "日付と金額を、元の資料で一つずつ確かめます。"


def test_hanako_goes_from_what_is_next_to_a_certificate(
    page: Page, sign_in, browser: Browser, browser_context_args, new_person, outside
):
    sign_in(page, "hanako")
    _read_what_is_left(page)
    _begin_the_quiz(page)
    page = _come_back_in_a_new_browser(page, browser, browser_context_args)
    _fail_kindly(page)
    _pass(page)
    certificate = _certificate(page)
    _check_as_a_stranger(certificate, new_person())
    _see_it_finished(page)
    page.context.close()


def _read_what_is_left(page: Page) -> None:
    """Home says what is next, by when and why; from there each lesson leads to the next."""
    page.goto("/learning/")
    following = page.get_by_role("region", name="次にすること")
    expect(following.get_by_role("heading", name=COURSE)).to_be_visible()
    expect(following.get_by_text(re.compile(r"^\d+年\d+月\d+日（.）までに"))).to_be_visible()
    expect(following.get_by_text(re.compile("税務課の会計年度任用職員のため"))).to_be_visible()
    expect(following.get_by_text(re.compile(r"あと約\d+分"))).to_be_visible()
    following.get_by_role("link", name="つづきから").click()
    for lesson in ("出てきた答えを確かめる", "伝わる指示の書き方"):
        expect(page.get_by_role("heading", level=1, name=lesson)).to_be_visible()
        page.get_by_role("button", name="読み終わりました").click()
    expect(page.get_by_role("heading", level=1, name=re.compile("最後に決めるのは職員"))).to_be_visible()
    _declare(page)
    page.get_by_role("button", name="読み終わりました").click()


def _declare(page: Page) -> None:
    page.get_by_label("わたしの宣言").fill(DECLARATION)
    page.get_by_role("button", name="保存する").click()
    expect(page.get_by_text(re.compile("保存しました")).first).to_be_visible()
    page.reload()
    expect(page.get_by_label("わたしの宣言")).to_have_value(DECLARATION)


def _begin_the_quiz(page: Page) -> None:
    """After the lessons come two exercises that nobody has to do: each leads on."""
    for exercise in ("あやしいメール", "答えを確かめる"):
        expect(page.get_by_role("heading", level=1, name=re.compile(exercise))).to_be_visible()
        page.get_by_role("link", name="次の課へ進む").click()
    expect(page.get_by_role("heading", level=1, name="確認テスト")).to_be_visible()
    page.get_by_role("button", name="はじめる").click()
    for item in questions("S105")[:2]:
        answer(page, item, right=False)


def _come_back_in_a_new_browser(page: Page, browser: Browser, arguments: dict) -> Page:
    """The window is shut without a word; the next morning the answers are there."""
    state = page.context.storage_state()
    state["origins"] = []  # what the old browser kept for itself is gone
    page.close()
    page = browser.new_context(**arguments, storage_state=state).new_page()
    page.goto("/learning/")
    page.get_by_role("link", name="つづきから").click()
    expect(page.get_by_text("ここまでの回答は残っています")).to_be_visible()
    page.get_by_role("button", name="つづきから").click()
    expect(chosen(page, questions("S105")[0], right=False)).to_be_checked()
    expect(page.get_by_text("2／8")).to_be_visible()
    return page


def _fail_kindly(page: Page) -> None:
    for item in questions("S105")[2:]:
        answer(page, item, right=False)
    hand_in(page)
    expect(page.get_by_role("heading", level=1, name="もう少しです")).to_be_visible()
    expect(page.get_by_text("不合格")).to_have_count(0)
    expect(page.get_by_text(re.compile("正解の倉庫から取り出しているわけではない")).first).to_be_visible()
    expect(page.get_by_role("link", name=re.compile("^もう一度読む：")).first).to_be_visible()


def _pass(page: Page) -> None:
    page.get_by_role("button", name="もう一度受ける").first.click()
    answer_all(page, "S105")
    hand_in(page)
    expect(page.get_by_role("heading", level=1, name="合格です")).to_be_visible()


def _certificate(page: Page) -> str:
    """The worker has made it; what it says in print. Returns the address at which anybody can check it."""
    link = page.get_by_role("link", name=re.compile("修了証"))

    def there() -> bool:
        page.goto("/learning/")
        return bool(link.count())

    wait_for(there, seconds=30)
    reply = page.request.get(link.first.get_attribute("href") or "")
    assert reply.headers["content-type"] == "application/pdf"
    text = re.sub(r"\s", "", "".join(p.extract_text() for p in PdfReader(io.BytesIO(reply.body())).pages))
    assert "佐藤花子" in text
    assert COURSE in text
    found = re.search(r"https?://[^\s]*?/verify/[A-Za-z0-9-]+/?", text)
    assert found, text
    return urlsplit(found.group()).path


def _check_as_a_stranger(path: str, stranger: Page) -> None:
    response = stranger.goto(path)
    assert response and response.status == 200
    expect(stranger.get_by_text("佐藤 花子")).to_be_visible()
    expect(stranger.get_by_text(COURSE).first).to_be_visible()
    stranger.goto("/verify/")
    stranger.get_by_role("textbox").fill("ZZZZ-ZZZZ-ZZZZ")
    stranger.keyboard.press("Enter")
    expect(stranger.get_by_text("佐藤 花子")).to_have_count(0)


def _see_it_finished(page: Page) -> None:
    page.goto("/learning/")
    finished = page.get_by_role("region", name=re.compile("終わった|修了した"))
    expect(finished.get_by_role("heading", name=COURSE)).to_be_visible()
    expect(page.get_by_role("link", name="つづきから")).to_have_count(0)
