"""斎藤 由美 submits a lesson for moderation, 𠮷田 誠 looks at it, sends it back once and publishes it."""

import pytest
from playwright.sync_api import Locator, Page, expect

pytestmark = pytest.mark.journey

ADDRESS = "/courses/s105/l4/"
LESSON = "伝わる指示の書き方"
NEW = "指示を{直|なお}しながら、よい文にする"
BETTER = "職員が指示を{直|なお}しながら、よい文にする"
SHOWN = "職員が指示を直しながら、よい文にする"
WISH = "見出しに、だれのための課かも書いてください。"


@pytest.fixture
def author(page: Page, sign_in) -> Page:
    sign_in(page, "sakusei")
    return page


def test_a_submitted_lesson_is_sent_back_once_and_then_published(author: Page, new_person, sign_in):
    editor, visitor = new_person(), new_person()
    sign_in(editor, "henshu")
    sign_in(visitor, "kacho")
    edit = _open_lesson(author)
    _write_and_submit(author, NEW)
    _expect_unchanged(visitor)
    _send_back(editor, edit)
    _submit_again(author, edit)
    _expect_unchanged(visitor)
    _publish(editor, edit)
    visitor.goto(ADDRESS)
    expect(visitor.get_by_role("heading", name=SHOWN)).to_be_visible()


def _open_lesson(page: Page) -> str:
    page.goto(f"/admin/pages/search/?q={LESSON}")
    page.get_by_role("link", name=LESSON).first.click()
    expect(_heading(page)).to_be_visible()
    return page.url


def _heading(page: Page) -> Locator:
    return page.get_by_role("textbox", name="見出し").first


def _press(page: Page, words: str) -> None:
    """One of the actions below the page, in its menu."""
    page.get_by_role("button", name="他のアクション").click()
    page.get_by_role("button", name=words, exact=True).locator("visible=true").click()


def _write_and_submit(page: Page, words: str) -> None:
    _heading(page).fill(words)
    _press(page, "公開前の確認に提出する")
    expect(_told(page)).to_be_visible()


def _told(page: Page) -> Locator:
    return page.locator(".messages").get_by_text(LESSON)


def _expect_unchanged(visitor: Page) -> None:
    visitor.goto(ADDRESS)
    expect(visitor.get_by_role("heading", level=1)).to_be_visible()
    expect(visitor.get_by_role("heading", name=SHOWN)).to_have_count(0)


def _send_back(page: Page, edit: str) -> None:
    """The first page of the editors' room says what waits; the lesson goes back with a wish in words."""
    page.goto("/admin/")
    expect(page.get_by_role("main").get_by_role("link", name=LESSON).first).to_be_visible()
    page.goto(edit)
    expect(_heading(page)).to_have_value(NEW)
    _press(page, "変更をリクエスト")
    page.locator(".modal").get_by_role("textbox").fill(WISH)
    page.locator(".modal").get_by_role("button", name="変更をリクエスト").click()
    expect(_told(page)).to_be_visible()


def _submit_again(page: Page, edit: str) -> None:
    """The author reads the wish, follows it and submits once more."""
    page.goto("/admin/")
    row = page.get_by_role("row").filter(has_text=LESSON).filter(has_text="修正依頼")
    expect(row).to_be_visible()
    page.goto(edit)
    expect(_heading(page)).to_have_value(NEW)
    assert WISH in page.content()  # behind 「詳細」 of the state
    _heading(page).fill(BETTER)
    _press(page, "公開前の確認に再提出する")
    expect(_told(page)).to_be_visible()


def _publish(page: Page, edit: str) -> None:
    page.goto(edit)
    expect(_heading(page)).to_have_value(BETTER)
    _press(page, "承認と公開")
    expect(_told(page)).to_be_visible()
