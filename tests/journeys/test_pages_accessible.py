"""Every page that somebody can come to by links: axe finds nothing, nothing is cut off, the keyboard is enough."""

import re
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

import pytest
from playwright.sync_api import Page, Response, expect

from tests.design.conftest import axe_findings

pytestmark = pytest.mark.journey

WIDE, NARROW = {"width": 1366, "height": 768}, {"width": 320, "height": 640}
FACES = ("標準", "ふりがな", "やさしい日本語", "大きな画面")
# login id ("" = a visitor) → where the walk begins besides the links of the menu
STARTS = {
    "": [
        "/",
        "/accounts/login/",
        "/card/",
        "/reading/",
        "/verify/",
        "/verify/XXXX-XXXX/",
        "/s/",
        "/s/Z9/",
        "/seat/",
    ],
    "hanako": ["/learning/", "/courses/s105/l1/", "/courses/s105/quiz/", "/accounts/password/change/"],
    "kenshu": ["/reports/people/", "/people/", "/assignments/", "/accounts/logout/"],
    "sensei": ["/reports/classes/", "/people/", "/assignments/new/", "/groups/"],
    "kominkan": ["/groups/", "/claim/seats/"],
    "seito01": ["/learning/", "/courses/e201/quiz/"],
    "kacho": ["/reports/people/", "/people/", "/no-such-page/"],
}
SKIPPED = re.compile(r"^/(admin|static|media|documents)/|\.(pdf|xlsx|csv|json)$|/accounts/logout/$")
# What is the same for everybody is walked by the visitor; the others walk what is theirs.
OWN = re.compile(
    r"^/(learning|assignments|reports|people|groups|seat|claim|jobs|accounts|courses/(s105|e201))/"
)
SAME = (
    (re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}"), "*"),
    (re.compile(r"^/strategy/.+/$"), "/strategy/*/"),
    (re.compile(r"/l\d+/$"), "/l*/"),
)


@pytest.mark.parametrize("login", STARTS)
def test_every_page_that_links_lead_to(login: str, page: Page, sign_in, outside):
    if login:
        sign_in(page, login)
    walked, faults = 0, []
    for address in _walk(page, STARTS[login], OWN if login else None):
        walked += 1
        for size in (WIDE, NARROW):
            page.set_viewport_size(size)  # type: ignore[arg-type]
            faults += [(address, size["width"], found) for found in axe_findings(page)]
        if page.evaluate("document.documentElement.scrollWidth") > NARROW["width"]:
            faults.append((address, NARROW["width"], "is wider than the screen"))
        page.set_viewport_size(WIDE)  # type: ignore[arg-type]
    assert faults == []
    assert walked >= len(STARTS[login])


def _walk(page: Page, starts: list[str], own: re.Pattern[str] | None) -> Iterator[str]:
    """Opens each address once; of many that are built alike (lessons of a course, people) only the first."""
    waiting, seen = list(starts), set()
    while waiting:
        address = waiting.pop(0)
        if (kind := _kind(address)) in seen:
            continue
        seen.add(kind)
        response = page.goto(address)
        assert response
        assert response.status < 500, address
        yield address
        waiting += [link for link in _links(page) if _kind(link) not in seen and (not own or own.match(link))]


def _kind(address: str) -> str:
    path, query = urlsplit(address).path, urlsplit(address).query
    for pattern, sign in SAME:
        path = pattern.sub(sign, path)
    keys = sorted(part.split("=")[0] for part in query.split("&") if part)
    return f"{path}?{'&'.join(keys)}"


def _links(page: Page) -> list[str]:
    hrefs = page.locator("a[href]").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    inside = [urljoin(page.url, href) for href in hrefs if not re.match(r"#|tel:|mailto:", href)]
    paths = [urlsplit(url)._replace(scheme="", netloc="", fragment="").geturl() for url in inside]
    return [path for path in paths if not SKIPPED.search(urlsplit(path).path)]


@pytest.mark.parametrize("face", FACES)
def test_a_lesson_and_a_quiz_in_every_face(face: str, page: Page, sign_in, outside):
    sign_in(page, "seito01")
    page.goto("/reading/")
    page.goto("/courses/e201/l1/")
    page.get_by_role("button", name=face).click()
    page.goto("/courses/e201/quiz/")
    page.get_by_role("button", name=re.compile("はじめる|つづきから|もう一度|はじめから")).first.click()
    page.wait_for_url("**/attempts/**")
    for address in ("/courses/e201/l1/", "/courses/l203/l5/", "/learning/", page.url):
        page.goto(address)
        for size in (WIDE, NARROW):
            page.set_viewport_size(size)  # type: ignore[arg-type]
            assert axe_findings(page) == [], address
        assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"], address
    page.goto("/courses/e201/l1/")
    page.get_by_role("button", name=FACES[0]).click()


def test_the_keyboard_is_enough(page: Page, outside):
    page.goto("/")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="本文へ")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.set_viewport_size({"width": 390, "height": 844})
    menu = page.get_by_text("メニュー", exact=True)
    _tab_to(page, menu)
    page.keyboard.press("Enter")
    courses = page.get_by_role("navigation", name="メインメニュー").get_by_role("link", name="講座")
    expect(courses).to_be_visible()
    _tab_to(page, courses)
    outline = courses.evaluate(
        "link => getComputedStyle(link).outlineStyle + getComputedStyle(link).boxShadow"
    )
    assert outline != "nonenone"
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1, name="講座")).to_be_visible()


def _tab_to(page: Page, target) -> None:
    for _press in range(40):
        if target.evaluate("one => one === document.activeElement || one.contains(document.activeElement)"):
            return
        page.keyboard.press("Tab")
    pytest.fail("forty times the tab key, and never there")


def test_a_lesson_is_light_on_a_cold_cache(page: Page, outside):
    """Fewer than 12 requests and at most 100 kB over the wire, though the demo compresses nothing."""
    client = page.context.new_cdp_session(page)
    client.send("Network.enable")
    sizes: list[int] = []
    client.on("Network.loadingFinished", lambda event: sizes.append(int(event["encodedDataLength"])))
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))
    page.goto("/courses/l203/l2/", wait_until="networkidle")
    assert len(answers) < 12, [answer.url for answer in answers]
    assert sum(sizes) <= 100_000, [answer.url for answer in answers]
