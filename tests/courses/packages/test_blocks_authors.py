"""Packages in lessons as authors meet them: the editor, the preview, and the desk that tells where a package is."""

import re

import pytest
from django.urls import reverse
from wagtail.models import GroupPagePermission
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from courses.catalog.models import Activity
from courses.packages.blocking import block
from courses.packages.keeping import StillUsed, remove
from courses.packages.models import Library, Package
from learning.launches.models import Launch, PackageEvent
from people.roles.actions import grant_role
from people.roles.enums import Role
from tests.cast import YEAR_START
from tests.courses.lesson_cases import make_course, make_lesson
from tests.courses.packages.playing import NAME
from tests.courses.packages.with_blocks import FIRST, package_block, publish, put_blocks

pytestmark = pytest.mark.django_db
TEXT = {"type": "text", "value": {"heading": "{話|はなし}", "body": "<p>本文です。</p>", "easy": ""}}


@pytest.fixture
def package(examples, cast):
    package = examples[f"{NAME}.h5p"]
    Package.objects.filter(pk=package.pk).update(owner_body=cast.prefecture)
    package.refresh_from_db()
    return package


@pytest.fixture
def lesson(package):
    return make_lesson(make_course(open_to_guests=True), [TEXT, package_block(FIRST, package)])


def in_script(text: str) -> str:
    """As the editor's form carries it, in JSON."""
    return text.encode("unicode_escape").decode()


class TestAuthors:
    def form(self, lesson, *chosen, **more):
        values = [
            ("package", package_block(FIRST, package)["value"] | {"easy": rich_text("")})
            for package in chosen
        ]
        return nested_form_data(
            {
                "title": lesson.title,
                "slug": lesson.slug,
                "minutes": 5,
                "move_on": "Completed",
                "is_required": "on",
                "title_ruby": "",
                "title_easy": "",
                "code": "T901-L1",
                "body": streamfield(values),
                "comments": {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0, "MIN_NUM_FORMS": 0, "MAX_NUM_FORMS": 0},
                **more,
            }
        )

    def send(self, browser, lesson, *chosen, **more):
        return browser.post(f"/admin/pages/{lesson.pk}/edit/", self.form(lesson, *chosen, **more))

    def test_an_editor_puts_a_package_into_a_lesson(self, lesson, package, cast, client_for):
        browser = client_for(cast.editor)
        page = browser.get(f"/admin/pages/{lesson.pk}/edit/").text
        assert in_script("教材パッケージ（練習）") in page
        answer = self.send(browser, lesson, package, **{"action-publish": "1"})
        assert answer.status_code == 302, answer.context["form"].errors
        offered = Activity.objects.filter(parent=lesson.activity, is_offered=True)
        assert [one.package_use.package for one in offered] == [package]

    def test_a_removed_package_is_refused_at_publishing_and_the_draft_is_kept(
        self, lesson, package, cast, client_for, at
    ):
        put_blocks(lesson, [package_block(FIRST, package)])
        publish(lesson)
        Package.objects.filter(pk=package.pk).update(removed_at=at)
        browser = client_for(cast.editor)
        answer = self.send(browser, lesson, package, **{"action-publish": "1"})
        assert (
            answer.status_code == 200
            and in_script("は削除されています。別の教材パッケージを選んでください") in answer.text
        )
        assert self.send(browser, lesson, package).status_code == 302

    def test_a_package_with_a_stopped_library_is_refused_at_publishing(
        self, lesson, package, cast, client_for, at
    ):
        library = Library.objects.get(machine_name="Fukumana.ReasonedTrueFalse")
        block(library=library, reason="点検", by=cast.admin, at=at)
        answer = self.send(client_for(cast.editor), lesson, package, **{"action-publish": "1"})
        assert answer.status_code == 200 and in_script("ライブラリーが停止されている") in answer.text

    def test_another_bodys_package_cannot_be_slipped_in(self, lesson, package, cast, client_for):
        Package.objects.filter(pk=package.pk).update(owner_body=cast.koriyama)
        put_blocks(lesson, [])
        publish(lesson)
        answer = self.send(client_for(cast.editor), lesson, package)
        assert answer.status_code == 200 and in_script("ほかの団体のものです") in answer.text

    @pytest.mark.parametrize("mode", ["standard", "ruby", "easy", "large"])
    def test_a_preview_plays_in_each_face_and_records_nothing(self, lesson, package, cast, client_for, mode):
        browser = client_for(cast.author)
        html = lesson.make_preview_request(preview_mode=mode).render().text
        url = reverse("package_desk:launch", args=[package.current.uuid])
        assert f'data-launch="{url}"' in html
        assert html.count("js/package.js") == 1
        answer = browser.post(url).json()
        assert answer["events_url"] == ""
        assert browser.get(answer["play_url"]).status_code == 200
        assert not Launch.objects.exists() and not PackageEvent.objects.exists()

    def test_the_desk_tells_in_which_lessons_a_package_is(self, lesson, package, cast, client_for):
        html = client_for(cast.author).get(reverse("package_desk:package", args=[package.uuid])).text
        assert f"/admin/pages/{lesson.pk}/edit/" in html and "（課の中）" in html

    def test_pages_of_another_body_are_counted_and_not_named(self, lesson, package, cast, client_for, at):
        Package.objects.filter(pk=package.pk).update(owner_body=cast.koriyama)
        grant_role(
            user=cast.outsider,
            role=Role.AUTHOR,
            organization=cast.koriyama,
            valid_from=YEAR_START,
            by=None,
            at=at,
        )
        GroupPagePermission.objects.all().delete()
        browser = client_for(cast.outsider)
        for name in ("package", "remove"):
            html = browser.get(reverse(f"package_desk:{name}", args=[package.uuid])).text
            assert lesson.title not in html
            assert re.search(r"ほかの団体のページ\s*1\s*件", html)

    def test_what_a_lesson_plays_cannot_be_removed_without_saying_where(
        self, lesson, package, cast, client_for, at
    ):
        with pytest.raises(StillUsed, match="はじめの一歩（練習1）"):
            remove(package=package, by=cast.author, at=at)
        url = reverse("package_desk:remove", args=[package.uuid])
        html = client_for(cast.author).post(url, follow=True).text
        assert "公開中のページで使われています" in html and lesson.title in html
        put_blocks(lesson, [TEXT])
        publish(lesson)
        assert remove(package=package, by=cast.author, at=at)
