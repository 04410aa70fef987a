"""A visitor changes the face where they read, in every face: the place stays, however often it is changed."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import wait_for

pytestmark = pytest.mark.journey

LESSON = "/courses/l203/l1/"
FLOWING = ("標準", "ふりがな", "やさしい日本語")
EVERY = (*FLOWING, "大きな画面")
# Where eyes rest: a third below the top of the screen. The part that holds this line is the one that is read.
PUT_UNDER_THE_EYE = """part => scrollTo({
  top: scrollY + part.getBoundingClientRect().top - innerHeight * 0.3, behavior: "instant" })"""
UNDER_THE_EYE = """() => [...document.querySelectorAll("main [data-place]")]
  .filter(part => part.getBoundingClientRect().top <= innerHeight / 3 + 1).at(-1)?.dataset.place"""


@pytest.fixture
def reader(page: Page) -> Page:
    page.set_viewport_size({"width": 390, "height": 700})
    return page


@pytest.mark.parametrize("face", FLOWING)
def test_each_part_is_found_again_in_every_other_face(face: str, reader: Page, outside):
    for other in EVERY:
        if other == face:
            continue
        for index in (1, 3, -2):
            _open(reader, face)
            number = _go_to_part(reader, index)
            _change(reader, other)
            _expect_place(reader, other, number)


def test_changing_the_face_again_and_again_stays_where_one_is(reader: Page, outside):
    _open(reader, "標準")
    number = _go_to_part(reader, 2)
    for face in (*EVERY[1:], *EVERY, *EVERY[::-1]):
        _change(reader, face)
        _expect_place(reader, face, number)


def test_who_has_read_nothing_yet_stays_at_the_top(reader: Page, outside):
    _open(reader, "標準")
    _change(reader, "ふりがな")
    assert reader.evaluate("scrollY") == 0


def test_who_goes_up_to_change_the_face_comes_back_to_where_they_read(reader: Page, outside):
    _open(reader, "標準")
    number = _go_to_part(reader, 3)
    reader.wait_for_timeout(1700)  # somebody reads here for a while
    reader.evaluate("scrollTo({ top: 0, behavior: 'instant' })")
    reader.get_by_role("button", name="ふりがな").click()
    expect(reader.locator("html")).to_have_attribute("data-face", "ruby")
    _expect_place(reader, "ふりがな", number)


def _open(page: Page, face: str) -> None:
    page.goto("/reading/")
    _change(page, face)
    page.goto(LESSON)


def _go_to_part(page: Page, index: int) -> str:
    part = page.get_by_role("article").locator("[data-place]").nth(index)
    part.evaluate(PUT_UNDER_THE_EYE)
    return part.get_attribute("data-place") or ""


def _change(page: Page, face: str) -> None:
    """By the keyboard: the button is far away and the page does not move."""
    button = page.get_by_role("button", name=face, exact=True)
    button.evaluate("button => button.focus({ preventScroll: true })")
    value = button.get_attribute("value") or ""
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.locator("html")).to_have_attribute("data-face", value)
    page.wait_for_load_state("load")


def _expect_place(page: Page, face: str, number: str) -> None:
    if face == "大きな画面":
        expect(page.locator("main [data-place]")).to_have_attribute("data-place", number)
        return
    wait_for(lambda: page.evaluate(UNDER_THE_EYE) == number, seconds=5)
    part = page.get_by_role("article").locator(f"[data-place='{number}']")
    expect(part).to_be_in_viewport()
