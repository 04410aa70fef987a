"""SCORM at the desk: one screen for all files, what is in it, where it is played, and a look that leaves nothing."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from courses.packages.examples.builder import build
from courses.packages.models import Package, PackageImport
from learning.launches.models import Launch, PackageAttempt
from learning.scorm.models import ScormCommit, ScormState
from tests.courses.packages.scorm_files import scorm

pytestmark = pytest.mark.django_db
HOST = "packages.localhost"


@pytest.fixture(autouse=True)
def origin(settings):
    settings.PACKAGES_ORIGIN, settings.SITE_BASE_URL = f"http://{HOST}", "http://testserver"


@pytest.fixture
def author(cast, client_for):
    return client_for(cast.author)


@pytest.fixture
def package(bring) -> Package:
    bring(build("checking-ai-answers.zip"), "checking-ai-answers.zip")
    return Package.objects.select_related("current").get()


def look(browser: Client, package: Package):
    assert package.current is not None
    return browser.post(reverse("package_desk:launch", args=[package.current.uuid]))


def test_a_zip_is_brought_on_the_same_screen(author, django_capture_on_commit_callbacks):
    page = author.get(reverse("package_desk:upload"))
    text = page.content.decode()
    assert "SCORM 2004" in text and ".zip" in text
    ticket = page.context["form"]["ticket"].value()
    file = SimpleUploadedFile("kurs.zip", scorm())
    with django_capture_on_commit_callbacks(execute=True):
        answer = author.post(reverse("package_desk:upload"), {"file": file, "ticket": ticket}, follow=True)
    assert answer.status_code == 200
    assert PackageImport.objects.get().state == "done"
    assert Package.objects.get().title == "情報セキュリティ"


def test_another_ending_is_told_before_anything_is_sent(author):
    page = author.get(reverse("package_desk:upload"))
    ticket = page.context["form"]["ticket"].value()
    file = SimpleUploadedFile("kurs.exe", b"MZ")
    answer = author.post(reverse("package_desk:upload"), {"file": file, "ticket": ticket})
    assert ".zip でもありません" in answer.content.decode()
    assert not PackageImport.objects.exists()


def test_the_package_page_tells_what_is_in_it(author, package):
    text = author.get(reverse("package_desk:package", args=[package.uuid])).content.decode()
    assert "教材の構成" in text
    assert "学ぶ" in text and "60％以上で合格" in text
    assert "このサイトでは開けません" not in text


def test_without_a_host_the_desk_says_so_and_looks_at_nothing(author, package, settings):
    settings.PACKAGES_ORIGIN = ""
    for name, uuid in (("package", package.uuid), ("preview", package.current.uuid)):
        assert "専用のホスト名" in author.get(reverse(f"package_desk:{name}", args=[uuid])).content.decode()
    assert look(author, package).status_code == 409


def test_a_trusted_package_carries_its_notice(bring, cast, client_for, settings):
    package = bring(scorm(), "a.zip", by=cast.admin).version.package
    settings.PACKAGES_ORIGIN, settings.PACKAGES_TRUST_UPLOADERS = "", True
    browser = client_for(cast.admin)
    for name, uuid in (("package", package.uuid), ("preview", package.current.uuid)):
        assert (
            "サイトと同じホスト名"
            in browser.get(reverse(f"package_desk:{name}", args=[uuid])).content.decode()
        )
    assert look(browser, package).json()["play_url"].startswith("/hosted/")


def test_a_look_plays_every_part_and_leaves_nothing(author, package):
    said = look(author, package).json()
    assert (said["kind"], said["events_url"]) == ("scorm", "")
    assert said["play_url"].startswith(f"http://{HOST}/look/")
    path = said["play_url"].removeprefix(f"http://{HOST}")
    page = Client().get(path, headers={"host": HOST})
    assert page.status_code == 200
    assert page.context["player"].config["review"] is True
    assert "/learn.html" in page.context["player"].config["src"]
    second = Client().get(f"{path}?sco=check", headers={"host": HOST})
    assert "/check.html" in second.context["player"].config["src"]
    assert second.context["player"].before
    for model in (Launch, PackageAttempt, ScormCommit, ScormState):
        assert not model.objects.exists()


def test_only_who_may_see_the_package_looks_at_it(package, cast, client_for):
    assert look(client_for(cast.outsider), package).status_code in {302, 403, 404}
    assert look(client_for(cast.hanako), package).status_code in {302, 403, 404}
    path = reverse("hosting:scorm_look", urlconf="config.package_urls", kwargs={"token": "a:b:c"})
    assert Client().get(path, headers={"host": HOST}).status_code == 404


def test_the_key_of_a_look_opens_no_file_and_takes_no_result(author, package):
    token = look(author, package).json()["play_url"].rstrip("/").rsplit("/", 1)[1]
    assert Client().get(f"/{token}/learn.html", headers={"host": HOST}).status_code == 404
    assert Client().get(f"/play/{token}/", headers={"host": HOST}).status_code == 404
    assert Client().post(
        f"/play/{token}/commit/", b"{}", content_type="text/plain", headers={"host": HOST}
    ).status_code in {404, 409}


def test_questions_to_the_database_stay_the_same_with_more_parts(author, bring, package):
    one = bring(scorm(), "a.zip").version.package
    counts = []
    for each in (one, package, one):
        with CaptureQueriesContext(connection) as done:
            author.get(reverse("package_desk:package", args=[each.uuid]))
        counts.append(len(done))
    assert counts[1] == counts[2]
