"""Authors mend the texts of a package in the editor; learners in the middle and other authors lose nothing."""

import pytest
from wagtail.models import ModelLogEntry

from courses.packages.models import Package
from people.roles.actions import grant_role
from people.roles.enums import Role
from tests.cast import YEAR_START
from tests.courses.packages.playing import NAME, open_it
from tests.courses.packages.text_form import FIRST, STATEMENT, Form, at_desk, current, widen

pytestmark = pytest.mark.django_db
FILE = f"{NAME}.h5p"
TICKET = "7d1c3a52-3c7e-4ad1-9f0e-27a1a5f0f003"
EVIL = "<script>alert(1)</script>"


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


class TestTheWayIn:
    def test_an_author_of_another_body_finds_no_door(self, package, form, foreign_author, client_for):
        form.save({FIRST: "直した説明"})
        version, old = current(package), package.current
        browser = client_for(foreign_author)
        gets = [at_desk("texts", package.uuid), at_desk("translate", package.uuid)]
        gets += [at_desk(name, old.uuid) for name in ("changes", "restore", "source_file")]
        assert {browser.get(address).status_code for address in gets} == {404}
        posts = [at_desk("texts", package.uuid), at_desk("texts_preview", package.uuid)]
        posts += [at_desk("translate", package.uuid), at_desk("restore", old.uuid)]
        body = {"base": str(version.uuid), "t0": "よそから", "title": "x", "language": "en", "ticket": TICKET}
        assert {browser.post(address, body).status_code for address in posts} == {404}
        assert current(package) == version

    def test_what_belongs_to_all_bodies_is_read_and_not_edited(self, examples, cast, client_for):
        package = examples[FILE]
        browser = client_for(cast.author)
        assert browser.get(at_desk("texts", package.uuid)).status_code == 404
        assert browser.get(at_desk("source_file", package.current.uuid)).status_code == 200
        assert client_for(cast.admin).get(at_desk("texts", package.uuid)).status_code == 200

    def test_visitors_and_learners_are_kept_out(self, package, cast, client, client_for):
        address = at_desk("texts", package.uuid)
        assert "/login/" in client.get(address)["Location"]
        assert client_for(cast.hanako).get(address, follow=True).status_code == 403

    @pytest.mark.parametrize("base", ["", "x", TICKET])
    def test_a_made_up_base_saves_nothing(self, base, package, form):
        assert form.browser.post(form.address, {"base": base, "t0": "x"}).status_code == 404
        assert current(package).number == 1


