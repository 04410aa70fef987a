"""Writing questions: by action and in the Wagtail admin."""

import pytest
from wagtail.models import ModelLogEntry

from assessments.items.actions import InvalidItem, write_item
from assessments.items.models import Item, ItemVersion
from tests.assessments.builders import ITEMS, current, make_items

pytestmark = pytest.mark.django_db

OPTIONS = [{"id": "a", "text": "一"}, {"id": "b", "text": "二"}]


def write(at, by=None, **changes):
    content = {
        "code": "X-Q1",
        "kind": "single",
        "stem": "どれですか。",
        "options": OPTIONS,
        "key": ["a"],
        **changes,
    }
    return write_item(**content, at=at, by=by)


def test_an_edit_makes_the_next_version_and_keeps_the_old_one(at, cast):
    first = write(at).version
    second = write(at, stem="どちらですか。", by=cast.author).version
    assert (first.number, second.number) == (1, 2)
    first.refresh_from_db()
    assert first.stem == "どれですか。"
    assert Item.objects.get().current == second
    entry = ModelLogEntry.objects.filter(action="assessments.item_written").latest("pk")
    assert (entry.user, entry.message) == (cast.author, "問題の第2版を書きました")


def test_nothing_changed_makes_no_version(at):
    assert write(at).is_new
    assert not write(at).is_new
    assert ItemVersion.objects.count() == 1


def test_a_question_that_cannot_be_asked_leaves_nothing_behind(at):
    with pytest.raises(InvalidItem):
        write(at, key=[])
    assert not Item.objects.exists()


def test_an_edit_of_an_old_version_is_refused(at):
    write(at)
    write(at, stem="べつの人の文", based_on=1)
    with pytest.raises(InvalidItem) as caught:
        write(at, stem="わたしの文", based_on=1)
    assert caught.value.problems == ("stale",)
    assert current("X-Q1").stem == "べつの人の文"


FORM = {
    "code": "X-Q1",
    "kind": "multiple",
    "stem": "{正|ただ}しいものをすべて選びましょう。",
    "lines": "* 公式を見る\nすぐ広める\n＊日付を見る",
    "explanation": "止まって確かめます。",
    "lesson_code": "E201-L4",
    "competency_code": "",
    "based_on": "",
}
ADD = "/admin/snippets/assessments/item/add/"


def edit_url(item):
    return f"/admin/snippets/assessments/item/edit/{item.pk}/"


def test_an_author_writes_a_question(client_for, cast):
    author = client_for(cast.author)
    page = author.get(ADD).content.decode()
    for words in ("問題文", "選択肢と正解", "1行に一つずつ書きます"):
        assert words in page
    response = author.post(ADD, FORM)
    assert response.status_code == 302, response.content.decode()[:3000]
    version = current("X-Q1")
    assert [option["text"] for option in version.options] == ["公式を見る", "すぐ広める", "日付を見る"]
    assert version.key == ["a", "c"]


def test_the_form_shows_what_was_written_and_saving_makes_a_version(client_for, cast):
    author = client_for(cast.author)
    author.post(ADD, FORM)
    item = Item.objects.get()
    page = author.get(edit_url(item)).content.decode()
    assert "* 公式を見る" in page
    assert 'name="based_on" value="1"' in page
    same = author.post(edit_url(item), {**FORM, "based_on": "1"})
    assert same.status_code == 302
    assert ItemVersion.objects.count() == 1
    author.post(edit_url(item), {**FORM, "based_on": "1", "stem": "新しい文"})
    version = current("X-Q1")
    assert (version.number, version.stem) == (2, "新しい文")
    assert item.versions.get(number=1).stem == FORM["stem"]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"lines": "一つだけ"}, "2行以上書いてください"),
        ({"lines": "あ\nい"}, "正しい選択肢の前に「*」を付けてください"),
        ({"kind": "single", "lines": "*あ\n*い"}, "正しい選択肢一つの前に"),
        ({"kind": "matching", "lines": "あ = い\nう"}, "「左 = 右」のように"),
        ({"kind": "true_false", "lines": "*あ\nい\nう"}, "選択肢は二つです"),
        ({"kind": "short_text", "lines": "{詐欺|さぎ}"}, "ふりがなを付けずに"),
        ({"lines": "* {漢字|}\nい"}, "reading"),
        ({"stem": "{漢字|kanji}"}, "漢字"),
        ({"stem": ""}, "必須"),
        ({"kind": "essay"}, "essay"),
    ],
)
def test_mistakes_are_told_and_the_text_stays(client_for, cast, change, words):
    response = client_for(cast.author).post(ADD, {**FORM, **change})
    html = response.content.decode()
    assert response.status_code == 200
    assert words in html or words == "reading"
    assert "止まって確かめます。" in html
    assert not Item.objects.exists()


