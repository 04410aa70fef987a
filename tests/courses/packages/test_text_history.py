"""Texts are seen before they are saved; each version tells what it changed, and gives its texts back; translations."""

import pytest

from courses.packages.models import Package
from people.roles.actions import grant_role
from people.roles.enums import Role
from tests.cast import YEAR_START
from tests.courses.packages.playing import NAME
from tests.courses.packages.text_form import FIRST, Form, at_desk, current

pytestmark = pytest.mark.django_db
FILE = f"{NAME}.h5p"
TICKET = "7d1c3a52-3c7e-4ad1-9f0e-27a1a5f0f003"


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
    """A package of 福島県."""
    Package.objects.filter(pk=examples[FILE].pk).update(owner_body=cast.prefecture)
    return Package.objects.select_related("current").get(pk=examples[FILE].pk)


@pytest.fixture
def form(package, cast, client_for):
    return Form(client_for(cast.author), package)


class TestPreview:
    def test_it_shows_what_is_typed_and_keeps_nothing(self, package, form):
        address = at_desk("texts_preview", package.uuid)
        answer = form.browser.post(address, form.data({FIRST: "下見の説明"}))
        assert "下見の説明" in answer.text
        assert answer["Content-Security-Policy"].startswith("sandbox allow-scripts;")
        assert current(package).number == 1

    def test_a_text_that_cannot_be_saved_is_told_instead(self, package, form):
        answer = form.browser.post(at_desk("texts_preview", package.uuid), form.data({FIRST: ""}))
        assert answer.status_code == 422
        assert "ここは空にできません" in answer.text


class TestHistory:
    def test_a_version_shows_what_it_changed(self, form, package):
        form.save({FIRST: form.rows[FIRST].before + "（加えた文）"})
        page = form.browser.get(at_desk("changes", current(package).uuid)).text
        assert "1か所の文章が違います" in page
        assert "（加えた文）" in page
        assert "第1版との違い" in page
        assert (
            at_desk("changes", current(package).uuid)
            in form.browser.get(at_desk("package", package.uuid)).text
        )

    def test_going_back_is_a_new_version_with_the_old_texts(self, form, package):
        first = package.current
        form.save({FIRST: "まちがえた説明"})
        address = at_desk("restore", first.uuid)
        asked = form.browser.get(address)
        assert "1か所の文章が違います" in asked.text
        body = {"base": str(asked.context["current"].uuid)}
        assert [form.browser.post(address, body).status_code for _time in range(2)] == [302, 302]
        now = current(package)
        assert (now.number, now.params) == (3, first.params)

    def test_going_back_on_an_old_page_changes_nothing(self, form, package):
        form.save({FIRST: "二"})
        answer = form.browser.post(
            at_desk("restore", package.current.uuid), {"base": str(package.current.uuid)}, follow=True
        )
        assert "もう一度、内容を確かめてください" in answer.text
        assert current(package).number == 2

    def test_the_uploaded_file_comes_back_as_it_was(self, package, form, example):
        answer = form.browser.get(at_desk("source_file", package.current.uuid))
        assert b"".join(answer.streaming_content) == example(FILE)
        assert answer["Content-Disposition"].startswith("attachment")
        form.save({FIRST: "直した"})
        assert form.browser.get(at_desk("source_file", current(package).uuid)).status_code == 404


class TestTranslation:
    def start(self, browser, package, **more):
        body = {"title": "True or false", "language": "en", "ticket": TICKET} | more
        return browser.post(at_desk("translate", package.uuid), body)

    def test_it_is_a_package_of_its_own_beside_the_original(self, form, package):
        answers = [self.start(form.browser, package) for _time in range(2)]
        assert {answer["Location"] for answer in answers} == {at_desk("texts", TICKET)}
        made = Package.objects.get(uuid=TICKET)
        version = current(made)
        assert (made.owner_body, version.language) == (package.owner_body, "en")
        assert version.params["taskDescription"] == package.current.params["taskDescription"]
        assert version.params["l10n"]["check"] == "Check"
        page = form.browser.get(at_desk("texts", TICKET))
        assert "元の教材" in page.text
        assert page.context["origin"] == package.current
        assert current(package) == package.current

    def test_a_shared_package_can_be_translated_for_the_own_body(
        self, examples, foreign_author, cast, client_for
    ):
        self.start(client_for(foreign_author), examples[FILE])
        assert Package.objects.get(uuid=TICKET).owner_body == cast.koriyama

    def test_an_unknown_language_is_refused(self, form, package):
        answer = self.start(form.browser, package, language="xx")
        assert answer.status_code == 200
        assert not Package.objects.filter(uuid=TICKET).exists()
