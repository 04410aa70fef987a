"""The head of 税務課 uses the back button in the middle of a quiz and after handing it in."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.quizzes import answer, answer_all, chosen, hand_in, questions

pytestmark = pytest.mark.journey

ITEMS = questions("S105")
QUIZ = "/courses/s105/quiz/"


@pytest.fixture
def quiz(page: Page, sign_in) -> Page:
    sign_in(page, "kacho")
    page.goto(QUIZ)
    page.get_by_role("main").get_by_role(
        "button", name=re.compile("はじめる|つづきから|もう一度受ける")
    ).click()
    expect(page.get_by_role("progressbar", name="答えた問題")).to_be_visible()
    return page


def test_going_back_loses_nothing_and_counts_nothing_twice(quiz: Page, outside):
    _back_in_the_middle(quiz)
    _back_after_handing_in(quiz)
    _one_attempt(quiz)


def _back_in_the_middle(page: Page) -> None:
    """Back from the questions to the page before them, and forward again: the answers are there."""
    answer(page, ITEMS[0])
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.goto(QUIZ)
    page.get_by_role("button", name="つづきから").click()
    expect(chosen(page, ITEMS[0])).to_be_checked()
    answer(page, ITEMS[1])
    page.get_by_role("button", name="提出に進む").click()
    expect(page.get_by_role("button", name="この内容で提出する")).to_be_visible()
    page.go_back()
    expect(chosen(page, ITEMS[0])).to_be_checked()
    expect(page.get_by_role("progressbar", name="答えた問題")).to_be_visible()


def _back_after_handing_in(page: Page) -> None:
    """Each page that back leads to says that this attempt is handed in, and pressing it again changes nothing."""
    answer_all(page, "S105", right=False)
    hand_in(page)
    expect(page.get_by_role("heading", level=1, name="もう少しです")).to_be_visible()
    page.go_back()
    again = page.get_by_role("button", name="この内容で提出する")
    if again.count():
        again.click()
    expect(page).to_have_url(re.compile("/result/"))
    expect(page.get_by_role("heading", level=1, name="もう少しです")).to_be_visible()
    page.go_back()
    page.reload()
    expect(page).to_have_url(re.compile("/result/"))


def _one_attempt(page: Page) -> None:
    page.goto(QUIZ)
    expect(page.get_by_role("link", name=re.compile("^第1回"))).to_have_count(1)
    expect(page.get_by_role("link", name=re.compile("^第2回"))).to_have_count(0)
    expect(page.get_by_role("button", name="つづきから")).to_have_count(0)
