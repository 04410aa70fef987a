"""An edited question reaches learners with the quiz page, not before: what was published is what is asked."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from assessments.attempts.models import Attempt
from assessments.delivery.pages import QuizPage
from assessments.items.actions import retire_item
from assessments.items.models import Item
from tests.assessments.authoring import (
    edit_question,
    edit_url,
    filled,
    first_stem_for_new,
    html_of,
    press,
    publish,
    revert_url,
    stems,
)
from tests.assessments.builders import RIGHT, answer_all, begin, make_course, make_items, make_quiz

pytestmark = pytest.mark.django_db

OLD, NEW, NEWER = "{電話|でんわ}でお金の話が出ました。どうしますか。", "新しい問い", "もっと新しい問い"


@pytest.fixture
def author(client_for, cast):
    return client_for(cast.author)


@pytest.fixture
def editor(client_for, cast):
    return client_for(cast.editor)


def newest_revision(page):
    return QuizPage.objects.get(pk=page.pk).get_latest_revision()


def test_an_edit_waits_for_the_page(author, editor, hanako, quiz):
    told = html_of(edit_question(author, "T100-Q1", NEW))
    assert "「確認テスト」（T100 ためしのコース）では、まだ前の版を出題しています" in told
    assert edit_url(quiz) in told
    assert first_stem_for_new(hanako, quiz) == OLD
    page = html_of(editor.get(edit_url(quiz)))
    assert "1問に、受講者に出ているものより新しい版があります" in page
    assert publish(editor, quiz).status_code == 302
    Attempt.objects.all().delete()
    assert first_stem_for_new(hanako, quiz) == NEW
    assert "どの問題も、最新の版を出題しています" in html_of(editor.get(edit_url(quiz)))


def test_an_attempt_under_way_and_its_result_keep_their_version(author, editor, hanako, quiz):
    attempt = begin(hanako, quiz)
    edit_question(author, "T100-Q1", NEW)
    publish(editor, quiz)
    assert "お金の話が出ました" in html_of(hanako.get(f"/attempts/{attempt.uuid}/"))
    answer_all(hanako, attempt, RIGHT)
    result = html_of(hanako.post(f"/attempts/{attempt.uuid}/submit/", follow=True))
    assert "お金の話が出ました" in result
    assert NEW not in result
    assert first_stem_for_new(hanako, quiz) == NEW
    assert "お金の話が出ました" in html_of(hanako.get(f"/attempts/{attempt.uuid}/result/"))


def test_an_author_alone_changes_nothing_for_learners(author, hanako, quiz):
    edit_question(author, "T100-Q1", NEW)
    assert press(author, edit_url(quiz), filled(author.get(edit_url(quiz)))).status_code == 302
    publish(author, quiz)
    assert first_stem_for_new(hanako, quiz) == OLD


def test_the_preview_shows_the_edit_and_learners_do_not_get_it(author, hanako, quiz):
    edit_question(author, "T100-Q1", NEW)
    address = f"/admin/pages/{quiz.pk}/edit/preview/"
    author.post(address, filled(author.get(edit_url(quiz))))
    assert NEW in html_of(author.get(address, {"mode": "questions"}))
    press(author, edit_url(quiz), filled(author.get(edit_url(quiz))))
    assert NEW in html_of(author.get(f"/admin/pages/{quiz.pk}/view_draft/", {"mode": "questions"}))
    assert first_stem_for_new(hanako, quiz) == OLD


def test_an_edit_in_another_tab_does_not_go_out_unseen(author, editor, hanako, quiz):
    form = filled(editor.get(edit_url(quiz)))
    edit_question(author, "T100-Q1", NEW)
    refused = press(editor, edit_url(quiz), {**form, "title": "名前も変えた"}, "publish")
    page = html_of(refused)
    assert "この画面を開いたあとで、次の問題が新しくなりました：T100-Q1" in page
    assert "名前も変えた" in page
    assert first_stem_for_new(hanako, quiz) == OLD
    Attempt.objects.all().delete()
    assert press(editor, edit_url(quiz), filled(refused), "publish").status_code == 302
    assert first_stem_for_new(hanako, quiz) == NEW
    assert QuizPage.objects.get(pk=quiz.pk).title == "名前も変えた"


def test_a_draft_saved_in_a_stale_tab_loses_nothing(author, quiz):
    form = filled(author.get(edit_url(quiz)))
    edit_question(author, "T100-Q1", NEW)
    assert press(author, edit_url(quiz), {**form, "title": "下書き"}).status_code == 302
    draft = newest_revision(quiz).as_object()
    assert (draft.title, draft.quiz_items.first().version.stem) == ("下書き", NEW)


@pytest.mark.parametrize("seen", ["", "x", "987654:2:3,9999999999999999999:1", "987:9", "-987:0"])
def test_strange_words_about_versions_do_no_harm(editor, hanako, quiz, seen):
    assert publish(editor, quiz, versions_seen=seen, versions_kept=seen).status_code == 302
    assert first_stem_for_new(hanako, quiz) == OLD


def test_an_older_revision_brings_its_questions_back(author, editor, hanako, quiz):
    before = newest_revision(quiz)
    edit_question(author, "T100-Q1", NEW)
    publish(editor, quiz)
    address = revert_url(quiz, before)
    opened = editor.get(address)
    assert "公開すると、問題もそのときの版に戻ります" in html_of(opened)
    preview = f"/admin/pages/{quiz.pk}/edit/preview/"
    editor.post(preview, filled(opened))
    assert NEW not in html_of(editor.get(preview, {"mode": "questions"}))
    assert press(editor, address, filled(opened), "publish").status_code == 302
    assert first_stem_for_new(hanako, quiz) == OLD
    assert "1問に、受講者に出ているものより新しい版があります" in html_of(editor.get(edit_url(quiz)))


def test_what_was_scheduled_goes_live_and_nothing_newer(
    client_for, cast, author, editor, hanako, quiz, clock
):
    edit_question(author, "T100-Q1", NEW)
    at = timezone.now() + timedelta(days=1)
    text = timezone.localtime(at).strftime("%Y-%m-%d %H:%M")
    assert publish(editor, quiz, go_live_at=text).status_code == 302
    assert first_stem_for_new(hanako, quiz) == OLD
    edit_question(author, "T100-Q1", NEWER)
    clock.move_to(at + timedelta(minutes=5))
    call_command("publish_scheduled")
    Attempt.objects.all().delete()
    assert first_stem_for_new(client_for(cast.hanako), quiz) == NEW


def test_a_revision_from_before_versions_were_held_asks_the_newest(author, hanako, quiz):
    revision = newest_revision(quiz)
    for entry in revision.content["quiz_items"]:
        del entry["version"]
    revision.save()
    edit_question(author, "T100-Q1", NEW)
    revision.publish()
    assert first_stem_for_new(hanako, quiz) == NEW


def test_a_question_put_into_the_place_of_another_brings_its_own_version(author, editor, hanako, quiz):
    (other,) = make_items(
        [{"kind": "short_text", "stem": "べつの問題", "options": [], "key": ["あ"]}], "T900"
    )
    assert publish(editor, quiz, **{"quiz_items-0-item": str(other.pk)}).status_code == 302
    assert first_stem_for_new(hanako, quiz) == "べつの問題"


def test_a_new_pass_mark_moves_no_question(author, hanako, quiz):
    edit_question(author, "T100-Q1", NEW)
    course = quiz.get_parent().specific
    course.pass_mark = 100
    course.save_revision().publish()
    attempt = begin(hanako, quiz)
    assert (attempt.pass_mark, stems(attempt)[0]) == (100, OLD)


def test_a_question_that_does_harm_goes_out_of_use_at_once(author, hanako, quiz, at):
    edit_question(author, "T100-Q1", NEW)
    retire_item(item=Item.objects.get(code="T100-Q1"), at=at, by=None)
    assert first_stem_for_new(hanako, quiz) == "正しいものをすべて選びましょう。"


def test_one_question_in_two_quizzes_waits_in_each(author, editor, hanako, quiz):
    items = [entry.item for entry in quiz.quiz_items.all()]
    other = make_quiz(make_course("T200"), items, title="もう一つ")
    told = html_of(edit_question(author, "T100-Q1", NEW))
    assert "「確認テスト」" in told and "「もう一つ」" in told
    publish(editor, other)
    assert first_stem_for_new(hanako, other) == NEW
    assert first_stem_for_new(hanako, quiz) == OLD
