"""遠藤 直子, teacher, and 鈴木 美咲, pupil no. 1 of her class: one lesson, given, learned and seen."""

import io
import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from office.calendar.rules import written_date

pytestmark = pytest.mark.journey

COURSE, CLASS = "ネットの情報を確かめる力", "1年1組"
LESSON = "災害のときの情報―広める前に止まる"
WHY = "来週の防災学習で使います。"
DUE = (datetime.now(ZoneInfo("Asia/Tokyo")) + timedelta(days=6)).date()
# Where eyes rest: a little above the middle of the screen.
UNDER_THE_EYE = """part => scrollTo({
  top: scrollY + part.getBoundingClientRect().top - innerHeight * 0.3, behavior: "instant" })"""


def test_a_teacher_gives_one_lesson_and_sees_who_has_learned_it(page: Page, sign_in, new_person, outside):
    sign_in(page, "sensei")
    _assign_in_three_steps(page)
    pupil = new_person(viewport={"width": 1024, "height": 600})
    sign_in(pupil, "seito01")
    _learn_with_readings(pupil)
    _look_back_without_points(pupil)
    _see_on_the_board(page)
    _take_the_sheet(page)


def _assign_in_three_steps(page: Page) -> None:
    _open_class(page)
    page.get_by_role("link", name="このクラスに割り当てる").click()
    expect(page.get_by_text("手順 1／3")).to_be_visible()
    page.get_by_role("link", name=COURSE).click()
    expect(page.get_by_text("手順 2／3")).to_be_visible()
    expect(page.get_by_label("クラスまたは所属").locator("option:checked")).to_have_text(re.compile(CLASS))
    page.get_by_label("学ぶ内容").select_option(label=LESSON)
    page.get_by_label("期限").fill(DUE.isoformat())
    page.get_by_label("理由").fill(WHY)
    page.get_by_role("button", name="内容を確かめる").click()
    expect(page.get_by_text("手順 3／3")).to_be_visible()
    expect(page.get_by_text("対象 32人")).to_be_visible()
    page.get_by_role("button", name="割り当てる").dblclick()
    expect(page.get_by_role("heading", level=1, name=COURSE)).to_be_visible()
    page.goto("/assignments/")
    expect(page.get_by_role("row").filter(has_text=LESSON)).to_have_count(1)


def _open_class(page: Page) -> None:
    page.get_by_role("navigation", name="メインメニュー").get_by_role("link", name="クラス").click()
    page.get_by_role("main").get_by_role("link", name=CLASS).click()


def _learn_with_readings(pupil: Page) -> None:
    """The lesson of the teacher is on the first page; the face changes where the pupil reads, not elsewhere."""
    _see_the_duty(pupil)
    expect(pupil.locator("ruby")).to_have_count(0)
    _switch_where_one_reads(pupil)
    pupil.get_by_role("button", name=spaced("読み終わりました")).click()
    expect(pupil.get_by_role("heading", level=1, name=spaced("確かめた結果を伝える"))).to_be_visible()


def _switch_where_one_reads(pupil: Page) -> None:
    """The page comes back at the part that was on the screen."""
    part = pupil.get_by_role("article").locator("[data-place]").nth(2)
    number = part.get_attribute("data-place")
    part.evaluate(UNDER_THE_EYE)
    pupil.get_by_role("button", name="ふりがな").evaluate("button => button.focus({preventScroll: true})")
    pupil.keyboard.press("Enter")
    expect(pupil.get_by_role("button", name="ふりがな")).to_have_attribute("aria-pressed", "true")
    expect(pupil.locator("main ruby rt").first).to_be_visible()
    expect(pupil).to_have_url(re.compile(rf"/courses/e201/l4/.*#screen-{number}$"))
    expect(part).to_be_in_viewport()


def _see_the_duty(pupil: Page) -> None:
    pupil.goto("/learning/")
    expect(pupil.get_by_text(re.compile(re.escape(WHY.rstrip("。"))))).to_be_visible()
    expect(pupil.get_by_text(f"{written_date(DUE, with_weekday=True)}までに")).to_be_visible()
    pupil.get_by_role("main").get_by_role("link", name=COURSE, exact=True).first.click()
    pupil.get_by_role("main").get_by_role("link", name=LESSON).click()
    expect(pupil.get_by_role("heading", level=1, name=LESSON)).to_be_visible()


def _look_back_without_points(pupil: Page) -> None:
    pupil.goto("/courses/e201/quiz/")
    pupil.get_by_role("button", name="はじめる").click()
    pages = [pupil.get_by_role("main").inner_text()]
    question = pupil.get_by_role("main").get_by_role("group").first
    question.locator("label").first.click()
    # With readings between its letters a name cannot be searched for as a word.
    question.locator("button[value^=check]").click()
    expect(pupil.get_by_text(re.compile("いっしょに"))).to_be_visible()
    pages.append(pupil.get_by_role("main").inner_text())
    pupil.get_by_role("button", name="おわる").click()
    pupil.get_by_role("button", name="おわる").click()
    expect(pupil.get_by_role("heading", level=1)).to_contain_text("できました")
    pages.append(pupil.get_by_role("main").inner_text())
    for text in pages:
        assert not re.search(r"\d+点|合格|不合格|正解率|順位|得点|不正解", text), text


def _see_on_the_board(page: Page) -> None:
    _open_class(page)
    row = page.get_by_role("row").filter(has_text="鈴木 美咲").first
    expect(row.get_by_text("終わり", exact=True)).to_have_count(2)  # the lesson and looking back
    expect(row.get_by_text("まだ始めていません")).to_have_count(0)


def _take_the_sheet(page: Page) -> None:
    with page.expect_download() as download:
        page.get_by_role("link", name="Excel（xlsx）で保存").click()
    sheet = load_workbook(io.BytesIO(download.value.path().read_bytes())).active
    assert sheet is not None
    rows = [list(row) for row in sheet.iter_rows(values_only=True)]
    assert any(LESSON in row for row in rows[:5])
    assert sum("鈴木 美咲" in row for row in rows) == 1


def spaced(words: str) -> re.Pattern[str]:
    """The name of something with readings: a browser puts spaces around each reading."""
    return re.compile(r"\s*".join(map(re.escape, words)))
