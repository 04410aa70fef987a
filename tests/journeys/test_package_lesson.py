"""A lesson with two exercises in a real browser: played side by side, left, resumed, finished; each result is its own."""

import json
import re

import pytest
from playwright.sync_api import FrameLocator, Locator, Page, expect

from tests.journeys.conftest import Site

pytestmark = pytest.mark.journey

CODE, LESSON = "T955", "/courses/t955/l1/"
MAKE = f"from tests.courses.packages.with_blocks import course_of_exercises; course_of_exercises('{CODE}')"
TELL = f"""
import json
from learning.launches.models import PackageAttempt
rows = PackageAttempt.objects.filter(activity__course__code='{CODE}').order_by('pk')
print(json.dumps([[row.activity.title, row.number, float(row.score_max)] for row in rows]))
"""


@pytest.fixture(scope="module")
def lesson(site: Site) -> str:
    made = site.manage("shell", "-v", "0", "-c", MAKE)
    assert made.returncode == 0, made.stderr
    return LESSON


def block(page: Page, number: int) -> Locator:
    return page.locator("[data-package]").nth(number)


def begin(page: Page, number: int) -> FrameLocator:
    """By the keyboard, as somebody without a mouse does."""
    button = block(page, number).locator("[data-package-open]")
    button.focus()
    page.keyboard.press("Enter")
    frame = block(page, number).frame_locator("iframe")
    expect(frame.locator(".fkm-heading").first).to_be_visible(timeout=30_000)
    return frame


def answer(frame: FrameLocator, items: int) -> None:
    """The first choice of every question, checked, and on to the next."""
    for _item in range(items):
        groups = frame.locator("input[type=radio]").evaluate_all(
            "all => [...new Set(all.map(one => one.name))]"
        )
        for name in groups:
            frame.locator(f"input[name='{name}']").first.check()
        frame.locator(".fkm-actions button").first.click()
        expect(frame.locator(".fkm-feedback")).to_be_visible()
        frame.locator(".fkm-actions button").first.click()


def saved(page: Page, number: int) -> None:
    state = block(page, number).locator("[data-package-state]")
    expect(state).to_have_text("保存しました。", timeout=15_000)


def test_two_exercises_are_left_resumed_and_finished_each_for_itself(page, lesson, site, outside):
    page.goto(lesson)
    one, other = begin(page, 0), begin(page, 1)
    answer(one, 2)
    answer(other, 1)
    saved(page, 0)
    saved(page, 1)
    page.goto(f"/courses/{CODE.lower()}/")
    expect(page.get_by_text("課の中の練習")).to_have_count(2)

    page.goto(lesson)
    expect(page.get_by_role("button", name="練習のつづきをする")).to_have_count(2)
    one, other = begin(page, 0), begin(page, 1)
    expect(one.locator(".fkm-place")).to_contain_text("3")
    expect(other.locator(".fkm-place")).to_contain_text("2")
    answer(one, 4)
    expect(block(page, 0).locator("[data-package-state]")).to_contain_text(
        "結果を記録しました", timeout=15_000
    )
    expect(block(page, 1).locator("[data-package-state]")).not_to_contain_text("結果")

    page.goto(lesson)
    expect(block(page, 0).get_by_text("練習ずみ")).to_be_visible()
    expect(block(page, 1).get_by_text("練習ずみ")).to_have_count(0)
    page.get_by_role("button", name="読み終わりました").click()
    page.wait_for_url(f"**/courses/{CODE.lower()}/")
    # The lesson is read; what the course still needs is the other exercise, and the button leads to its place.
    page.locator(".card--next a.button--primary").click()
    expect(page).to_have_url(re.compile(r"/l1/#screen-2$"))

    answer(begin(page, 1), 4)
    expect(block(page, 1).locator("[data-package-state]")).to_contain_text("修了", timeout=15_000)
    attempts = json.loads(site.manage("shell", "-v", "0", "-c", TELL).stdout.strip().splitlines()[-1])
    assert [attempt[:2] for attempt in attempts] == [["練習1", 1], ["練習2", 1]]
    assert attempts[0][2] != attempts[1][2]


def test_on_the_large_face_each_exercise_is_a_screen_and_nothing_is_cut_off(new_person, lesson):
    page = new_person(viewport={"width": 320, "height": 568})
    page.goto(f"{lesson}?face=large")
    begin(page, 0)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.get_by_role("link", name="つぎへ").click()
    frame = begin(page, 0)
    expect(frame.locator(".fkm-place")).to_contain_text("1")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
