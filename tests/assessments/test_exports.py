"""A quiz leaves as .h5p: what it cannot hold is said before, and what it holds is taken in and played again."""

import contextlib
import io
import json

import pytest
from django.core.management import call_command
from django.urls import reverse

from assessments.delivery.pages import QuizPage
from assessments.exports.rules import Loss, exported
from assessments.items.models import Item, ItemVersion
from courses.blobs.actions import store
from courses.packages import h5p
from courses.packages.contents import take_content
from courses.packages.enums import ImportPurpose, ImportState
from courses.packages.installing import install
from courses.packages.models import PackageImport
from courses.packages.player import package_page
from courses.packages.storing import BlobSink
from tests.assessments.authoring import edit_question
from tests.courses.packages.h5p import builders as b

pytestmark = pytest.mark.django_db


def text(name, **more):
    return {"name": name, "type": "text", **more}


def many(name, field):
    return {"name": name, "type": "list", "field": field}


# What the three content types hold of a question; the real ones hold more.
CHOICE = [
    text("question", tags=["p", "br"]),
    many(
        "answers",
        {
            "name": "answer",
            "type": "group",
            "fields": [text("text", tags=["p", "br"]), {"name": "correct", "type": "boolean"}],
        },
    ),
]
GAPS = [text("text", tags=["p"]), many("questions", text("line", tags=["p"]))]
PARTS = ["H5P.MultiChoice 1.16", "H5P.Blanks 1.14"]
SET = [
    {"name": "passPercentage", "type": "number"},
    many("questions", {"name": "part", "type": "library", "options": PARTS}),
]


@pytest.fixture(autouse=True)
def package_root(settings, tmp_path):
    settings.PACKAGE_ROOT = tmp_path


@pytest.fixture
def browser(cast, client_for, quiz):
    """An author in the editor, who may edit the quiz."""
    return client_for(cast.author)


@pytest.fixture
def address(quiz):
    return reverse("quiz_export", args=[quiz.pk])


@pytest.fixture
def content_types(cast, at):
    """Stand-ins of the three content types, installed."""
    files = {
        **b.library_files("H5P.QuestionSet 1.21", *PARTS, semantics=SET, runnable=1),
        **b.library_files("H5P.MultiChoice 1.16", semantics=CHOICE, runnable=1),
        **b.library_files("H5P.Blanks 1.14", semantics=GAPS, runnable=1),
    }
    wrapped = {
        **files,
        "h5p.json": b.as_json(b.manifest("H5P.QuestionSet 1.21")),
        "content/content.json": b"{}",
    }
    package = h5p.read_package(
        io.BytesIO(b.zipped(wrapped)), name="types.h5p", sink=BlobSink(content=False, at=at)
    )
    assert package.ok, b.codes(package.problems)
    return install(package.libraries, by=cast.admin, at=at, source="types.h5p")


def inspected(data, tmp_path, capsys, *more):
    path = tmp_path / "quiz.h5p"
    path.write_bytes(data)
    with contextlib.suppress(SystemExit):
        call_command("h5p", "inspect", str(path), "--json", *more)
    return json.loads(capsys.readouterr().out)


class TestTheWayIn:
    def test_who_may_not_edit_the_quiz_finds_nothing(self, address, cast, client, client_for):
        assert "/login/" in client.get(address)["Location"]
        for person in (cast.hanako, cast.outsider):
            for answer in (client_for(person).get(address), client_for(person).post(address)):
                assert answer.status_code in {302, 403, 404}
                assert "attachment" not in answer.get("Content-Disposition", "")

    def test_the_editor_of_the_quiz_shows_the_way(self, browser, quiz, address):
        assert address in browser.get(reverse("wagtailadmin_pages:edit", args=[quiz.pk])).text

    def test_a_page_that_is_no_quiz(self, browser, quiz):
        assert browser.get(reverse("quiz_export", args=[quiz.get_parent().pk])).status_code == 404


