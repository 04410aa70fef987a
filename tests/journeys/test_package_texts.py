"""The desk for packages in a real browser: texts are mended, libraries asked for, and our own types done by keyboard."""

import io
import json
import zipfile

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import FrameLocator, Page, expect

from courses.packages.examples.builder import build

pytestmark = pytest.mark.journey

SENIORS = "/courses/l203/l203-p1/"
SCAM, NEW_TEXT = "詐欺メッセージを見分ける", "この文は先ほど直しました。"
LIBRARY = "Fukumana.ReasonedTrueFalse"
# One press of Tab at a time: where the keyboard stands in the frame, and whether the question there has an answer.
STANDS = """() => {
  const here = document.activeElement;
  const group = here.name ? [...document.getElementsByName(here.name)] : [];
  return {
    open: here.type === "radio" && !group.some((one) => one.checked),
    main: here === document.querySelector(".fkm-actions button"),
  };
}"""


def begin(page: Page, address: str = SENIORS) -> FrameLocator:
    page.goto(address)
    page.locator("[data-package-open]").click()
    frame = page.frame_locator("[data-package-stage] iframe")
    expect(frame.locator(".fkm-heading").first).to_be_visible(timeout=30_000)
    return frame


def desk_findings(page: Page) -> list[object]:
    """What axe finds in our part of the editor; the frame around it is Wagtail's."""
    page.evaluate(AXE_SCRIPT)
    found: list[object] = page.evaluate(
        "async () => (await axe.run('.desk', {runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']})).violations"
    )
    return found


def package_page(page: Page, title: str) -> None:
    page.goto("/admin/packages/")
    page.get_by_role("link", name=title).first.click()
    expect(page.get_by_role("heading", name=title).first).to_be_visible()


def test_a_text_is_mended_seen_first_and_reaches_who_begins(page, sign_in, new_person):
    waiting = new_person()
    frame = begin(waiting)
    frame.locator(".fkm-actions button").first.click()
    frame.locator("input").first.check()
    expect(waiting.locator("[data-package-state]")).to_have_text("保存しました。", timeout=15_000)

    sign_in(page, "admin")
    package_page(page, SCAM)
    page.get_by_role("link", name="文章を編集する").click()
    page.get_by_label("文章の中を検索").fill("はじめの説明")
    field = page.get_by_label("はじめの説明")
    expect(field).to_be_visible()
    field.fill(f"{NEW_TEXT}{field.input_value()}")
    expect(page.locator("[data-texts-count]")).to_contain_text("変更：1か所")
    assert desk_findings(page) == []
    page.get_by_role("button", name="保存前に確認する").click()
    preview = page.frame_locator("iframe[name=texts-preview]")
    expect(preview.get_by_text(NEW_TEXT)).to_be_visible(timeout=30_000)
    page.get_by_role("button", name="新しい版として保存する").click()
    expect(page.get_by_text("1か所の文章を保存しました")).to_be_visible()

    expect(begin(waiting).get_by_text(NEW_TEXT)).to_have_count(0)
    expect(begin(new_person()).get_by_text(NEW_TEXT)).to_be_visible()


def test_two_authors_at_once_lose_nothing(page, sign_in):
    sign_in(page, "admin")
    package_page(page, "手順を並べる")
    address = page.url + "texts/"
    second = page.context.new_page()
    for number, tab in enumerate((page, second), start=1):
        tab.goto(address)
        tab.get_by_label("はじめの説明").fill(f"{number}人目の説明です。")
    page.get_by_role("button", name="新しい版として保存する").click()
    expect(page.get_by_text("1か所の文章を保存しました")).to_be_visible()
    second.get_by_role("button", name="新しい版として保存する").click()
    expect(second.get_by_role("alert")).to_contain_text("ほかの人が第2版を保存しました")
    expect(second.get_by_role("alert")).to_be_focused()
    expect(second.get_by_label("はじめの説明")).to_have_value("2人目の説明です。")
    expect(second.get_by_text("1人目の説明です。")).to_be_visible()
    second.get_by_role("button", name="新しい版として保存する").click()
    expect(second.get_by_text("第3版が出ます")).to_be_visible()


def newer_minor() -> bytes:
    """An exercise made with a minor version of its content type that is not installed."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(build("true-false-reasons.h5p"))) as old,
        zipfile.ZipFile(made, "w") as new,
    ):
        for name in old.namelist():
            data = old.read(name)
            if name.endswith(("h5p.json", f"{LIBRARY}-1.0/library.json")):
                told = json.loads(data)
                for one in (told, *told.get("preloadedDependencies", [])):
                    if one.get("machineName") == LIBRARY:
                        one["minorVersion"] = 9
                data = json.dumps(told).encode()
            new.writestr(name.replace(f"{LIBRARY}-1.0/", f"{LIBRARY}-1.9/"), data)
    return made.getvalue()


def test_missing_libraries_are_asked_for_and_the_kept_file_goes_in_again(page, sign_in, new_person):
    sign_in(page, "sakusei")
    page.goto("/admin/packages/upload/")
    file = {"name": "new-type.h5p", "mimeType": "application/zip", "buffer": newer_minor()}
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="ファイルを送る").click()
    page.get_by_role("button", name="これらの追加を依頼する").click(timeout=60_000)
    expect(page.get_by_text("システム管理者に依頼しました")).to_be_visible()
    upload = page.url

    manager = new_person()
    sign_in(manager, "admin")
    manager.goto("/admin/packages/requests/")
    expect(manager.get_by_role("link", name="依頼1件：H5Pライブラリー")).to_be_visible()
    manager.get_by_role("link", name="new-type.h5p").click()
    look = manager.get_by_role("button", name="このファイルのライブラリーを調べる")
    expect(look).to_be_visible()
    asked = manager.url
    assert desk_findings(manager) == []
    look.click()
    manager.get_by_role("button", name="追加する", exact=True).click(timeout=60_000)
    expect(manager.get_by_text("ライブラリーを追加しました")).to_be_visible(timeout=60_000)
    manager.goto(asked)
    answer = manager.get_by_role("button", name="「追加した」と回答する")
    answer.click()
    expect(answer).to_have_count(0)

    page.goto(upload)
    page.get_by_role("button", name="保管してあるファイルをもう一度取り込む").click()
    expect(page.get_by_text("第1版として取り込みました")).to_be_visible(timeout=60_000)


@pytest.mark.parametrize("title", [SCAM, "手順を並べる", "○×と理由"])
def test_our_own_types_are_done_by_keyboard_as_the_catalogue_says(title, page, sign_in):
    sign_in(page, "admin")
    package_page(page, title)
    page.get_by_role("link", name="受講者の画面で確認する").first.click()
    page.locator("[data-package-open]").focus()
    page.keyboard.press("Enter")
    frame = page.frame_locator("[data-package-stage] iframe")
    expect(frame.locator(".fkm-heading").first).to_be_visible(timeout=30_000)
    inner = next(one for one in page.frames if "/play/" in one.url)
    for _press in range(200):
        page.keyboard.press("Tab")
        if frame.locator(".fkm-results").count():
            break
        stands = inner.evaluate(STANDS)
        if page.evaluate("document.activeElement.tagName") != "IFRAME":
            page.locator("[data-package-fullscreen]").focus()
        elif stands["open"]:
            page.keyboard.press("Space")
        elif stands["main"]:
            page.keyboard.press("Enter")
    expect(frame.locator(".fkm-results")).to_be_visible()
