"""Pages that no link leads to, because a button or a state does: axe finds nothing and nothing is cut off.

髙橋 美咲, training officer, meets them all; the walk over the links stands in test_pages_accessible.py.
"""

import json
import re

import pytest
from django.template.loader import render_to_string
from playwright.sync_api import Page, expect

from tests.design.conftest import axe_findings
from tests.journeys.conftest import Site

pytestmark = pytest.mark.journey

SIZES = ({"width": 1366, "height": 768}, {"width": 390, "height": 844}, {"width": 320, "height": 256})
FACES = ("標準", "ふりがな", "やさしい日本語", "大きな画面")
QUIZ = "/courses/s105/quiz/"

# Rows that only time or chance makes: jobs in each state, and a certificate that holds and one that was revoked.
MAKE_STATES = """
import json
from django.utils import timezone
from learning.certificates.actions import revoke_certificate
from learning.certificates.models import Certificate
from office.jobs.models import Job
from people.accounts.models import User
now = timezone.now()
owner = User.objects.get(username="kenshu")
common = {"kind": "walk", "title": "割り当て", "owner": owner.uuid, "created_at": now, "heartbeat_at": now}
states = {
    "waiting": {},
    "running": {"done": 40, "total": 100},
    "done": {"done": 100, "total": 100, "finished_at": now, "result": {"message": "100人に割り当てました。"}},
    "failed": {"done": 40, "total": 100, "finished_at": now, "error": "名簿を読めませんでした。"},
}
jobs = {state: str(Job.objects.create(state=state, **common, **more).uuid) for state, more in states.items()}
valid, revoked = Certificate.objects.filter(revoked_at=None).order_by("-pk")[:2]
revoke_certificate(certificate=revoked, reason="氏名の誤り", by=owner, at=now)
print("STATES" + json.dumps({"jobs": jobs, "valid": valid.code, "revoked": revoked.code}))
"""


@pytest.fixture(scope="module")
def states(site: Site) -> dict:
    done = site.manage("shell", "-c", MAKE_STATES)
    found = re.search(r"STATES(\{.*\})", done.stdout)
    assert found, done.stdout + done.stderr
    made: dict = json.loads(found.group(1))
    return made


@pytest.fixture
def officer(page: Page, sign_in) -> Page:
    sign_in(page, "kenshu")
    return page


def _expect_accessible(page: Page) -> None:
    for size in SIZES:
        page.set_viewport_size(size)  # type: ignore[arg-type]
        assert axe_findings(page) == [], (page.url, size)
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"], (page.url, size)
    page.set_viewport_size(SIZES[0])  # type: ignore[arg-type]


def _choose(page: Page, face: str) -> None:
    page.goto("/reading/")
    page.get_by_role("button", name=face, exact=True).click()
    expect(page.get_by_role("button", name=face, exact=True)).to_have_attribute("aria-pressed", "true")


