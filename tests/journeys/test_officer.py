"""髙橋 美咲, training officer of 福島市: lists, sheets, cards and an assignment; and what her colleague sees."""

import csv
import io
import re

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.journey

COURSE = "だまされないために―なりすまし詐欺とにせメール"
WHY = "窓口で住民の相談を受けるためです。"
SECTION = "税務課"


@pytest.fixture
def officer(page: Page, sign_in) -> Page:
    sign_in(page, "kenshu")
    return page


def test_the_officer_finds_people_and_takes_the_list_home(officer: Page, outside):
    _menu(officer, "受講状況")
    officer.get_by_label("所属", exact=True).select_option(label=SECTION)
    officer.get_by_label("講座").select_option(label="S105 生成AIを仕事で安全に使う")
    officer.get_by_label("状況").select_option(label="修了")
    officer.get_by_role("button", name="表示する").click()
    expect(officer.get_by_label("所属", exact=True).locator("option:checked")).to_have_text(SECTION)
    listed = _names(officer)
    assert listed
    sheet = load_workbook(io.BytesIO(_download(officer, "Excel（xlsx）で保存"))).active
    assert sheet is not None
    rows = [[str(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]
    raw = _download(officer, "CSVで保存")
    assert raw.startswith(b"\xef\xbb\xbf")
    lines = list(csv.reader(io.StringIO(raw.decode("utf-8-sig"))))
    for table in (rows, lines):
        assert sum(SECTION in "".join(row) for row in table) >= len(listed)
        assert "市民課" not in str(table)
        for name in listed:
            assert any(name in row for row in table), name


def test_a_one_time_card_lets_somebody_in_again(officer: Page, new_person, outside):
    _menu(officer, "利用者")
    officer.get_by_role("searchbox").fill("fks-hoken-03")
    officer.get_by_role("button", name="さがす").click()
    row = officer.get_by_role("row").filter(has_text="fks-hoken-03")
    name = " ".join(row.get_by_role("rowheader").inner_text().split()[:2])
    row.get_by_role("link", name=re.compile("一回限りのカードを発行")).click()
    officer.get_by_role("button", name="カードを発行する").click()
    expect(officer.get_by_role("heading", level=1)).to_contain_text("カード")
    code = re.search(r"[0-9A-Z]{5}-[0-9A-Z]{5}", officer.get_by_role("main").inner_text())
    assert code
    _redeem(new_person(), code.group(), name)
    again = new_person()
    _fill_card(again, code.group(), password="tsubaki-2026-nana")
    expect(again.get_by_role("alert").first).to_be_visible()
    expect(again).to_have_url(re.compile("/card/"))


def test_a_section_is_given_a_course_and_is_told_why(officer: Page, new_person, sign_in, outside):
    _menu(officer, "割り当て")
    officer.get_by_role("link", name="新しく割り当てる").click()
    officer.get_by_role("main").get_by_role("link", name=COURSE).click()
    officer.get_by_label("クラスまたは所属").select_option(label=SECTION)
    officer.get_by_label("理由").fill(WHY)
    officer.get_by_role("button", name="内容を確かめる").click()
    expect(officer.get_by_text(re.compile("対象 ?16人"))).to_be_visible()
    officer.get_by_role("button", name="割り当てる").click()
    _wait_until_made(officer)
    head = new_person()
    sign_in(head, "kacho")
    expect(head.get_by_text(re.compile(re.escape(WHY.rstrip("。"))))).to_be_visible()
    _only_the_section(head)


def _wait_until_made(page: Page) -> None:
    """The work runs in the background; its own page shows how far it is, and may be left."""
    expect(page.get_by_role("heading", level=1, name=COURSE)).to_be_visible()
    watch = page.get_by_role("link", name=re.compile("見る|確かめる")).and_(page.locator("[href*='/jobs/']"))
    if watch.count():
        watch.click()
        expect(page.get_by_role("progressbar")).to_be_visible()
        expect(page.get_by_text("16").first).to_be_visible(timeout=30_000)
        expect(page.get_by_text(re.compile("終わりました|完了")).first).to_be_visible(timeout=30_000)


def _only_the_section(head: Page) -> None:
    _menu(head, "受講状況")
    expect(head.get_by_role("rowheader").filter(has_text="佐藤 花子").first).to_be_visible()
    text = head.get_by_role("main").inner_text()
    assert "市民課" not in text
    assert "人事課" not in text
    reply = head.goto("/people/")
    assert reply and reply.status == 403


def _redeem(person: Page, code: str, name: str) -> None:
    _fill_card(person, code.lower())
    person.wait_for_url("**/learning/")
    expect(person.get_by_text(f"{name} さん")).to_be_visible()


def _fill_card(person: Page, code: str, password: str = "asagao-2026-nana") -> None:
    person.goto("/card/")
    person.get_by_label("ログインID").fill("ｆｋｓ-ｈｏｋｅｎ-０３")
    person.get_by_label("カードの番号").fill(code)
    person.get_by_role("textbox", name=re.compile("^新しいパスワード （")).fill(password)
    person.get_by_role("textbox", name=re.compile("もう一度")).fill(password)
    person.get_by_role("button", name="このパスワードに決めてログイン").click()


def _menu(page: Page, name: str) -> None:
    page.get_by_role("navigation", name="メインメニュー").get_by_role("link", name=name, exact=True).click()


def _names(page: Page) -> list[str]:
    heads = page.get_by_role("region", name="一覧").last.get_by_role("rowheader").all()
    return [" ".join(head.inner_text().split()[:2]) for head in heads]


def _download(page: Page, link: str) -> bytes:
    with page.expect_download() as download:
        page.get_by_role("link", name=link).click()
    return download.value.path().read_bytes()
