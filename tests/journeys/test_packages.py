"""H5P exercises in a real browser: played, left, resumed, finished and done again; alone in their frame."""

import pytest
from playwright.sync_api import FrameLocator, Locator, Page, expect

pytestmark = pytest.mark.journey

PUPILS = "/courses/e201/e201-p1/"
SENIORS = ["/courses/l203/l203-p1/", "/courses/l203/l203-p2/"]
# What a package must not reach: asked inside its frame, each answers «closed».
REACHES = """async () => {
  const tried = {};
  const look = async (name, work) => { try { await work(); tried[name] = "open"; } catch { tried[name] = "closed"; } };
  await look("cookies", () => document.cookie);
  await look("parent", () => window.parent.document.title);
  await look("top", () => { window.top.location.href = "/verify/"; });
  await look("site", async () => { const a = await fetch(new URL("/learning/", location.href)); if (!a.ok) throw a; });
  await look("popup", () => { if (!window.open("/")) throw 0; });
  return tried;
}"""


def begin(page: Page, address: str) -> FrameLocator:
    page.goto(address)
    page.locator("[data-package-open]").click()
    frame = page.frame_locator("[data-package-stage] iframe")
    expect(frame.locator(".fkm-heading").first).to_be_visible(timeout=30_000)
    return frame


def begin_anew(page: Page, address: str) -> FrameLocator:
    """Whatever this person has played before, here or in another journey."""
    frame = begin(page, address)
    before = page.locator("[data-package-stage] iframe").element_handle()
    # By the keyboard: a click right after scrolling past a frame of another process may still reach the frame.
    page.locator("[data-package-again]").focus()
    page.keyboard.press("Enter")
    before.wait_for_element_state("hidden")
    expect(frame.locator(".fkm-place")).to_contain_text("1", timeout=30_000)
    return frame


def main_button(frame: FrameLocator) -> Locator:
    return frame.locator(".fkm-actions button").first


def answer_item(frame: FrameLocator) -> None:
    """The first choice of every question, checked, and on to the next."""
    groups = frame.locator("input[type=radio]").evaluate_all("all => [...new Set(all.map(one => one.name))]")
    for name in groups:
        frame.locator(f"input[name='{name}']").first.check()
    main_button(frame).click()
    expect(frame.locator(".fkm-feedback")).to_be_visible()
    main_button(frame).click()


def test_a_pupil_leaves_comes_back_finishes_and_does_it_again(page, sign_in, outside):
    sign_in(page, "seito01")
    frame = begin_anew(page, PUPILS)
    for _item in range(2):
        answer_item(frame)
    expect(frame.locator(".fkm-place")).to_contain_text("3")
    state = page.locator("[data-package-state]")
    expect(state).to_have_text("保存しました。", timeout=15_000)

    frame = begin(page, PUPILS)
    expect(frame.locator(".fkm-place")).to_contain_text("3")
    for _item in range(4):
        answer_item(frame)
    expect(frame.locator(".fkm-results")).to_be_visible()
    expect(state).to_contain_text("結果を記録しました", timeout=15_000)

    # By the keyboard: a click right after scrolling past a frame of another process may still reach the frame.
    page.get_by_role("button", name="はじめからやり直す").focus()
    page.keyboard.press("Enter")
    expect(frame.locator(".fkm-place")).to_contain_text("1", timeout=30_000)


@pytest.mark.parametrize("address", SENIORS)
def test_a_visitor_opens_each_exercise_in_the_large_face(page, address, outside):
    page.goto("/courses/l203/l203-l1/")
    page.get_by_role("button", name="大きな画面").first.click()
    frame = begin(page, address)
    letters = frame.locator(".fkm-heading").first.evaluate("e => parseFloat(getComputedStyle(e).fontSize)")
    assert letters >= 24
    main_button(frame).focus()
    page.keyboard.press("Enter")
    expect(frame.locator(".fkm-feedback, .fkm-warning:not(:empty)").first).to_be_visible()


def test_a_dead_network_is_told_and_nothing_is_lost(page):
    frame = begin(page, SENIORS[0])
    page.context.set_offline(True)
    answer_item(frame)
    state = page.locator("[data-package-state]")
    expect(state).to_contain_text("まだ保存できていません", timeout=15_000)
    page.context.set_offline(False)
    expect(state).to_have_text("保存しました。", timeout=45_000)
    expect(begin(page, SENIORS[0]).locator(".fkm-place")).to_contain_text("2")


def test_a_package_reaches_nothing_around_it(page):
    begin(page, SENIORS[0])
    inner = next(frame for frame in page.frames if "/play/" in frame.url)
    assert inner.evaluate("self.origin") == "null"
    reached = inner.evaluate(REACHES)
    assert set(reached.values()) == {"closed"}, reached
    assert page.url.endswith(SENIORS[0])
