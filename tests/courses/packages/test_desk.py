"""Authors find, bring, set and take away packages in the editor; each body its own."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from courses.catalog.pages import CoursePage
from courses.packages.enums import ImportState
from courses.packages.h5p.limits import Limits
from courses.packages.models import Library, Package, PackageImport
from courses.packages.pages import PackagePage
from learning.launches.models import Launch, PackageEvent
from people.roles.actions import grant_role
from people.roles.enums import Role
from tests.cast import YEAR_START

pytestmark = pytest.mark.django_db
NAME = "true-false-reasons.h5p"
TICKET = "7d1c3a52-3c7e-4ad1-9f0e-27a1a5f0f001"


def at_desk(name, *args):
    return reverse(f"package_desk:{name}", args=args)


@pytest.fixture
def foreign_author(cast, at):
    """渡辺 健一, who now writes courses for 郡山市."""
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
def package(examples, cast):
    """A package of 福島県; the examples themselves belong to no body."""
    package = examples[NAME]
    Package.objects.filter(pk=package.pk).update(owner_body=cast.prefecture)
    package.refresh_from_db()
    return package


@pytest.fixture
def page(package, curriculum, cast):
    """A live page that plays it."""
    page = PackagePage(title="○×の練習", slug="practice", package=package)
    CoursePage.objects.get(code="S105").add_child(instance=page)
    page.save_revision(user=cast.author).publish()
    return page


@pytest.fixture
def send(client_for, django_capture_on_commit_callbacks):
    """``send(person, data, name)``: the form of the upload page, sent; the job has run when it returns."""

    def send(person, data, name=NAME, address="", **more):
        file = SimpleUploadedFile(name, data) if data is not None else ""
        body = {"ticket": TICKET, "file": file} | more
        with django_capture_on_commit_callbacks(execute=True):
            return client_for(person).post(address or at_desk("upload"), body)

    return send


class TestTheWayIn:
    @pytest.fixture
    def addresses(self, package):
        version = package.current.uuid
        gets = [at_desk(name) for name in ("index", "index_results", "upload")]
        gets += [at_desk(name, package.uuid) for name in ("package", "settings", "replace", "remove")]
        gets += [at_desk(name, version) for name in ("preview", "play")]
        return gets

    def test_an_author_of_the_body_opens_every_page(self, addresses, cast, client_for):
        browser = client_for(cast.author)
        assert {browser.get(address).status_code for address in addresses} == {200}

    def test_a_visitor_is_sent_to_the_sign_in(self, addresses, client):
        answers = [client.get(address) for address in addresses]
        assert {answer.status_code for answer in answers} == {302}
        assert all("/login/" in answer["Location"] for answer in answers)

    def test_a_learner_finds_nothing(self, addresses, cast, client_for):
        for address in addresses:
            assert client_for(cast.hanako).get(address, follow=True).status_code == 403

    def test_an_author_of_another_body_does_not_find_the_package(
        self, package, addresses, foreign_author, client_for
    ):
        browser = client_for(foreign_author)
        of_package = addresses[3:]
        assert {browser.get(address).status_code for address in of_package} == {404}
        posts = [at_desk(name, package.uuid) for name in ("settings", "replace", "remove")]
        posts += [at_desk(name, package.current.uuid) for name in ("make_current", "launch")]
        assert {browser.post(address).status_code for address in posts} == {404}
        assert package.title not in browser.get(at_desk("index")).text
        package.refresh_from_db()
        assert package.removed_at is None

    def test_what_belongs_to_all_bodies_can_be_used_and_not_changed(
        self, examples, foreign_author, cast, client_for
    ):
        package = examples[NAME]
        browser = client_for(foreign_author)
        assert browser.get(at_desk("package", package.uuid)).status_code == 200
        assert cast.admin.name not in browser.get(at_desk("package", package.uuid)).text
        assert browser.post(at_desk("remove", package.uuid)).status_code == 404
        assert client_for(cast.admin).get(at_desk("remove", package.uuid)).status_code == 200


class TestTheList:
    def test_search_finds_by_title_and_says_when_there_is_nothing(self, package, cast, client_for):
        browser = client_for(cast.author)
        assert package.title in browser.get(at_desk("index"), {"q": package.title[:4]}).text
        empty = browser.get(at_desk("index"), {"q": "どこにもない語"})
        assert package.title not in empty.text
        assert "この語を含む教材パッケージはありません" in empty.text

    def test_more_packages_do_not_mean_more_queries(
        self, examples, cast, at, client_for, django_assert_max_num_queries
    ):
        browser = client_for(cast.author)
        browser.get(at_desk("index"))
        for number in range(25):
            current = examples[NAME].current
            Package.objects.create(title=f"練習{number}", kind="h5p", created_at=at, current=current)
        with django_assert_max_num_queries(16):
            assert "練習24" in browser.get(at_desk("index")).text


class TestBringing:
    def test_a_file_becomes_a_package_of_the_authors_body(self, examples, send, example, cast, client_for):
        before = Package.objects.count()
        response = send(cast.author, example(NAME))
        assert response["Location"] == at_desk("import", TICKET)
        row = PackageImport.objects.get(uuid=TICKET)
        assert row.state == ImportState.DONE and row.version is not None
        assert row.version.package.owner_body == cast.prefecture
        assert Package.objects.count() == before + 1
        page = client_for(cast.author).get(response["Location"])
        assert at_desk("package", row.version.package.uuid) in page.text

    def test_the_same_form_twice_is_one_package(self, examples, send, example, cast):
        before = Package.objects.count()
        assert send(cast.author, example(NAME))["Location"] == send(cast.author, example(NAME))["Location"]
        assert Package.objects.count() == before + 1

    @pytest.mark.parametrize(
        ("name", "data", "said"),
        [
            (NAME, None, "ファイルを選んでください"),
            (NAME, b"", "このファイルは空です"),
            ("report.docx", b"PK", "終わりが .h5p でも .zip でもありません"),
            (NAME, b"x" * 2000, "を超えています"),
        ],
    )
    def test_a_wrong_file_is_told_at_once_and_keeps_nothing(self, name, data, said, send, cast, monkeypatch):
        monkeypatch.setattr("courses.package_desk.forms.DEFAULT_LIMITS", Limits(package_bytes=1000))
        response = send(cast.author, data, name)
        assert response.status_code == 200
        assert said in response.text
        assert not PackageImport.objects.exists()

    def test_a_lying_name_is_refused_with_the_reason(self, send, cast, client_for):
        response = send(cast.author, b"%PDF-1.7 this is no package")
        page = client_for(cast.author).get(response["Location"])
        assert "このファイルは取り込めません。何も変わっていません。" in page.text
        assert "unable-to-unzip" in page.text
        assert not Package.objects.exists()

    def test_missing_libraries_are_listed_with_who_can_install_them(self, send, example, cast, client_for):
        address = send(cast.author, example(NAME))["Location"]
        page = client_for(cast.author).get(address).text
        assert "ライブラリーを追加できるのは、システム管理者です" in page
        assert "Fukumana.ReasonedTrueFalse" in page
        assert (
            "先に同じファイルを「ライブラリーを追加する」から送り" in client_for(cast.admin).get(address).text
        )

    def test_an_upload_is_its_owners(self, send, example, foreign_author, cast, client_for):
        address = send(cast.author, example(NAME))["Location"]
        assert client_for(foreign_author).get(address).status_code == 404

    def test_a_new_file_makes_a_new_version(self, package, send, example, cast, client_for):
        send(cast.author, example(NAME), address=at_desk("replace", package.uuid))
        package.refresh_from_db()
        assert package.current.number == 2
        page = client_for(cast.author).get(at_desk("package", package.uuid)).text
        assert "第1版" in page
        assert "第2版" in page

    def test_an_earlier_version_can_be_played_again(self, package, send, example, cast, client_for):
        first = package.current
        send(cast.author, example(NAME), address=at_desk("replace", package.uuid))
        client_for(cast.author).post(at_desk("make_current", first.uuid))
        package.refresh_from_db()
        assert package.current == first


class TestSettings:
    def fields(self, **more):
        return {
            "title": "新しい題",
            "completion_rule": "passed",
            "pass_percent": "70",
            "attempts_max": "",
            "grade_method": "last",
        } | more

    def test_they_are_saved(self, package, cast, client_for):
        client_for(cast.author).post(at_desk("settings", package.uuid), self.fields())
        package.refresh_from_db()
        assert (package.title, package.completion_rule, package.pass_percent) == ("新しい題", "passed", 70)
        assert package.attempts_max is None

    @pytest.mark.parametrize(
        ("wrong", "said"),
        [
            ({"pass_percent": ""}, "何％以上で合格か"),
            ({"pass_percent": "101"}, "100"),
            ({"attempts_max": "0"}, "1"),
            ({"completion_rule": "whenever"}, "whenever"),
        ],
    )
    def test_what_makes_no_sense_is_refused_and_kept_in_the_form(
        self, wrong, said, package, cast, client_for
    ):
        response = client_for(cast.author).post(at_desk("settings", package.uuid), self.fields(**wrong))
        assert response.status_code == 200
        assert said in response.text
        assert "新しい題" in response.text
        before = package.title
        package.refresh_from_db()
        assert package.title == before


class TestRemoving:
    def test_refused_while_learners_meet_it(self, package, page, cast, client_for):
        browser = client_for(cast.author)
        asked = browser.get(at_desk("remove", package.uuid)).text
        assert page.title in asked
        assert "この教材パッケージを削除する" not in asked
        assert page.title in browser.post(at_desk("remove", package.uuid), follow=True).text
        package.refresh_from_db()
        assert package.removed_at is None

    def test_a_removed_package_is_listed_no_more_and_its_versions_stay(self, package, cast, client_for):
        browser = client_for(cast.author)
        browser.post(at_desk("remove", package.uuid))
        assert browser.post(at_desk("remove", package.uuid)).status_code == 404
        assert browser.get(at_desk("package", package.uuid)).status_code == 404
        package.refresh_from_db()
        assert package.removed_at is not None
        assert package.versions.count() == 1


class TestPreview:
    def test_it_plays_and_leaves_no_record(self, package, cast, client_for):
        browser = client_for(cast.author)
        answer = browser.post(at_desk("launch", package.current.uuid)).json()
        assert not answer["events_url"]
        played = browser.get(answer["play_url"])
        assert played["Content-Security-Policy"].startswith("sandbox allow-scripts")
        assert package.title in played.text
        assert not Launch.objects.exists()
        assert not PackageEvent.objects.exists()

    def test_a_blocked_library_keeps_it_closed(self, package, cast, client_for):
        Library.objects.filter(pinned_by__version=package.current).update(status="blocked")
        browser = client_for(cast.author)
        assert browser.post(at_desk("launch", package.current.uuid)).status_code == 409
        assert browser.get(at_desk("play", package.current.uuid)).status_code == 404
        assert "停止されています" in browser.get(at_desk("preview", package.current.uuid)).text


class TestChoosing:
    def test_an_author_chooses_among_the_own_packages(
        self, package, examples, foreign_author, cast, client_for
    ):
        choose, chosen = (
            reverse("package_chooser:choose"),
            reverse("package_chooser:chosen", args=[package.pk]),
        )
        assert package.title in client_for(cast.author).get(choose).json()["html"]
        assert client_for(cast.author).get(chosen).json()["result"]["title"] == package.title
        stranger = client_for(foreign_author)
        assert package.title not in stranger.get(choose).json()["html"]
        assert stranger.get(chosen).status_code == 404

    def test_the_editor_of_a_page_shows_the_chooser(self, page, cast, client_for):
        text = client_for(cast.author).get(reverse("wagtailadmin_pages:edit", args=[page.pk])).text
        assert reverse("package_chooser:choose") in text
