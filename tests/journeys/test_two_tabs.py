"""菅野 和夫 of the 公民館 answers a quiz with two windows open, a bad network and an impatient finger."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.quizzes import SAVED, answer, choose, chosen, group, questions

pytestmark = pytest.mark.journey

ITEMS = questions("S105")


@pytest.fixture
def quiz(page: Page, sign_in) -> Page:
    """A running attempt of S105."""
    sign_in(page, "kominkan")
    page.goto("/courses/s105/quiz/")
    page.get_by_role("button", name=re.compile("はじめる|つづきから|もう一度受ける")).click()
    expect(page.get_by_role("progressbar", name="答えた問題")).to_be_visible()
    return page


def test_two_windows_a_dead_network_and_a_double_click(quiz: Page, outside):
    other = _second_window(quiz)
    _both_answer(quiz, other)
    _lose_the_network(quiz)
    _hand_in_twice(quiz)
    _go_back(quiz)
    _other_window_is_told(other)


def _second_window(page: Page) -> Page:
    other = page.context.new_page()
    other.goto(page.url)
    return other


def _both_answer(page: Page, other: Page) -> None:
    """What one window saves the other does not undo, though it has never seen it."""
    answer(page, ITEMS[0])
    answer(other, ITEMS[2])
    answer(page, ITEMS[3], right=False)
    answer(other, ITEMS[4])
    page.reload()
    for number, right in ((0, True), (2, True), (3, False), (4, True)):
        expect(chosen(page, ITEMS[number], right=right)).to_be_checked()


def _lose_the_network(page: Page) -> None:
    page.context.set_offline(True)
    choose(page, ITEMS[3])
    told = page.get_by_role("status").filter(has_text="保存できていません")
    expect(told).to_be_visible()
    expect(told).to_contain_text("この端末に残っています")
    page.context.set_offline(False)
    expect(page.get_by_role("status").filter(has_text=re.compile(rf"^{SAVED}"))).to_be_visible(timeout=15_000)
    page.reload()
    expect(chosen(page, ITEMS[3])).to_be_checked()


def _hand_in_twice(page: Page) -> None:
    page.get_by_role("button", name="提出に進む").click()
    page.get_by_role("button", name="この内容で提出する").dblclick()
    expect(page.get_by_role("heading", level=1, name="もう少しです")).to_be_visible()
    page.goto("/courses/s105/quiz/")
    expect(page.get_by_role("link", name=re.compile("^第1回"))).to_have_count(1)
    expect(page.get_by_role("link", name=re.compile("^第2回"))).to_have_count(0)
    page.get_by_role("link", name=re.compile("^第1回")).click()


def _go_back(page: Page) -> None:
    """Back to a form that has been handed in: pressing it again tells, and changes nothing."""
    result = page.url
    attempt = result.replace("result/", "")
    page.goto(attempt)
    expect(page).to_have_url(re.compile("/result/"))
    expect(page.get_by_text("提出").first).to_be_visible()


def _other_window_is_told(other: Page) -> None:
    """The forgotten window still shows its form: what is answered there is not taken, and it says so."""
    choose(other, ITEMS[0], right=False)
    expect(other.get_by_role("status").filter(has_text=re.compile("提出"))).to_be_visible()
    other.get_by_role("button", name="提出に進む").click()
    expect(other.get_by_role("heading", level=1, name="もう少しです")).to_be_visible()
    assert group(other, ITEMS[0]).count() == 0
