"""A full disk, a foreign package smuggled into a page: nothing is lost, and nothing gets through."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from courses.catalog.enums import MoveOn
from courses.catalog.pages import CoursePage
from courses.packages.models import Package, PackageImport
from courses.packages.pages import PackagePage

pytestmark = pytest.mark.django_db
NAME = "true-false-reasons.h5p"
TICKET = "7d1c3a52-3c7e-4ad1-9f0e-27a1a5f0f003"


def full_disk(*args, **kwargs):
    raise OSError("No space left on device")


class TestAFullDisk:
    def test_during_the_upload_it_is_told_in_the_form(self, cast, client_for, example, monkeypatch):
        monkeypatch.setattr("courses.package_desk.uploads.upload", full_disk)
        body = {"ticket": TICKET, "file": SimpleUploadedFile(NAME, example(NAME))}
        response = client_for(cast.author).post(reverse("package_desk:upload"), body)
        assert "ファイルを保存できませんでした。何も変わっていません。" in response.text
        assert not PackageImport.objects.exists()

    def test_during_the_work_it_can_be_tried_again_from_the_kept_file(
        self, examples, bring, example, cast, client_for, monkeypatch, django_capture_on_commit_callbacks
    ):
        with monkeypatch.context() as broken:
            broken.setattr("courses.packages.imports.take_content", full_disk)
            row = bring(example(NAME), NAME)
        browser, address = client_for(cast.author), reverse("package_desk:import", args=[row.uuid])
        assert "処理が途中で止まりました" in browser.get(address).text
        with django_capture_on_commit_callbacks(execute=True):
            browser.post(reverse("package_desk:try_again", args=[row.uuid]))
        assert "第1版として取り込みました" in browser.get(address).text


class TestAPageWithAForeignPackage:
    @pytest.mark.parametrize("trick", ["foreign", "removed"])
    def test_it_cannot_be_chosen_by_a_made_up_form(self, trick, examples, curriculum, cast, at, client_for):
        package = examples[NAME]
        changed = {"owner_body": cast.koriyama} if trick == "foreign" else {"removed_at": at}
        Package.objects.filter(pk=package.pk).update(**changed)
        other = examples["spot-the-scam.h5p"]
        page = PackagePage(title="練習", slug="practice", package=other, live=False)
        CoursePage.objects.get(code="S105").add_child(instance=page)
        fields = {"title": "練習", "slug": "practice", "minutes": "5", "move_on": MoveOn.COMPLETED.value}
        body = fields | {
            "package": str(package.pk),
            "comments-TOTAL_FORMS": "0",
            "comments-INITIAL_FORMS": "0",
        }
        address = reverse("wagtailadmin_pages:edit", args=[page.pk])
        response = client_for(cast.author).post(address, body)
        said = {
            "foreign": "ほかの団体のものです。別のものを",
            "removed": "削除されています。別の教材パッケージを",
        }
        assert f"{said[trick]}選んでください" in response.text
        assert package.title not in response.text
        assert page.get_latest_revision() is None

        accepted = client_for(cast.author).post(address, body | {"package": str(other.pk)})
        assert accepted.status_code == 302