class TestSaving:
    def test_a_typo_is_mended_in_a_new_version(self, package, form):
        answer = form.save({FIRST: "直した説明 A&B <1>"}, follow=True)
        assert "1か所の文章を保存しました" in answer.text
        version = current(package)
        assert (version.number, version.source, version.based_on) == (2, None, package.current)
        assert version.params["taskDescription"] == "直した説明 A&amp;B &lt;1&gt;"
        assert version.params["questions"] == package.current.params["questions"]
        assert version.max_score == package.current.max_score
        assert version.libraries.count() == package.current.libraries.count()
        entry = ModelLogEntry.objects.get(action="courses.package_texts")
        assert entry.data["count"] == 1

    def test_the_form_shows_labels_in_japanese_and_plain_texts_without_escapes(self, form):
        form.save({FIRST: "A&B"})
        form.open()
        row = form.rows[FIRST]
        assert (row.label, row.value) == ("はじめの説明", "A&B")
        assert [group.heading for group in form.page.context["groups"]][:2] == ["", "問題 › 1"]
        form.save({FIRST: "A&B"})
        assert current(form.package).number == 2

    def test_nothing_changed_makes_no_version(self, package, form):
        same = {path: row.before.replace("\n", "\r\n") for path, row in form.rows.items()}
        answer = form.save(same, follow=True)
        assert "変わった文章がない" in answer.text
        assert current(package).number == 1

    def test_pressed_twice_it_is_one_version(self, package, form):
        assert [form.save({FIRST: "直した"}).status_code for _time in range(2)] == [302, 302]
        assert current(package).number == 2

    def test_an_empty_text_is_refused_and_the_rest_stays_in_the_form(self, package, form):
        answer = form.save({STATEMENT: " ", FIRST: "ほかの文"})
        assert answer.status_code == 422
        assert "ここは空にできません" in answer.text
        assert "ほかの文" in answer.text
        assert current(package).number == 1

    @pytest.mark.parametrize(
        ("field", "text", "said"),
        [
            ({"maxLength": 5}, "六文字ある文", "6文字"),
            ({"tags": ["strong"]}, f"<p>よい</p>{EVIL}", "&lt;script&gt;"),
            ({"regexp": {"pattern": r"^\d\d:\d\d$"}}, "9:15", "決まった形"),
        ],
    )
    def test_what_a_field_does_not_take_is_said_at_the_field(self, field, text, said, package, form):
        widen(**field)
        answer = form.save({FIRST: text})
        assert answer.status_code == 422
        assert said in answer.text
        assert 'aria-invalid="true"' in answer.text
        assert current(package).number == 1

    def test_marked_up_text_keeps_its_marks_and_loses_what_runs(self, package, form):
        widen(tags=["strong", "em"])
        form.save({FIRST: '<p class="x">とても <strong onclick="x()">大事</strong></p>'})
        assert current(package).params["taskDescription"] == '<p class="x">とても <strong>大事</strong></p>'

    def test_a_harmful_pattern_is_not_run(self, package, form):
        widen(regexp={"pattern": "^(a+)+$"})
        form.save({FIRST: "a" * 60 + "!"})
        assert current(package).number == 2

    def test_a_long_content_stays_one_form_with_few_queries(
        self, package, form, django_assert_max_num_queries
    ):
        version = current(package)
        version.params["questions"] = version.params["questions"] * 20
        version.save(update_fields=["params"])
        form.open()
        assert len(form.rows) > 400 or form.page.context["parts"]
        with django_assert_max_num_queries(25):
            form.browser.get(form.address)


class TestTwoAuthors:
    def test_the_second_is_told_and_loses_nothing(self, package, form):
        other = Form(form.browser, package)
        other.save({FIRST: "先に保存した説明"})
        answer = form.save({FIRST: "後から書いた説明", STATEMENT: "後から書いた文"})
        assert answer.status_code == 409
        assert "ほかの人が第2版を保存しました" in answer.text
        assert all(text in answer.text for text in ("先に保存した説明", "後から書いた説明", "後から書いた文"))
        assert current(package).number == 2
        form.base = str(answer.context["version"].uuid)
        form.save({FIRST: "後から書いた説明", STATEMENT: "後から書いた文"})
        assert current(package).params["taskDescription"] == "後から書いた説明"

    def test_texts_without_a_place_are_listed(self, package, form):
        other = current(package)
        other.pk, other.uuid, other.number, other._state.adding = None, TICKET, 2, True
        other.params = {**other.params, "questions": other.params["questions"][:1]}
        other.save()
        for pin in package.current.libraries.all():
            other.libraries.create(library=pin.library, weight=pin.weight)
        Package.objects.filter(pk=package.pk).update(current=other)
        answer = form.save({STATEMENT: "行き場のない文"})
        assert answer.status_code == 409
        assert "差し替えられました" in answer.text
        assert "行き場のない文" in answer.text


class TestLearners:
    def test_who_is_in_the_middle_stays_and_who_begins_gets_the_new_text(
        self, begin, exercise, cast, client_for
    ):
        play = begin()
        play.send(states=[{"sub": "0", "type": "state", "data": "{}", "invalidate": True}])
        Form(client_for(cast.admin), exercise.package).save({FIRST: "新しい説明です"})
        assert "新しい説明です" not in played(play.browser, exercise)
        assert "新しい説明です" in played(client_for(cast.kacho), exercise)
        assert "新しい説明です" in played(play.browser, exercise, again=True)


def played(browser, exercise, **body):
    return browser.get(open_it(browser, exercise, **body).json()["play_url"]).text
