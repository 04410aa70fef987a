"""遠藤 直子 makes a class from a list and its pupils come in with cards; 菅野 和夫 makes seats, and one is handed over."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.design.conftest import axe_findings
from tests.journeys.paper import words

pytestmark = pytest.mark.journey

LIST = "番号\t氏名\tフリガナ\n1\t阿部 蓮\tアベ レン\n2\t髙橋 𠮷子\tﾀｶﾊｼ ﾖｼｺ\n3\t渡部 陽葵\n"
PASSWORD = "asagao-to-hato-7"
SIZES = ({"width": 1366, "height": 768}, {"width": 320, "height": 640})
FACES = ("ふりがな", "やさしい日本語", "大きな画面", "標準")


def check(page: Page) -> None:
    """axe finds nothing and nothing is cut off, on an office screen and at 400 %."""
    for size in SIZES:
        page.set_viewport_size(size)  # type: ignore[arg-type]
        assert axe_findings(page) == [], (page.url, size)
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"], (page.url, size)
    page.set_viewport_size(SIZES[0])  # type: ignore[arg-type]


def test_a_teacher_makes_a_class_and_a_pupil_comes_in_with_a_card(page: Page, sign_in, new_person, outside):
    sign_in(page, "sensei")
    _make_class(page)
    _paste(page)
    login, code = _take_cards(page)
    pupil = new_person(viewport={"width": 1024, "height": 600})
    pupil.goto("/card/")
    pupil.get_by_label("ログインID").fill(login)
    pupil.get_by_label("カードの番号").fill(code.lower())
    pupil.get_by_label("新しいパスワード", exact=False).first.fill(PASSWORD)
    pupil.get_by_label("新しいパスワード（もう一度）").fill(PASSWORD)
    pupil.get_by_role("button", name=re.compile("ログイン")).last.click()
    expect(pupil.get_by_role("heading", level=1, name=re.compile("わたしの学び"))).to_be_visible()
    page.reload()
    expect(page.get_by_role("row").filter(has_text="阿部 蓮")).to_contain_text("ログインしたことがある")
    _go_on(page)


def _make_class(page: Page) -> None:
    page.get_by_role("navigation", name="メインメニュー").get_by_role("link", name="名簿").click()
    check(page)
    page.get_by_role("link", name="クラスを作る").click()
    page.get_by_label("学年").select_option(label="中学2年")
    page.get_by_label("組", exact=False).last.fill("3組")
    check(page)
    page.get_by_role("button", name="内容を確かめる").click()
    check(page)
    page.get_by_role("button", name="作る").dblclick()
    expect(page.get_by_role("heading", level=1, name="2年3組")).to_be_visible()


def _paste(page: Page) -> None:
    page.get_by_role("link", name="名簿を貼り付けて加える").click()
    page.get_by_role("textbox", name=re.compile("^名簿")).fill(LIST)
    page.get_by_role("button", name="内容を確かめる").click()
    expect(page.get_by_text("フリガナがありません").first).to_be_visible()
    check(page)
    box = page.get_by_role("textbox", name=re.compile("^名簿"))
    expect(box).to_have_value(re.compile("阿部 蓮"))
    box.fill(LIST.rstrip() + "\tワタナベ ヒマリ")
    page.get_by_role("button", name="内容を確かめる").click()
    expect(page.get_by_role("heading", level=1, name="この人たちを加えますか")).to_be_visible()
    expect(page.get_by_text("新しく作ります")).to_have_count(3)
    check(page)
    page.get_by_role("button", name="加える").dblclick()
    expect(page.get_by_role("row").filter(has_text=re.compile("髙橋 𠮷子|阿部 蓮|渡部 陽葵"))).to_have_count(
        3
    )
    check(page)


def _take_cards(page: Page) -> tuple[str, str]:
    page.get_by_role("link", name="一回限りのカードを印刷").click()
    expect(page.get_by_role("checkbox", checked=True)).to_have_count(3)
    check(page)
    page.get_by_role("button", name="カードを発行する").click()
    row = page.get_by_role("row").filter(has_text="阿部 蓮")
    login, code = row.get_by_role("cell").all_inner_texts()
    check(page)
    sheet = page.request.post(
        page.locator("main form").evaluate("form => form.action"),
        form={
            "csrfmiddlewaretoken": page.locator("main [name=csrfmiddlewaretoken]").first.input_value(),
            "card": page.locator("main [name=card]").first.input_value(),
        },
    )
    assert login in words(sheet.body()) and "阿部蓮" in words(sheet.body())
    page.get_by_role("link", name="一覧に戻る").click()
    return login, code


def _go_on(page: Page) -> None:
    page.get_by_role("link", name="次の年度へ進める").click()
    page.locator("label").filter(has_text="渡部 陽葵").click()
    check(page)
    page.get_by_role("button", name="内容を確かめる").click()
    expect(page.get_by_text("3年3組")).to_be_visible()
    check(page)
    page.get_by_role("button", name="次の年度へ進める").dblclick()
    expect(page.get_by_role("heading", level=1, name="3年3組")).to_be_visible()
    expect(page.get_by_role("row").filter(has_text=re.compile("髙橋 𠮷子|阿部 蓮"))).to_have_count(2)
    check(page)


def test_seats_of_a_course_are_learned_at_and_handed_over(page: Page, sign_in, new_person, outside):
    sign_in(page, "kominkan")
    page.get_by_role("navigation", name="メインメニュー").get_by_role("link", name="名簿").click()
    page.get_by_role("link", name="公民館などの講座を作る").click()
    page.get_by_label("講座の名前").fill("スマホ講座（12月）")
    page.get_by_role("button", name="内容を確かめる").click()
    page.get_by_role("button", name="作る").dblclick()
    page.get_by_role("link", name="席を作る").click()
    page.get_by_label("何番まで作りますか").fill("4")
    page.get_by_role("button", name="内容を確かめる").click()
    page.get_by_role("button", name="席を作る").dblclick()
    row = page.get_by_role("row").filter(has_text="3番の席")
    code = row.get_by_role("cell").first.inner_text()
    check(page)
    tablet = new_person(viewport={"width": 1024, "height": 768}, has_touch=True)
    _learn_at(tablet, code)
    _hand_over(page, "スマホ講座（12月） 3番の席")
    tablet.goto(f"/seat/{code.replace('-', '')}/")
    expect(tablet.get_by_text("いま開いていません").first).to_be_visible()
    check(tablet)


def _learn_at(tablet: Page, code: str) -> None:
    tablet.goto("/seat/")
    tablet.get_by_label("席のコード").fill(code.lower())
    check(tablet)
    tablet.get_by_role("button", name="次へ進む").click()
    expect(tablet.get_by_role("heading", level=1, name="3番の席")).to_be_visible()
    check(tablet)
    tablet.get_by_role("button", name="この席で学ぶ").click()
    expect(tablet.get_by_text("この席で学んでいます")).to_be_visible()
    tablet.goto("/courses/l203/l1/")
    tablet.get_by_role("button", name=re.compile("読み終わりました")).click()
    tablet.wait_for_url(re.compile("/courses/l203/l2/"))
    tablet.go_back()
    tablet.goto(f"/seat/{code.replace('-', '')}/")
    expect(tablet.get_by_text("だまされないために").first).to_be_visible()
    for face in FACES:
        tablet.get_by_role("button", name=face, exact=True).first.click()
        check(tablet)
    tablet.get_by_role("button", name="この席を離れる").click()
    expect(tablet.get_by_text("席を離れました")).to_be_visible()


def _hand_over(page: Page, label: str) -> None:
    page.goto("/claim/seats/")
    check(page)
    page.get_by_label("席", exact=False).first.select_option(label=f"見本公民館 {label}")
    page.get_by_label("ログインID").fill("kiyo")
    page.get_by_role("button", name="内容を確かめる").click()
    expect(page.get_by_text("だまされないために")).to_be_visible()
    check(page)
    page.get_by_role("button", name="席の記録を引き継ぐ").click()
    expect(page.get_by_role("status").first).to_contain_text("長谷川 キヨ")