def test_two_authors_at_once(client_for, cast, at):
    item = make_items(ITEMS[1:2])[0]
    form = {**FORM, "code": item.code, "based_on": "1"}
    client_for(cast.author).post(edit_url(item), {**form, "stem": "先の人"})
    response = client_for(cast.editor).post(edit_url(item), {**form, "stem": "後の人"})
    html = response.content.decode()
    assert "ほかの人が先にこの問題を直しました" in html
    assert "後の人" in html
    assert current(item.code).stem == "先の人"


def test_a_code_cannot_be_changed_or_used_twice(client_for, cast):
    author = client_for(cast.author)
    author.post(ADD, FORM)
    item = Item.objects.get()
    author.post(edit_url(item), {**FORM, "based_on": "1", "code": "Y-Q1"})
    item.refresh_from_db()
    assert item.code == "X-Q1"
    assert author.post(ADD, FORM).status_code == 200
    assert Item.objects.count() == 1


def test_a_question_goes_out_of_use_and_back(client_for, cast):
    author = client_for(cast.author)
    author.post(ADD, FORM)
    item = Item.objects.get()
    author.post(edit_url(item), {**FORM, "based_on": "1", "is_retired": "on"})
    item.refresh_from_db()
    assert item.retired_at is not None
    assert "使っていません" in author.get("/admin/snippets/assessments/item/").content.decode()
    assert item.code not in author.get("/admin/snippets/choose/assessments/item/results/").content.decode()
    author.post(edit_url(item), {**FORM, "based_on": "1"})
    item.refresh_from_db()
    assert item.retired_at is None


def test_nobody_deletes_a_question(client_for, cast):
    item = make_items(ITEMS[:1])[0]
    for person in (cast.author, cast.editor, cast.admin):
        response = client_for(person).post(f"/admin/snippets/assessments/item/delete/{item.pk}/")
        assert response.status_code in (302, 403, 404)
    assert Item.objects.filter(pk=item.pk).exists()


@pytest.mark.parametrize("name", ["hanako", "officer", "teacher", "pupil"])
def test_only_authors_reach_the_questions(client_for, cast, name):
    response = client_for(getattr(cast, name)).get("/admin/snippets/assessments/item/")
    assert response.status_code in (302, 403)


def test_the_list_shows_and_finds_what_is_asked(client_for, cast):
    make_items()
    author = client_for(cast.author)
    html = author.get("/admin/snippets/assessments/item/").content.decode()
    assert "電話でお金の話が出ました" in html
    assert "順に並べる" in html
    found = author.get("/admin/snippets/assessments/item/", {"q": "相談する番号"}).content.decode()
    assert "T100-Q4" in found
    assert "T100-Q1" not in found


def test_the_quiz_editor_lets_an_author_choose_questions(client_for, cast, quiz):
    author = client_for(cast.admin)
    html = author.get(f"/admin/pages/{quiz.pk}/edit/").content.decode()
    assert "T100-Q1　電話でお金の話が出ました" in html
    chooser = author.get("/admin/snippets/choose/assessments/item/")
    assert "順に並べましょう" in chooser.json()["html"]
    found = author.get(
        "/admin/snippets/choose/assessments/item/results/", {"q": "番号 相談"}
    ).content.decode()
    assert "T100-Q4" in found
    assert "T100-Q1" not in found
    chosen = author.get(
        f"/admin/snippets/choose/assessments/item/chosen/{Item.objects.get(code='T100-Q3').pk}/"
    )
    assert "順に並べましょう" in chosen.json()["result"]["string"]
