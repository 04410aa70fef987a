"""斎藤 由美 writes, 𠮷田 誠 publishes, 鈴木 一郎 reads: an edited lesson keeps what people have done in it."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

pytestmark = pytest.mark.journey

LESSON = "生成AIは何をしているのか"
ADDRESS = "/courses/s105/l1/"
OLD, NEW = "生成AIのしくみ", "生成AIのしくみを、三分で"
MARKED, BROKEN = "{生成|せいせい}AIのしくみを、{三分|さんぷん}で", "{生成|生成}AIのしくみを、三分で"
FACES = {
    "標準": NEW,
    "ふりがな": "さんぷん",
    "やさしい日本語（足りない文も表示）": "",
    "大きな画面": "1／",
}


def test_an_edited_lesson_reaches_its_readers_and_keeps_their_records(page: Page, sign_in, new_person):
    reader = new_person()
    sign_in(reader, "kacho")
    _read(reader)
    sign_in(page, "sakusei")
    edit = _open_editor(page)
    _mistake_loses_nothing(page)
    _write(page)
    _preview_faces(page)
    _may_not_publish(page)
    expect(reader.get_by_role("heading", name=OLD)).to_be_visible()
    editor = new_person()
    sign_in(editor, "henshu")
    _publish(editor, edit)
    _reader_sees_it(reader)


def _read(reader: Page) -> None:
    reader.goto(ADDRESS)
    reader.get_by_role("button", name="読み終わりました").click()
    reader.goto(ADDRESS)
    expect(reader.get_by_role("heading", name="この課は読み終わっています")).to_be_visible()


def _open_editor(page: Page) -> str:
    """By the search of the editors' room, as somebody does who was told the title."""
    page.get_by_role("link", name="管理画面").click()
    page.goto(f"/admin/pages/search/?q={LESSON}")
    page.get_by_role("link", name=f"{LESSON}の編集").or_(page.get_by_role("link", name=LESSON)).first.click()
    expect(_heading(page)).to_be_visible()
    return page.url


def _heading(page: Page) -> Locator:
    """The heading of the first block of the lesson."""
    return page.get_by_role("textbox", name="見出し").first


def _mistake_loses_nothing(page: Page) -> None:
    _heading(page).fill(BROKEN)
    page.get_by_role("button", name="下書きを保存").click()
    told = page.get_by_text(re.compile("ふりがなは|読みは|かなで|ひらがな"))
    expect(
        told.and_(page.locator(".w-field__errors *, .error-message, [role=alert] *")).first
    ).to_be_visible()
    expect(_heading(page)).to_have_value(BROKEN)
    page.goto(page.url)


def _write(page: Page) -> None:
    expect(_heading(page)).to_be_visible()
    _heading(page).fill(MARKED)


def _preview_faces(page: Page) -> None:
    """Each face as its readers will see it, before anything is saved."""
    page.get_by_role("button", name=re.compile("Toggle preview|プレビュー")).first.click()
    mode = page.get_by_role("combobox", name=re.compile("Preview mode|プレビュー"))
    shown = page.frame_locator("[data-side-panel=preview] iframe >> nth=-1")
    for face, words in FACES.items():
        mode.select_option(label=face)
        expect(shown.locator("html")).to_have_attribute("data-face", _value(mode))
        expect(shown.get_by_role("heading", level=1)).to_be_visible()
        expect(shown.locator("main")).to_contain_text(words)


def _value(mode: Locator) -> str:
    return mode.input_value()


def _may_not_publish(page: Page) -> None:
    with page.expect_response(lambda reply: reply.request.method == "POST" and "/edit/" in reply.url):
        page.get_by_role("button", name="下書きを保存").click()
    page.reload()
    expect(_heading(page)).to_have_value(MARKED)
    page.get_by_role("button", name="他のアクション").click()
    expect(page.get_by_role("button", name="公開", exact=True)).to_have_count(0)


def _publish(page: Page, edit: str) -> None:
    page.goto(edit)
    expect(_heading(page)).to_have_value(MARKED)
    page.get_by_role("button", name="他のアクション").click()
    page.get_by_role("button", name="公開", exact=True).click()
    expect(page.get_by_text(re.compile("公開しました|公開されました"))).to_be_visible()


def _reader_sees_it(reader: Page) -> None:
    reader.reload()
    expect(reader.get_by_role("heading", name=NEW)).to_be_visible()
    expect(reader.get_by_role("heading", name="この課は読み終わっています")).to_be_visible()
    reader.goto("/courses/s105/")
    row = reader.get_by_role("listitem").filter(has_text=LESSON)
    expect(row.get_by_text("終わりました")).to_be_visible()
