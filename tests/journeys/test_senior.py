"""A visitor of 74 years, without any account: from the first page through the large screens to the paper sheet."""

import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.paper import codes, words

pytestmark = pytest.mark.journey

COURSE = "だまされないために―なりすまし詐欺とにせメール"
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
TABLET = {"viewport": {"width": 1024, "height": 768}, "has_touch": True}
LETTERS, TARGET = 24, 56

# Smallest letters that are seen, and the smallest side that is touched, in CSS pixels.
SMALL_LETTERS = """least => [...document.querySelectorAll("body *")]
  .filter(e => e.checkVisibility() && !e.closest(".visually-hidden, rt, .skip-link")
    && [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()))
  .map(e => [parseFloat(getComputedStyle(e).fontSize), e.textContent.trim().slice(0, 30)])
  .filter(([size]) => size < least)"""
SMALL_TARGETS = """least => [...document.querySelectorAll("a, button, input, select, summary")]
  .filter(e => e.checkVisibility() && !e.closest(".visually-hidden, .skip-link, p a") && e.type !== "hidden")
  .map(e => [e.getBoundingClientRect(), e.textContent.trim().slice(0, 30)])
  .map(([box, text]) => [Math.round(Math.min(box.width, box.height) * 10) / 10, text])
  .filter(([size]) => size < least)"""


@pytest.mark.smoke
@pytest.mark.parametrize("device", [PHONE, TABLET], ids=["phone", "tablet"])
def test_a_senior_steps_through_a_lesson_and_takes_it_home(device, new_person, tmp_path):
    page = new_person(**device)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    _find_the_lesson(page)
    _step_through(page)
    _finish(page)
    _print(page, tmp_path)
    assert not [url for url in asked if "/accounts/" in url]
    assert {urlsplit(url).hostname for url in asked} == {"localhost"}


def _find_the_lesson(page: Page) -> None:
    page.goto("/")
    page.get_by_role("main").get_by_role("link", name=re.compile("シニア")).first.click()
    page.get_by_role("link", name=COURSE).click()
    page.get_by_role("link", name="はじめる", exact=True).click()
    expect(page.get_by_role("heading", level=1, name="電話でお金の話が出たら")).to_be_visible()
    page.get_by_role("button", name="大きな画面").click()
    expect(page.get_by_role("button", name="大きな画面")).to_have_attribute("aria-pressed", "true")


def _step_through(page: Page) -> None:
    """Every screen says where one is; back leads to the one before; letters and buttons are big enough on all."""
    total = _place(page)[1]
    assert total > 3
    for number in range(1, total):
        expect(page.get_by_text(f"{number}／{total}")).to_be_visible()
        _big_enough(page)
        _turn(page, "つぎへ", number + 1)
        if number == 2:
            _turn(page, "もどる", number)
            _turn(page, "つぎへ", number + 1)
    _big_enough(page)


def _turn(page: Page, name: str, arrives: int) -> None:
    page.get_by_role("link", name=name).click()
    expect(page).to_have_title(re.compile(rf"[（(]{arrives}[/／]\d+[)）]"))


def _place(page: Page) -> tuple[int, int]:
    number, total = page.get_by_text(re.compile(r"^\d+／\d+$")).inner_text().split("／")
    return int(number), int(total)


def _big_enough(page: Page) -> None:
    assert page.evaluate(SMALL_LETTERS, LETTERS) == []
    assert page.evaluate(SMALL_TARGETS, TARGET) == []
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def _finish(page: Page) -> None:
    page.get_by_role("button", name=re.compile("読み終わりました")).click()
    expect(page.get_by_role("heading", level=1, name=re.compile("けいさつを"))).to_be_visible()
    page.goto("/courses/l203/l1/?step=99")
    expect(page.get_by_role("heading", name="この課は読み終わっています")).to_be_visible()


def _print(page: Page, folder: Path) -> None:
    """The sheet of the third screen: its code leads back there, by camera and by hand."""
    page.goto("/courses/l203/l1/?step=3")
    link = page.get_by_role("link", name="印刷").first
    reply = page.request.get(link.get_attribute("href") or "")
    assert reply.headers["content-type"] == "application/pdf"
    text = words(reply.body())
    for part in ("電話でお金の話が出たら", "L203-L1", "#9110", "188", "110"):
        assert part in text, part
    (code,) = codes(reply.body(), folder)
    page.goto(code)
    expect(page.get_by_text(re.compile("^3／"))).to_be_visible()
    page.goto("/s/l203-l1/")
    expect(page.get_by_text(re.compile("^1／"))).to_be_visible()
    page.goto("/s/")
    page.get_by_role("textbox").fill("Ｌ２０３－Ｌ１")
    page.get_by_role("button", name=re.compile("^(ひらく|開く)$")).click()
    expect(page.get_by_role("heading", level=1, name="電話でお金の話が出たら")).to_be_visible()
