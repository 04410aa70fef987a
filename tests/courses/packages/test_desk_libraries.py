"""Whoever looks after the install sees what a file would bring, says yes, stops a library, and can go back."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.models import ModelLogEntry

from courses.packages.models import Library
from tests.courses.packages.test_imports import FOLDER, with_patch

pytestmark = pytest.mark.django_db
NAME = "true-false-reasons.h5p"
TICKET = "7d1c3a52-3c7e-4ad1-9f0e-27a1a5f0f002"


def at_desk(name, *args):
    return reverse(f"package_desk:{name}", args=args)


@pytest.fixture
def manager(cast, client_for):
    return client_for(cast.admin)


@pytest.fixture
def look(manager, django_capture_on_commit_callbacks):
    """A manager sends a file and sees the difference."""

    def look(data, name=NAME):
        body = {"ticket": TICKET, "file": SimpleUploadedFile(name, data)}
        with django_capture_on_commit_callbacks(execute=True):
            answer = manager.post(at_desk("library_upload"), body)
        return manager.get(answer["Location"]).text

    return look


@pytest.fixture
def say_yes(manager, django_capture_on_commit_callbacks):
    def say_yes():
        with django_capture_on_commit_callbacks(execute=True):
            answer = manager.post(at_desk("install", TICKET))
        return manager.get(answer["Location"]).text

    return say_yes


def reasoned(**more):
    return Library.objects.get(machine_name="Fukumana.ReasonedTrueFalse", **more)


class TestTheWayIn:
    def test_authors_have_no_way_to_libraries(self, examples, cast, client_for):
        browser, library = client_for(cast.author), reasoned()
        gets = [at_desk("libraries"), at_desk("library_upload"), at_desk("library", library.pk)]
        posts = [at_desk("unblock", library.pk), at_desk("library", library.pk), at_desk("install", TICKET)]
        posts.append(at_desk("newest", examples[NAME].uuid))
        answers = [browser.get(url) for url in gets] + [browser.post(url, {"reason": "x"}) for url in posts]
        assert {(one.status_code, one.get("Location")) for one in answers} == {
            (302, reverse("wagtailadmin_home"))
        }
        assert reasoned().status == "active"

    def test_a_manager_opens_every_page(self, examples, manager):
        addresses = [at_desk("libraries"), at_desk("library_upload"), at_desk("library", reasoned().pk)]
        assert {manager.get(address).status_code for address in addresses} == {200}

    def test_the_menu_shows_to_each_what_they_may_use(self, examples, cast, client_for):
        home = reverse("wagtailadmin_home")
        assert at_desk("index") in client_for(cast.author).get(home).text
        assert at_desk("libraries") not in client_for(cast.author).get(home).text
        assert at_desk("libraries") in client_for(cast.admin).get(home).text


class TestInstalling:
    def test_what_is_new_is_shown_and_then_installed(self, look, say_yes, example):
        text = look(example(NAME))
        assert "新しく追加" in text
        assert "Fukumana.ReasonedTrueFalse" in text
        assert not Library.objects.exists()
        assert "ライブラリーを追加しました" in say_yes()
        assert reasoned().status == "active"

    def test_yes_twice_installs_once(self, look, say_yes, example):
        look(example(NAME))
        say_yes()
        count = Library.objects.count()
        say_yes()
        assert Library.objects.count() == count

    def test_the_same_again_offers_no_button(self, examples, look, example):
        text = look(example(NAME))
        assert "新しく追加するものはありません" in text
        assert at_desk("install", TICKET) not in text

    def test_the_same_version_with_other_content_is_refused(self, examples, look, say_yes, example):
        patch, tree = reasoned().patch, reasoned().tree_sha
        text = look(with_patch(example(NAME), FOLDER, patch, script="\n// other"))
        assert "版が同じで中身が違う" in text
        assert at_desk("install", TICKET) not in text
        say_yes()
        assert reasoned().tree_sha == tree


class TestNewest:
    @pytest.fixture
    def newer(self, examples, look, say_yes, example):
        """A newer patch of the library is installed."""
        old = reasoned()
        assert "新しい版に更新" in look(with_patch(example(NAME), FOLDER, old.patch + 1, script="\n// newer"))
        say_yes()
        return reasoned(patch=old.patch + 1)

    def test_a_package_gets_the_newer_library_and_goes_back(self, examples, newer, manager):
        package = examples[NAME]
        first = package.current
        assert at_desk("newest", package.uuid) in manager.get(at_desk("package", package.uuid)).text
        manager.post(at_desk("newest", package.uuid))
        package.refresh_from_db()
        second = package.current
        assert second.number == first.number + 1
        assert second.params == first.params
        assert second.libraries.filter(library=newer).exists()
        assert not first.libraries.filter(library=newer).exists()
        assert set(second.files.values_list("path", "blob")) == set(first.files.values_list("path", "blob"))
        manager.post(at_desk("make_current", first.uuid))
        package.refresh_from_db()
        assert package.current == first
        actions = set(ModelLogEntry.objects.values_list("action", flat=True))
        assert {"courses.package_repinned", "courses.package_restored"} <= actions

    def test_twice_makes_one_version(self, examples, newer, manager):
        package = examples[NAME]
        manager.post(at_desk("newest", package.uuid))
        manager.post(at_desk("newest", package.uuid))
        assert package.versions.count() == 2


class TestBlocking:
    def test_a_reason_is_needed(self, examples, manager):
        response = manager.post(at_desk("library", reasoned().pk), {"reason": " "})
        assert "理由を入力してください" in response.text
        assert reasoned().status == "active"

    def test_blocked_and_let_go_on(self, examples, manager):
        pk = reasoned().pk
        text = manager.post(at_desk("library", pk), {"reason": "不正なコードの知らせ"}, follow=True).text
        assert "不正なコードの知らせ" in text
        assert reasoned().status == "blocked"
        manager.post(at_desk("unblock", pk))
        assert reasoned().status == "active"
        actions = set(ModelLogEntry.objects.values_list("action", flat=True))
        assert {"courses.library_blocked", "courses.library_unblocked"} <= actions

    def test_a_version_with_a_blocked_library_does_not_come_back(
        self, examples, manager, bring, example, cast
    ):
        package = examples[NAME]
        first = package.current
        bring(example(NAME), NAME, by=cast.admin, replaces=package)
        Library.objects.filter(pinned_by__version=first).update(status="blocked")
        text = manager.post(at_desk("make_current", first.uuid), follow=True).text
        assert "停止中のライブラリーを使っています" in text
        package.refresh_from_db()
        assert package.current.number == 2
