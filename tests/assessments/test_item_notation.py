"""Questions as authors type them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.items.enums import ItemProblem
from assessments.items.notation import read, write
from assessments.items.rules import problems

line = (
    st.text(
        st.characters(blacklist_categories=["Cs", "Cc", "Zl", "Zp"], blacklist_characters="\\"), min_size=1
    )
    .map(str.strip)
    .filter(lambda text: text and len(text.splitlines()) == 1)
)
lines = st.lists(line, min_size=2, max_size=6, unique=True)


def test_choices_are_marked_with_a_star():
    content = read("multiple", "＊ 電話を切る\n\n お金を送る \n*家族に話す\n")
    assert [option["text"] for option in content.options] == ["電話を切る", "お金を送る", "家族に話す"]
    assert content.key == ["a", "c"]
    assert problems("multiple", "どれですか", content.options, content.key) == []


def test_the_lines_of_an_ordering_stand_in_the_right_order():
    content = read("ordering", "切る\nかける\n話す")
    assert content.key == ["a", "b", "c"]


def test_matching_lines_may_have_a_right_side_that_nothing_matches():
    content = read("matching", "警察 = #9110\n消費生活センター＝188\n= 171")
    assert content.options["left"] == [{"id": "a", "text": "警察"}, {"id": "b", "text": "消費生活センター"}]
    assert [option["text"] for option in content.options["right"]] == ["#9110", "188", "171"]
    assert content.key == {"a": "a", "b": "b"}
    assert problems("matching", "どれですか", content.options, content.key) == []


def test_two_left_sides_may_share_a_right_side():
    content = read("matching", "犬 = 動物\nねこ = 動物\nさくら = 植物")
    assert content.key == {"a": "a", "b": "a", "c": "b"}


def test_a_left_side_without_a_right_side_is_told():
    content = read("matching", "犬 = 動物\nねこ\nさくら = 植物")
    assert problems("matching", "x", content.options, content.key) == [ItemProblem.KEY_INCOMPLETE]


def test_a_text_that_stays_keeps_its_id():
    before = [{"id": "a", "text": "一"}, {"id": "b", "text": "二"}, {"id": "c", "text": "三"}]
    content = read("single", "二\n* 四\n一", before)
    assert [option["id"] for option in content.options] == ["b", "d", "a"]
    assert content.key == ["d"]


@given(lines, st.data())
def test_choices_come_back_unchanged(texts, data):
    options = [{"id": f"x{place}", "text": text} for place, text in enumerate(texts)]
    key = [o["id"] for o in options if data.draw(st.booleans())]
    content = read("multiple", write("multiple", options, key), options)
    assert (content.options, content.key) == (options, key)


@given(lines, st.randoms(use_true_random=False))
def test_an_order_comes_back_unchanged(texts, random):
    options = [{"id": f"x{place}", "text": text} for place, text in enumerate(texts)]
    key = [option["id"] for option in options]
    random.shuffle(key)
    content = read("ordering", write("ordering", options, key), options)
    assert (content.options, content.key) == (options, key)


@given(lines, lines, st.data())
def test_a_matching_comes_back_unchanged(lefts, rights, data):
    options = {
        "left": [{"id": f"l{place}", "text": text} for place, text in enumerate(lefts)],
        "right": [{"id": f"r{place}", "text": text} for place, text in enumerate(rights)],
    }
    ids = [option["id"] for option in options["right"]]
    key = {option["id"]: data.draw(st.sampled_from(ids)) for option in options["left"]}
    content = read("matching", write("matching", options, key), options)
    assert (content.options, content.key) == (options, key)


@pytest.mark.parametrize(
    ("kind", "text", "problem"),
    [
        ("single", "* 一", ItemProblem.TOO_FEW),
        ("single", "一\n二", ItemProblem.NOT_ONE_RIGHT),
        ("single", "*一\n*二", ItemProblem.NOT_ONE_RIGHT),
        ("single", "*一\n一", ItemProblem.SAME_TEXT),
        ("multiple", "一\n二", ItemProblem.NONE_RIGHT),
        ("multiple", "*一\n*", ItemProblem.EMPTY_TEXT),
        ("true_false", "*一\n二\n三", ItemProblem.NOT_TWO),
        ("ordering", "一", ItemProblem.TOO_FEW),
        ("matching", "一 = 二", ItemProblem.TOO_FEW),
        ("short_text", "", ItemProblem.NO_WORDS),
        ("short_text", "{詐欺|さぎ}", ItemProblem.RUBY_IN_WORDS),
        ("single", "*一\n" + "あ" * 501, ItemProblem.TOO_LONG),
        ("single", "\n".join(["*0", *map(str, range(1, 21))]), ItemProblem.TOO_MANY),
        ("essay", "一", ItemProblem.UNKNOWN_KIND),
    ],
)
def test_what_cannot_be_asked(kind, text, problem):
    content = read(kind, text)
    assert problem in problems(kind, "どれですか", content.options, content.key)


def test_a_question_needs_words():
    assert problems("single", " ", [{"id": "a", "text": "一"}, {"id": "b", "text": "二"}], ["a"]) == [
        ItemProblem.NO_STEM
    ]


@given(
    st.sampled_from(["single", "matching", "ordering", "short_text"]),
    st.none() | st.integers() | st.lists(st.integers()),
)
def test_damaged_shapes_are_told_and_do_not_raise(kind, junk):
    assert problems(kind, "x", junk, junk)
    assert problems(kind, "x", {"left": junk, "right": junk}, junk)
