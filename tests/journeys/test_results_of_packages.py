"""鈴木 美咲 plays the exercise of her class; her teacher sees it in the class's list and opens what she answered."""

import csv
import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.test_packages import PUPILS, answer_item, begin_anew

pytestmark = pytest.mark.journey

PUPIL, EXERCISE = "鈴木 美咲", "○×と理由：スマホとタブレットの使い方"
POINTS = re.compile(r"\d+点|合格|不合格|正解率|順位|得点|不正解")


def test_a_teacher_sees_what_came_of_the_exercise_and_opens_the_answers(
    page: Page, sign_in, new_person, outside
):
    pupil = new_person()
    sign_in(pupil, "seito01")
    _play_from_the_beginning(pupil)
    _look_back(pupil)
    sign_in(page, "sensei")
    _open_the_list(page)
    row = page.get_by_role("row").filter(has_text=PUPIL)
    expect(row.get_by_text("終わり")).to_be_visible()
    expect(row.get_by_text(re.compile(r"^\d+回$"))).to_be_visible()
    expect(row.get_by_text("答えと一致")).to_be_visible()
    assert not re.search(r"\d+点", page.get_by_role("table").inner_text())
    _take_the_sheet(page)
    _open_the_answers(page)


def _play_from_the_beginning(pupil: Page) -> None:
    """Whatever was played before in this browser or another."""
    frame = begin_anew(pupil, PUPILS)
    for _item in range(6):
        answer_item(frame)
    expect(frame.locator(".fkm-results")).to_be_visible()
    expect(pupil.locator("[data-package-state]")).to_contain_text("結果を記録しました", timeout=15_000)


def _look_back(pupil: Page) -> None:
    pupil.goto("/learning/")
    pupil.get_by_role("link", name="これまでの練習の結果").click()
    pupil.get_by_role("main").get_by_role("link", name="○×と、その理由").click()
    pupil.get_by_text("答えた内容").first.click()
    expect(pupil.get_by_text("パスワードなら").first).to_be_visible()
    assert not POINTS.search(pupil.get_by_role("main").inner_text())


def _open_the_list(page: Page) -> None:
    page.get_by_role("navigation", name="メインメニュー").get_by_role("link", name="クラス").click()
    page.get_by_role("main").get_by_role("link", name="1年1組").click()
    page.get_by_role("main").get_by_role("link", name=EXERCISE).click()
    expect(page.get_by_role("heading", level=1, name=EXERCISE)).to_be_visible()


def _take_the_sheet(page: Page) -> None:
    with page.expect_download() as download:
        page.get_by_role("link", name="CSVで保存").click()
    text = download.value.path().read_bytes().decode("utf-8-sig")
    assert [row[3] for row in csv.reader(text.splitlines()) if PUPIL in row] == ["終わり"]


def _open_the_answers(page: Page) -> None:
    page.get_by_role("link", name=PUPIL).click()
    expect(page.get_by_role("heading", level=1, name=PUPIL)).to_be_visible()
    answers = page.locator("summary").filter(has_text="答えた内容").first
    answers.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("友だちが教えてくれたパスワードなら").first).to_be_visible()
    expect(page.get_by_text("答えの例とはちがいます。").first).to_be_visible()
