"""髙橋 美咲 transfers somebody and gives a role for a while; a visitor takes along what she read before signing in."""

import re

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.journey

LOGIN, BEFORE, AFTER = "fks-madoguchi-07", "市民課", "情報政策課"
LESSON = "電話でお金の話が出たら"
COURSE = "だまされないために―なりすまし詐欺とにせメール"


def test_the_officer_transfers_somebody_and_the_list_shows_them_there(page: Page, sign_in, outside):
    sign_in(page, "kenshu")
    expect(_row(page)).to_contain_text(BEFORE)
    _open_person(page)
    page.get_by_role("link", name="異動を記録する").click()
    page.get_by_label("所属").select_option(label=f"総務部 {AFTER}")
    page.get_by_label("職名").fill("主任")
    page.get_by_role("button", name="内容を確かめる").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("この異動を記録しますか")
    expect(page.get_by_text(re.compile(f"いまの本務（{BEFORE}"))).to_be_visible()
    page.get_by_role("button", name="内容を直す").click()
    expect(page.get_by_label("職名")).to_have_value("主任")
    page.get_by_role("button", name="内容を確かめる").click()
    page.get_by_role("button", name="異動を記録する").click()
    expect(page.get_by_role("status")).to_contain_text("異動を記録しました")
    expect(page.get_by_text("髙橋 美咲").last).to_be_visible()
    expect(_row(page)).to_contain_text(f"{AFTER} 主任")
    assert BEFORE not in _row(page).inner_text()


def test_the_officer_gives_a_role_and_ends_it(page: Page, sign_in, outside):
    sign_in(page, "kenshu")
    _row(page)
    _open_person(page)
    page.get_by_role("link", name="役割を付ける").click()
    offered = page.get_by_label("役割", exact=False).first.locator("option").all_inner_texts()
    assert "所属長" in offered
    assert not {"システム管理者", "作成者", "教員"} & set(offered)
    page.get_by_label("役割", exact=False).first.select_option(label="所属長")
    page.get_by_label("範囲").select_option(label=f"総務部 {AFTER}")
    page.get_by_label("理由").fill("課長の不在の間、代わりを務めるためです。")
    page.get_by_role("button", name="内容を確かめる").click()
    expect(page.get_by_text("氏名と受講状況を見る")).to_be_visible()
    page.get_by_role("button", name="役割を付ける").click()
    expect(page.get_by_role("status")).to_contain_text("役割「所属長」を付けました")
    expect(_row(page)).to_contain_text("所属長")
    _open_person(page)
    page.get_by_role("link", name=re.compile("この役割を終わりにする")).click()
    page.get_by_label("理由").fill("課長が戻りました。")
    page.get_by_role("button", name="内容を確かめる").click()
    page.get_by_role("button", name="役割を終わりにする").click()
    expect(page.get_by_role("status")).to_contain_text("役割「所属長」を終わりにしました")
    expect(page.get_by_text("課長が戻りました。")).to_be_visible()
    assert "所属長" not in _row(page).inner_text()


def test_what_was_read_before_signing_in_is_taken_along(page: Page, sign_in, outside):
    """Without an account first; then the page asks whether it was she, and her own page goes on from there."""
    page.goto("/courses/l203/l1/")
    page.get_by_role("button", name=re.compile("読み終わりました")).click()
    expect(page.get_by_role("heading", level=1)).not_to_have_text(LESSON)
    sign_in(page, "kominkan")
    expect(page.get_by_role("heading", level=1)).to_contain_text("学んでいたのはあなたですか")
    expect(page.get_by_role("main").get_by_text(COURSE)).to_be_visible()
    page.get_by_role("button", name=re.compile("はい、わたしです")).click()
    page.wait_for_url("**/learning/")
    expect(page.get_by_role("status")).to_contain_text("学びを引き継ぎました")
    expect(page.get_by_role("main").get_by_text(COURSE).first).to_be_visible()
    page.goto("/courses/l203/l1/")
    expect(page.get_by_role("heading", name="この課は読み終わっています")).to_be_visible()
    page.goto("/claim/")
    expect(page.get_by_text("記録はありません")).to_be_visible()


def test_the_next_person_at_the_tablet_finds_nothing(page: Page, sign_in, outside):
    """A visitor who says no, signs out and goes: neither her choices nor the earlier reading stay in the browser."""
    page.goto("/courses/l203/l1/")
    page.get_by_role("button", name=re.compile("読み終わりました")).click()
    sign_in(page, "henshu")
    page.get_by_role("button", name="いいえ、別の人です").click()
    expect(page.get_by_role("status")).to_contain_text("そのままにしました")
    page.evaluate("localStorage.setItem('quiz:x', 'answer')")
    page.goto("/reading/")
    page.get_by_role("button", name="大きな画面").first.click()
    expect(page.locator("html")).to_have_attribute("data-face", "large")
    page.get_by_role("button", name="ログアウト").last.click()
    expect(page.get_by_role("link", name="ログイン").first).to_be_visible()
    assert page.evaluate("localStorage.length") == 0
    expect(page.locator("html")).to_have_attribute("data-face", "standard")
    page.go_back()
    expect(page.get_by_text("𠮷田 誠")).to_have_count(0)


def _row(page: Page):
    """The person in the list, looked for by login id."""
    page.goto("/people/")
    page.get_by_role("searchbox").fill(LOGIN)
    page.get_by_role("button", name="さがす").click()
    return page.get_by_role("row").filter(has_text=LOGIN)


def _open_person(page: Page) -> None:
    page.get_by_role("row").filter(has_text=LOGIN).get_by_role("rowheader").get_by_role("link").click()
    expect(page.get_by_role("heading", level=2, name="職（発令）")).to_be_visible()
