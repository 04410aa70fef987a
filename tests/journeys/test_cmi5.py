"""A cmi5 course of our own in a real browser: on the host of packages, speaking to the record store of the site."""

import json

import pytest
from playwright.sync_api import Page, expect

from tests.courses.packages.cmi5_units import example_zip

pytestmark = pytest.mark.journey

# Brought in as an author does it, and put on a page of a course of the example prefecture.
BRING = """
import io
from django.utils import timezone
from courses.blobs.actions import store
from courses.catalog.pages import CoursePage
from courses.packages.cmi5_taking import take_cmi5
from courses.packages.enums import ImportPurpose
from courses.packages.models import PackageImport
from courses.packages.pages import PackagePage
from people.accounts.models import User
data, at = open({file!r}, "rb").read(), timezone.now()
row = PackageImport.objects.create(purpose=ImportPurpose.CONTENT, source_id=store([data], at=at),
    filename="one-time-codes.zip", uploaded_by=User.objects.get(username="admin"), uploaded_at=at)
version = take_cmi5(row, io.BytesIO(data), at=at)
course = CoursePage.objects.get(slug="s105")
page = PackagePage(title="確認コードを聞かれたら", slug="s105-c1", code="S105-C1", package=version.package)
course.add_child(instance=page)
page.save_revision().publish()
"""
SAID = """
import json
from learning.launches.models import PackageAttempt
from learning.records.models import Statement
said = [body["verb"]["id"].rsplit("/", 1)[-1] for body in Statement.objects.order_by("pk").values_list("body", flat=True)
        if "context/extensions/sessionid" in json.dumps(body)]
attempts = [[row.number, row.success, float(row.score_raw)] for row in
            PackageAttempt.objects.filter(activity__code="S105-C1").order_by("number")]
print("FOUND " + json.dumps([said, attempts]))
"""
ADDRESS = "/courses/s105/s105-c1/"


@pytest.fixture(scope="module")
def brought(site, tmp_path_factory):
    file = tmp_path_factory.mktemp("cmi5") / "one-time-codes.zip"
    file.write_bytes(example_zip())
    done = site.manage("shell", "-c", BRING.format(file=str(file)))
    assert done.returncode == 0, done.stdout + done.stderr


def found(site) -> list:
    done = site.manage("shell", "-c", SAID)
    assert done.returncode == 0, done.stderr
    return list(json.loads(done.stdout.split("FOUND ")[1]))


def begin(page: Page) -> None:
    page.goto(ADDRESS)
    page.locator("[data-package-open]").click()
    expect(page.get_by_role("heading", level=1, name="確認コードを聞かれたら")).to_be_visible(timeout=30_000)
    page.wait_for_url("http://packages.localhost:*/**")
    expect(page.locator("#leave")).to_be_visible(timeout=30_000)


def leave(page: Page) -> None:
    page.get_by_role("button", name="終わる").click()
    page.wait_for_url(f"**{ADDRESS}")


def test_a_learner_fails_resumes_passes_and_looks_again(page, sign_in, site, brought, outside):
    sign_in(page, "hanako")
    begin(page)
    page.get_by_label("番号を伝える", exact=True).check()
    page.get_by_role("button", name="答える").click()
    expect(page.locator("#said")).to_contain_text("伝えてはいけません")
    leave(page)

    begin(page)
    expect(page.locator("#said")).to_have_text("前回の続きです。")
    expect(page.get_by_label("番号を伝える", exact=True)).to_be_checked()
    page.get_by_label("番号は伝えず、電話を切る").check()
    page.get_by_role("button", name="答える").click()
    expect(page.locator("#said")).to_contain_text("正解です")
    leave(page)
    expect(page.locator(".package .chip--done")).to_be_visible()

    begin(page)
    expect(page.locator("#said")).to_contain_text("もう合格しています")
    said, attempts = found(site)
    assert said == [
        *("launched", "initialized", "failed", "terminated"),
        *("launched", "initialized", "passed", "satisfied", "terminated"),
        *("launched", "initialized"),
    ]
    assert attempts == [[1, False, 0], [2, True, 100]]

    # A second launch, in another window, abandons what is open here.
    other = page.context.new_page()
    begin(other)
    page.get_by_role("button", name="終わる").click()
    expect(page.locator("#said")).to_contain_text("abandoned")
    assert found(site)[0][-3:] == ["abandoned", "launched", "initialized"]
