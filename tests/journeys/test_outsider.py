"""渡辺 健 of 郡山市 tries the addresses of 福島市: people, class, assignment, certificate. No names, no way in."""

import re

import pytest
from playwright.sync_api import Page

pytestmark = pytest.mark.journey

NAMES = ("佐藤 花子", "鈴木 一郎", "鈴木 美咲", "税務課", "1年1組")


def test_a_person_of_another_municipality_sees_no_names(page: Page, site, sign_in, new_person, outside):
    addresses = _addresses_of_fukushima(site, new_person(), new_person(), sign_in)
    assert len(addresses) == 8, addresses
    sign_in(page, "koriyama")
    for address in addresses:
        reply = page.request.get(address)
        assert reply.status in (403, 404), (address, reply.status)
        assert not [name for name in NAMES if name in reply.text()], address
    page.goto("/learning/")
    entries = page.get_by_role("navigation", name="メインメニュー").get_by_role("link").all_inner_texts()
    assert entries == ["わたしの学び", "講座", "DX戦略"]


def _addresses_of_fukushima(site, officer: Page, teacher: Page, sign_in) -> list[str]:
    """As those who may see them find them."""
    sign_in(officer, "kenshu")
    sign_in(teacher, "sensei")
    board = _first(teacher, "/reports/classes/", r"^/reports/classes/[0-9a-f-]{36}/$")
    card = _first(officer, "/people/?q=hanako", r"^/people/[0-9a-f-]{36}/card/$")
    duty = _first(officer, "/assignments/", r"^/assignments/[0-9a-f-]{36}/$")
    return [
        board,
        f"{board.rstrip('/')}.xlsx?course=E201",
        card,
        duty,
        "/reports/people/",
        "/reports/people.csv",
        "/people/",
        _a_real_certificate(site),
    ]


def _a_real_certificate(site) -> str:
    """No page tells its address to anybody but its holder: it comes from the records themselves."""
    words = (
        "from learning.certificates.models import Certificate;"
        "print('uuid', Certificate.objects.order_by('pk').values_list('uuid', flat=True)[0])"
    )
    told = site.manage("shell", "-v", "0", "-c", words)
    found = re.search(r"uuid ([0-9a-f-]{36})", told.stdout)
    assert found, told.stdout + told.stderr
    return f"/certificates/{found.group(1)}.pdf"


def _first(page: Page, address: str, pattern: str) -> str:
    page.goto(address)
    links = [link.get_attribute("href") or "" for link in page.get_by_role("main").get_by_role("link").all()]
    return next(link for link in links if re.match(pattern, link))
