"""Every component in every face and contrast, in a real browser."""

import pytest
from playwright.sync_api import Page

from tests.design.conftest import HOST, axe_findings

FACES = ("standard", "ruby", "easy", "large")
CONTRASTS = ("system", "light", "dark", "high")
PHONE = {"width": 360, "height": 740}
# 400 % zoom of a 1280 px screen (WCAG 1.4.10)
ZOOMED = {"width": 320, "height": 256}

pytestmark = pytest.mark.journey


def _open(page: Page, **reading: str) -> None:
    query = "&".join(f"{name}={value}" for name, value in reading.items())
    page.goto(f"{HOST}/styleguide/?{query}")


@pytest.mark.parametrize("contrast", CONTRASTS)
@pytest.mark.parametrize("face", FACES)
def test_axe_finds_nothing(site_page: Page, face: str, contrast: str) -> None:
    _open(site_page, face=face, contrast=contrast)
    assert axe_findings(site_page) == []
    site_page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    assert axe_findings(site_page) == []


@pytest.mark.parametrize("face", FACES)
def test_axe_finds_nothing_when_the_system_is_dark(site_page: Page, face: str) -> None:
    site_page.emulate_media(color_scheme="dark")
    _open(site_page, face=face)
    assert axe_findings(site_page) == []


@pytest.mark.parametrize("text_size", ["normal", "larger", "largest"])
@pytest.mark.parametrize("face", FACES)
def test_the_page_never_scrolls_sideways(site_page: Page, face: str, text_size: str) -> None:
    site_page.set_viewport_size(ZOOMED)  # type: ignore[arg-type]
    _open(site_page, face=face, text_size=text_size)
    assert site_page.evaluate("document.documentElement.scrollWidth") <= ZOOMED["width"]


SMALL_TEXT = """(least) => [...document.querySelectorAll("body *")]
  .filter((e) => e.tagName !== "RT" && e.tagName !== "RP" && !e.closest("svg") && e.checkVisibility())
  .filter((e) => [...e.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim()))
  .filter((e) => parseFloat(getComputedStyle(e).fontSize) < least - 0.01)
  .map((e) => e.outerHTML.slice(0, 120))"""

# A link inside a sentence is as tall as its line (WCAG 2.5.8, inline exception).
SMALL_TARGETS = """(least) => [...document.querySelectorAll("a, button, input, select, textarea, summary, .choice")]
  .filter((e) => e.checkVisibility() && !e.closest(".choice > *, p, .skip-link, td") && !e.matches(".skip-link, .card__title a, main li > a:only-child, [type=hidden]"))
  .filter((e) => e.getBoundingClientRect().height < least - 0.5)
  .map((e) => e.outerHTML.slice(0, 120) + " " + e.getBoundingClientRect().height)"""


@pytest.mark.parametrize(
    ("face", "text", "target"), [("standard", 16, 44), ("ruby", 16, 44), ("easy", 16, 44), ("large", 24, 56)]
)
def test_letters_and_targets_are_large_enough(site_page: Page, face: str, text: int, target: int) -> None:
    _open(site_page, face=face)
    for size in (PHONE, {"width": 1366, "height": 768}):
        site_page.set_viewport_size(size)  # type: ignore[arg-type]
        assert site_page.evaluate(SMALL_TEXT, text) == []
        assert site_page.evaluate(SMALL_TARGETS, target) == []


FOCUS_WITHOUT_RING = """() => {
  const shows = (e, pseudo) => { const s = getComputedStyle(e, pseudo); return s.outlineStyle !== "none" && parseFloat(s.outlineWidth) >= 2; };
  const e = document.activeElement;
  if (e === document.body || shows(e) || shows(e, "::after") || (e.closest(".choice") && shows(e.closest(".choice")))) return null;
  return e.outerHTML.slice(0, 120);
}"""


@pytest.mark.parametrize("contrast", ["light", "dark", "high"])
def test_the_focus_shows_on_everything_that_takes_it(site_page: Page, contrast: str) -> None:
    _open(site_page, contrast=contrast)
    seen = 0
    for _step in range(80):
        site_page.keyboard.press("Tab")
        assert site_page.evaluate(FOCUS_WITHOUT_RING) is None
        seen += 1
        if site_page.evaluate("document.activeElement === document.body"):
            break
    assert seen > 40


def test_the_menu_works_without_scripts(browser_context_args: dict[str, object], site_page: Page) -> None:
    site_page.route("**/*.js", lambda route: route.abort())
    site_page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    _open(site_page)
    menu = site_page.get_by_role("navigation", name="メインメニュー")
    assert not menu.is_visible()
    site_page.get_by_text("メニュー", exact=True).click()
    assert menu.is_visible()


def test_escape_closes_the_menu_and_keeps_the_focus(site_page: Page) -> None:
    site_page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    _open(site_page)
    site_page.get_by_text("メニュー", exact=True).click()
    site_page.keyboard.press("Escape")
    assert not site_page.get_by_role("navigation", name="メインメニュー").is_visible()
    assert site_page.evaluate("document.activeElement.tagName") == "SUMMARY"


def test_a_wide_table_scrolls_by_itself(site_page: Page) -> None:
    site_page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    _open(site_page)
    assert site_page.evaluate("(e => e.scrollWidth > e.clientWidth)(document.querySelector('.table-scroll'))")


def test_paper_is_white_with_black_letters(site_page: Page) -> None:
    _open(site_page, contrast="high")
    site_page.emulate_media(media="print")
    colors = site_page.evaluate("(s => [s.color, s.backgroundColor])(getComputedStyle(document.body))")
    assert colors == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]
    assert not site_page.locator(".site-header").is_visible()


TWICE = """() => {
  const form = document.createElement("form");
  form.method = "post";
  let sent = 0;
  document.body.append(form);
  document.addEventListener("submit", (e) => { if (!e.defaultPrevented) sent += 1; e.preventDefault(); });
  form.requestSubmit();
  form.requestSubmit();
  return sent;
}"""


def test_a_second_press_sends_nothing(site_page: Page) -> None:
    _open(site_page)
    assert site_page.evaluate(TWICE) == 1