@pytest.mark.parametrize("face", FACES)
def test_handing_in_and_the_result(face: str, page: Page, sign_in, outside):
    sign_in(page, "kenshu")
    _choose(page, face)
    page.goto("/courses/s105/")
    enroll = page.get_by_role("button", name="この講座を受講する")
    if enroll.count():
        enroll.click()
    page.goto(QUIZ)
    page.get_by_role("main").locator("form[action$='/start/'] button").click()
    page.wait_for_url("**/attempts/**")
    attempt = page.url.split("?")[0]
    page.goto(f"{attempt}submit/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("提出")
    _expect_accessible(page)
    page.locator("form[data-quiz-submit] button").click()
    page.wait_for_url("**/result/**")
    _expect_accessible(page)
    _choose(page, FACES[0])


def test_a_declaration_that_is_saved(officer: Page, outside):
    officer.goto("/courses/s105/l5/")
    words = officer.get_by_label("わたしの宣言")
    if words.count():
        words.fill("元の資料で確かめます。")
        officer.get_by_role("button", name="保存する").click()
        expect(officer.get_by_text(re.compile("保存しました")).first).to_be_visible()
        _expect_accessible(officer)


def test_assigning_step_by_step(officer: Page, outside):
    officer.goto("/assignments/new/")
    officer.get_by_role("main").get_by_role("link", name=re.compile("生成AIを仕事で安全に使う")).click()
    officer.get_by_role("button", name="内容を確かめる").click()
    expect(officer.get_by_role("alert").first).to_be_visible()
    _expect_accessible(officer)
    units = officer.get_by_label("クラスまたは所属")
    units.select_option(units.get_by_role("option").filter(has_text="税務課").first.get_attribute("value"))
    officer.get_by_label("理由").fill("全職員が受ける講座です。")
    officer.get_by_role("button", name="内容を確かめる").click()
    expect(officer.get_by_text("手順 3／3")).to_be_visible()
    _expect_accessible(officer)


def test_an_issued_card(officer: Page, outside):
    officer.goto("/people/?q=fks-hoken-02")
    officer.get_by_role("link", name=re.compile("一回限りのカードを発行")).first.click()
    officer.get_by_role("button", name="カードを発行する").click()
    expect(officer.get_by_text(re.compile("[0-9A-Z]{5}-[0-9A-Z]{5}"))).to_be_visible()
    _expect_accessible(officer)


@pytest.mark.parametrize("state", ["waiting", "running", "done", "failed"])
def test_a_job_in_each_state(state: str, officer: Page, states: dict, outside):
    officer.goto(f"/jobs/{states['jobs'][state]}/")
    expect(officer.get_by_role("heading", level=1, name="割り当て")).to_be_visible()
    _expect_accessible(officer)


@pytest.mark.parametrize("state", ["valid", "revoked"])
def test_a_certificate_that_is_checked(state: str, page: Page, states: dict, outside):
    page.goto(f"/verify/{states[state]}/")
    expect(page.get_by_text("有効です" if state == "valid" else "失効しています").first).to_be_visible()
    _expect_accessible(page)


def test_a_refused_and_a_missing_page(page: Page, sign_in, outside):
    sign_in(page, "hanako")
    for address, words in (
        ("/assignments/new/", "このページは開けません"),
        ("/no-such-page/", "見つかりません"),
    ):
        page.goto(address)
        expect(page.get_by_role("heading", level=1)).to_contain_text(re.compile(words + "|ありません"))
        _expect_accessible(page)


def test_a_page_that_was_open_too_long(page: Page, outside):
    page.goto("/reading/")
    form = page.locator("main form").first
    form.evaluate(
        "form => { form.elements.csrfmiddlewaretoken.value = 'x'.repeat(64); form.requestSubmit(); }"
    )
    expect(page.get_by_text("残っているもの")).to_be_visible()
    _expect_accessible(page)


@pytest.mark.parametrize("template", ["400.html", "500.html"])
def test_a_page_of_a_failure(template: str, page: Page, outside):
    """As the server sends it, with our own styles; what makes it appear is none of its business."""
    body = render_to_string(template)
    page.route("**/broken/", lambda route: route.fulfill(body=body, content_type="text/html; charset=utf-8"))
    page.goto("/broken/")
    expect(page.get_by_text("残っているもの")).to_be_visible()
    _expect_accessible(page)


EMPTY = {
    "/courses/?q=ざざざざ": "",
    "/people/?q=ざざざざ": "kenshu",
    "/reports/people/?words=ざざざざ": "kenshu",
    "/assignments/new/?q=ざざざざ": "kenshu",
}


@pytest.mark.parametrize("address", EMPTY)
def test_a_list_with_nothing_in_it(address: str, page: Page, sign_in, outside):
    if login := EMPTY[address]:
        sign_in(page, login)
    page.goto(address)
    expect(page.locator(".empty-state")).to_be_visible()
    _expect_accessible(page)
