"""An author whose file lacks libraries asks with a button; a manager answers; the kept file goes in again."""

import json
from uuid import uuid4

import pytest
from django.urls import reverse
from wagtail.models import ModelLogEntry

from courses.library_requests.models import LibraryRequest
from courses.packages.enums import ImportPurpose, ImportState
from courses.packages.models import Library, Package, PackageImport
from people.roles.actions import grant_role
from people.roles.enums import Role
from tests.cast import YEAR_START
from tests.courses.packages.test_imports import FOLDER, with_patch

pytestmark = pytest.mark.django_db
NAME = "true-false-reasons.h5p"


def at_desk(name, *args):
    return reverse(f"package_desk:{name}", args=args)


def in_menu(text):
    """As the admin's menu holds it: in JSON."""
    return json.dumps(text)[1:-1]


@pytest.fixture
def foreign_author(cast, at):
    grant_role(
        user=cast.outsider,
        role=Role.AUTHOR,
        organization=cast.koriyama,
        valid_from=YEAR_START,
        by=None,
        at=at,
    )
    return cast.outsider


@pytest.fixture
def author(cast, client_for):
    return client_for(cast.author)


@pytest.fixture
def manager(cast, client_for):
    return client_for(cast.admin)


@pytest.fixture
def refused(cast, bring, example):
    """An upload for 福島県 that was refused: none of its libraries is here."""
    row = bring(example(NAME), NAME)
    PackageImport.objects.filter(pk=row.pk).update(owner_body=cast.prefecture)
    return row


@pytest.fixture
def asked(refused, author):
    author.post(at_desk("ask", refused.uuid))
    return LibraryRequest.objects.get()


@pytest.fixture
def press(django_capture_on_commit_callbacks):
    """A button that starts a job, pressed twice; the page behind it when the job has run."""

    def press(browser, address):
        body = {"ticket": str(uuid4())}
        with django_capture_on_commit_callbacks(execute=True):
            answers = [browser.post(address, body) for _time in range(2)]
        assert answers[0]["Location"] == answers[1]["Location"]
        return browser.get(answers[0]["Location"])

    return press


class TestAsking:
    def test_once_for_a_file_however_often_it_is_pressed(self, refused, author, bring, example):
        page = author.get(at_desk("import", refused.uuid)).text
        assert at_desk("ask", refused.uuid) in page
        for _time in range(2):
            assert "依頼しました" in author.post(at_desk("ask", refused.uuid), follow=True).text
        again = bring(example(NAME), NAME)
        author.post(at_desk("ask", again.uuid))
        request = LibraryRequest.objects.get()
        assert [one["library"] for one in request.libraries] == ["Fukumana.ReasonedTrueFalse 1.0"]
        assert ModelLogEntry.objects.filter(action="courses.libraries_asked").count() == 1
        assert at_desk("ask", again.uuid) not in author.get(at_desk("import", again.uuid)).text

    def test_newer_patches_can_be_wished_for(self, examples, author, bring, example):
        done = bring(with_patch(example(NAME), FOLDER, 99), NAME)
        author.post(at_desk("ask", done.uuid))
        (wanted,) = LibraryRequest.objects.get().libraries
        assert wanted["version"] == "1.0.99"
        assert wanted["here"].startswith("1.0.")

    def test_a_file_that_lacks_nothing_asks_for_nothing(self, examples, author, bring, example):
        done = bring(example(NAME), NAME)
        assert "足りないライブラリーはありません" in author.post(at_desk("ask", done.uuid), follow=True).text
        assert not LibraryRequest.objects.exists()

    def test_only_who_sent_the_file(self, refused, foreign_author, manager, client_for):
        assert client_for(foreign_author).post(at_desk("ask", refused.uuid)).status_code == 404
        assert manager.post(at_desk("ask", refused.uuid)).status_code == 404
        assert not LibraryRequest.objects.exists()


