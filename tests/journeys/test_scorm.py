"""SCORM courses in a real browser: played, left, resumed, finished, done again; on a host of their own."""

import re

import pytest
from playwright.sync_api import Frame, Page, expect

pytestmark = pytest.mark.journey

MAIL, ANSWERS = "/courses/s105/s105-p1/", "/courses/s105/s105-p2/"
RIGHT = {"sender": "b", "notice": "a", "opened": "c"}
CHECKED = {"nature": "b", "input": "c", "source": "a", "role": "b"}
# What a package must not reach: asked inside its page, each answers «closed».
REACHES = """async () => {
  const tried = {};
  const look = async (name, work) => { try { await work(); tried[name] = "open"; } catch { tried[name] = "closed"; } };
  await look("cookies", () => { if (!document.cookie) throw 0; });
  await look("site", () => window.parent.parent.document.title);
  await look("fetch", () => fetch("SITE/learning/", { credentials: "include" }));
  await look("top", () => { window.top.location.href = "SITE/verify/"; });
  return tried;
}"""


def state(page: Page):
    return page.locator("[data-package-state]")


def begin(page: Page, address: str, heading: str | re.Pattern[str]) -> Frame:
    """Opens the package and gives the frame of its SCO."""
    page.goto(address)
    page.locator("[data-package-open]").click()
    return sco(page, heading)


def sco(page: Page, heading: str | re.Pattern[str]) -> Frame:
    inner = page.frame_locator("[data-package-stage] iframe").frame_locator("main iframe")
    expect(inner.get_by_role("heading", level=1, name=heading)).to_be_visible(timeout=30_000)
    found = [frame for frame in page.frames if frame.parent_frame and frame.parent_frame.parent_frame]
    return found[-1]


def to_the_questions(frame: Frame) -> None:
    while frame.locator("#next").is_visible():
        frame.locator("#next").click()


def answer(frame: Frame, answers: dict[str, str]) -> None:
    for name, value in answers.items():
        frame.locator(f"input[name={name}][value={value}]").check()
    frame.locator("[type=submit]").click()


def test_a_course_of_1_2_is_left_resumed_finished_and_done_again(page, sign_in, outside):
    sign_in(page, "hanako")
    frame = begin(page, MAIL, "あやしいメールに気づいたら")
    frame.locator("#next").click()
    expect(state(page)).to_have_text("保存しました。", timeout=15_000)

    # Leaving by closing the page: the beacon brings the last words, and the place is found again.
    frame.locator("#next").click()
    page.goto("/learning/")
    frame = begin(page, MAIL, "気づいたら、開かずに知らせる")
    expect(frame.locator("#place")).to_contain_text("3 / 5")
    to_the_questions(frame)
    answer(frame, RIGHT)
    expect(state(page)).to_contain_text("結果を記録しました", timeout=15_000)

    page.goto("/learning/")
    frame = begin(page, MAIL, "確かめの問題")
    expect(frame.locator("#notice")).to_contain_text("見直しの表示")
    page.get_by_role("button", name="はじめからやり直す").focus()
    page.keyboard.press("Enter")
    frame = sco(page, "あやしいメールに気づいたら")
    expect(frame.locator("#place")).to_contain_text("1 / 5")


def test_a_course_of_2004_leads_through_its_two_parts(page, sign_in, outside):
    sign_in(page, "kacho")
    frame = begin(page, ANSWERS, "生成AIは、もっともらしい続きを作る")
    player = page.frame_locator("[data-package-stage] iframe")
    to_the_questions(frame)
    menu = player.locator("[data-scorm-menu] summary")
    menu.click()
    expect(player.locator("[data-scorm-line=learn] [data-scorm-done]")).to_be_visible(timeout=15_000)
    page.keyboard.press("Escape")
    player.get_by_role("link", name="次へ", exact=True).focus()
    page.keyboard.press("Enter")

    frame = sco(page, "確かめの問題")
    answer(frame, CHECKED)
    expect(state(page)).to_contain_text("結果を記録しました", timeout=15_000)
    player.get_by_role("link", name="前へ", exact=True).click()
    frame = sco(page, re.compile("."))
    expect(frame.locator("#notice")).to_contain_text("見直しの表示", timeout=15_000)


def test_a_dead_network_is_told_and_nothing_is_lost(page, sign_in):
    sign_in(page, "kenshu")
    frame = begin(page, MAIL, "あやしいメールに気づいたら")
    expect(state(page)).to_have_text("保存しました。", timeout=15_000)
    page.context.set_offline(True)
    frame.locator("#next").click()
    frame.locator("#next").click()
    expect(state(page)).to_contain_text("まだ保存できていません", timeout=15_000)
    page.context.set_offline(False)
    expect(state(page)).to_have_text("保存しました。", timeout=45_000)
    assert begin(page, MAIL, "気づいたら、開かずに知らせる")


def test_a_window_that_is_closed_in_the_middle_loses_nothing(new_person, sign_in):
    first = new_person()
    sign_in(first, "hanako")
    frame = begin(first, ANSWERS, "生成AIは、もっともらしい続きを作る")
    frame.locator("#next").click()
    first.close(run_before_unload=True)
    second = new_person()
    sign_in(second, "hanako")
    assert begin(second, ANSWERS, "入れる前に、情報を見分ける")


def test_two_learners_at_once_keep_apart(new_person, sign_in):
    one, other = new_person(), new_person()
    sign_in(one, "henshu")
    sign_in(other, "koriyama")
    first, second = (begin(page, ANSWERS, "生成AIは、もっともらしい続きを作る") for page in (one, other))
    first.locator("#next").click()
    second.locator("#next").click()
    second.locator("#next").click()
    for page in (one, other):
        expect(state(page)).to_have_text("保存しました。", timeout=15_000)
    assert begin(one, ANSWERS, "入れる前に、情報を見分ける")
    # Who has seen all of the first part goes on with the second.
    assert begin(other, ANSWERS, "確かめの問題")


def test_a_course_reaches_nothing_of_the_site(page, sign_in, site):
    sign_in(page, "hanako")
    frame = begin(page, MAIL, re.compile("."))
    assert "packages.localhost" in frame.evaluate("self.origin")
    reached = frame.evaluate(REACHES.replace("SITE", site.url))
    assert set(reached.values()) == {"closed"}, reached
    assert page.url.endswith(MAIL)


def test_the_logs_give_the_same_attempts(site):
    done = site.manage("rebuild_attempts", "--check")
    assert done.returncode == 0, done.stdout + done.stderr