class TestBefore:
    def test_what_is_left_out_is_said(self, browser, address):
        page = browser.get(address).text
        assert "全5問のうち、3問が入ります" in page
        assert "並べ替えの問題は" in page
        assert "組み合わせの問題は" in page
        assert "ふりがなは取り除きます" in page
        assert "このサイトのライブラリーを付ける" not in page

    def test_an_edited_question_leaves_as_it_is_published(self, browser, address):
        edit_question(browser, "T100-Q1", "まだ公開していない問題文")
        assert (
            "まだ公開していない問題文"
            not in content_of(browser.post(address).content)["questions"][0]["params"]["question"]
        )

    def test_a_quiz_without_such_questions_gives_no_file(self, browser, address, quiz):
        Item.objects.filter(code__in=["T100-Q1", "T100-Q2", "T100-Q5"]).update(
            retired_at=quiz.last_published_at
        )
        answer = browser.post(address)
        assert answer.status_code == 422
        assert "H5Pファイルに入れられる問題がありません" in answer.text


def content_of(data):
    return b.read(data, name="quiz.h5p").content


class TestTheFile:
    def test_content_only_is_good_where_the_types_are_installed(
        self, browser, address, content_types, tmp_path, capsys
    ):
        answer = browser.post(address, {"libraries": "0"})
        assert answer["Content-Disposition"] == 'attachment; filename="quiz.h5p"'
        first, second, gap = content_of(answer.content)["questions"]
        assert first["params"]["question"] == "<p>電話でお金の話が出ました。どうしますか。</p>"
        assert [one["correct"] for one in first["params"]["answers"]] == [False, True, False]
        assert second["params"]["behaviour"]["type"] == "multi"
        assert gap["params"]["questions"] == ["<p>*フィッシング*</p>"]
        whole = tmp_path / "libraries.h5p"
        whole.write_bytes(browser.post(address, {"libraries": "1"}).content)
        verdict = inspected(answer.content, tmp_path, capsys, "--installed", str(whole))
        assert verdict["ok"], verdict["errors"]
        assert verdict["max_score"] == 4

    def test_with_libraries_it_is_taken_in_and_played_again(
        self, browser, address, content_types, cast, at, tmp_path, capsys, rf
    ):
        assert "このサイトのライブラリーを付ける" in browser.get(address).text
        data = browser.post(address, {"libraries": "1"}).content
        verdict = inspected(data, tmp_path, capsys)
        assert verdict["ok"], verdict["errors"]
        assert len(verdict["libraries"]) == 3
        row = PackageImport.objects.create(
            purpose=ImportPurpose.CONTENT,
            source_id=store([data], at=at),
            filename="quiz.h5p",
            uploaded_by=cast.author,
            uploaded_at=at,
        )
        read = h5p.read_package(io.BytesIO(data), name="quiz.h5p", sink=BlobSink(content=True, at=at))
        version = take_content(row, read, at=at)
        assert row.state == ImportState.DONE, row.errors
        assert version is not None
        request = rf.get("/")
        request.csp_nonce = ""
        played = package_page(request, version, iri="urn:x", state={}).content.decode()
        assert "フィッシング" in played or "\\u30d5" in played

    def test_the_same_quiz_gives_the_same_file(self, browser, address):
        assert browser.post(address).content == browser.post(address).content


@pytest.mark.parametrize("word", ["1/2", "a*b", "12:30"])
def test_words_that_h5p_reads_otherwise_stay_here(word):
    asked = ItemVersion(kind="short_text", stem="？", options=[], key=[word])
    part = exported(1, asked, str)
    assert part.question is None
    assert part.losses == {Loss.WORDS}


def test_a_quiz_that_was_never_published_leaves_as_its_draft(browser, quiz):
    draft = quiz.copy(
        update_attrs={"slug": "draft", "title": "下書き"}, keep_live=False, copy_revisions=False
    )
    page = QuizPage.objects.get(pk=draft.pk)
    assert "下書きの問題を書き出します" in browser.get(reverse("quiz_export", args=[page.pk])).text