class TestTheList:
    def test_a_manager_sees_who_asks_and_the_menu_counts(self, asked, manager, cast):
        page = manager.get(at_desk("requests"))
        assert all(text in page.text for text in (NAME, cast.author.name, "Fukumana.ReasonedTrueFalse 1.0"))
        assert in_menu("依頼1件") in page.text
        assert cast.author.name in manager.get(at_desk("request", asked.uuid)).text

    def test_authors_see_their_own_and_cannot_answer(self, asked, author, foreign_author, client_for):
        assert NAME in author.get(at_desk("requests")).text
        stranger = client_for(foreign_author)
        assert NAME not in stranger.get(at_desk("requests")).text
        for browser in (author, stranger):
            assert browser.get(at_desk("request", asked.uuid)).status_code == 302
            browser.post(at_desk("request", asked.uuid), {"reason": "自分で断る"})
            browser.post(at_desk("request_look", asked.uuid), {"ticket": str(uuid4())})
        asked.refresh_from_db()
        assert asked.state == "open"
        assert not PackageImport.objects.filter(purpose=ImportPurpose.LIBRARIES).exists()

    def test_a_learner_and_a_visitor_find_nothing(self, asked, cast, client, client_for):
        assert client_for(cast.hanako).get(at_desk("requests"), follow=True).status_code == 403
        assert "/login/" in client.get(at_desk("requests"))["Location"]

    def test_more_requests_do_not_mean_more_queries(self, asked, manager, django_assert_max_num_queries):
        for number in range(20):
            asked.pk, asked.uuid, asked.key = None, uuid4(), str(number)
            asked.save(force_insert=True)
        manager.get(at_desk("requests"))
        with django_assert_max_num_queries(16):
            manager.get(at_desk("requests"))


class TestAnswering:
    def test_installed_from_the_kept_file_and_taken_in_again(
        self, asked, refused, author, manager, press, django_capture_on_commit_callbacks
    ):
        looked = press(manager, at_desk("request_look", asked.uuid))
        row = looked.context["row"]
        assert (row.purpose, row.source_id) == (ImportPurpose.LIBRARIES, refused.source_id)
        assert not Library.objects.exists()
        answer = manager.post(at_desk("request", asked.uuid), {"installed": "1"}, follow=True)
        assert "まだ回答していません" in answer.text
        with django_capture_on_commit_callbacks(execute=True):
            manager.post(at_desk("install", row.uuid))
        manager.post(at_desk("request", asked.uuid), {"installed": "1"})
        asked.refresh_from_db()
        assert asked.state == "installed"

        assert in_menu("回答1件：") in author.get(at_desk("index")).text
        page = author.get(at_desk("import", refused.uuid)).text
        assert "送り直さずに" in page
        assert in_menu("回答1件：") not in author.get(at_desk("index")).text
        taken = press(author, at_desk("repeat", refused.uuid))
        assert taken.context["row"].state == ImportState.DONE
        assert PackageImport.objects.filter(purpose=ImportPurpose.CONTENT).count() == 2

    def test_declined_with_a_reason_that_the_author_reads(self, asked, refused, author, manager):
        assert "理由を書いてください" in manager.post(at_desk("request", asked.uuid), {"reason": " "}).text
        manager.post(at_desk("request", asked.uuid), {"reason": "作った団体が分かりません"})
        page = author.get(at_desk("import", refused.uuid)).text
        assert "作った団体が分かりません" in page
        again = manager.post(at_desk("request", asked.uuid), {"reason": "別の理由"}, follow=True)
        assert "すでに回答済み" in again.text
        asked.refresh_from_db()
        assert asked.reason == "作った団体が分かりません"
        assert ModelLogEntry.objects.filter(action="courses.libraries_declined").count() == 1

    def test_nobody_else_takes_the_file_in_again(self, refused, foreign_author, manager, client_for):
        body = {"ticket": str(uuid4())}
        for browser in (client_for(foreign_author), manager):
            assert browser.post(at_desk("repeat", refused.uuid), body).status_code == 404
        assert PackageImport.objects.count() == 1

    def test_nobody_takes_a_file_in_again_where_their_right_has_ended(
        self, examples, foreign_author, cast, client_for, bring, example
    ):
        """Who writes for 郡山市 now once wrote for 福島県, and replaced a package there."""
        package = examples[NAME]
        Package.objects.filter(pk=package.pk).update(owner_body=cast.prefecture)
        replaced = bring(example(NAME), NAME, by=foreign_author, replaces=package)
        brought = bring(example(NAME), NAME, by=foreign_author)
        PackageImport.objects.filter(pk=brought.pk).update(owner_body=cast.prefecture)
        for_all = bring(example(NAME), NAME, by=foreign_author)
        count, browser = PackageImport.objects.count(), client_for(foreign_author)
        for row in (replaced, brought, for_all):
            assert browser.post(at_desk("repeat", row.uuid), {"ticket": str(uuid4())}).status_code == 404
        assert PackageImport.objects.count() == count

    def test_a_button_without_its_ticket_changes_nothing(self, refused, author):
        answer = author.post(at_desk("repeat", refused.uuid), {"ticket": "x"}, follow=True)
        assert "もう一度押してください" in answer.text
        assert PackageImport.objects.count() == 1
