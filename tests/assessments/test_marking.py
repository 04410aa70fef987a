"""Marking is pure: no row, no clock."""

import contextlib
import unicodedata
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.items.enums import ItemKind
from assessments.marking.enums import AnswerFault
from assessments.marking.rules import (
    TEXT_LIMIT,
    AnswerError,
    fold_text,
    is_answered,
    mark,
    needed,
    normalise_answer,
    points,
    score,
)

CHOICES = [{"id": id_, "text": id_.upper()} for id_ in "abcd"]
SIDES = {
    "left": [{"id": "a", "text": "電話"}, {"id": "b", "text": "役場"}, {"id": "c", "text": "警察"}],
    "right": [{"id": "p", "text": "切る"}, {"id": "q", "text": "聞く"}, {"id": "r", "text": "よぶ"}],
}
KEYS = {
    "single": ["b"],
    "true_false": ["a"],
    "multiple": ["a", "c"],
    "ordering": ["c", "a", "b", "d"],
    "matching": {"a": "p", "b": "q", "c": "r"},
    "short_text": ["なりすまし", "パスワード"],
}
OPTIONS = {kind: SIDES if kind == "matching" else CHOICES for kind in KEYS}

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.text(), inner, max_size=5),
    max_leaves=12,
)
ids = st.sampled_from(["a", "b", "c", "d", "p", "q", "", "zz"])
likely = st.lists(ids, max_size=5) | st.dictionaries(ids, ids, max_size=4) | ids | json_values


@pytest.mark.parametrize(
    ("kind", "answer", "expected"),
    [
        ("single", ["b"], "1"),
        ("single", ["a"], "0"),
        ("true_false", ["a"], "1"),
        ("multiple", ["c", "a"], "1"),
        ("multiple", ["a"], "0"),
        ("multiple", ["a", "b", "c"], "0"),
        ("ordering", ["c", "a", "b", "d"], "1"),
        ("ordering", ["c", "a", "d", "b"], "0"),
        ("ordering", ["c", "a", "", ""], "0"),
        ("matching", {"a": "p", "b": "q", "c": "r"}, "1"),
        ("matching", {"a": "p", "b": "r", "c": "q"}, "0.3333"),
        ("matching", {"a": "p", "b": "q"}, "0.6667"),
        ("short_text", "ﾊﾟｽﾜｰﾄﾞ", "1"),
        ("short_text", "パスワ ード", "1"),
        ("short_text", "パス", "0"),
        ("short_text", " ", "0"),
        ("unheard_of", ["a"], "0"),
    ],
)
def test_what_an_answer_is_worth(kind, answer, expected):
    assert mark(kind, KEYS.get(kind), answer) == Decimal(expected)


@pytest.mark.parametrize("kind", list(KEYS))
def test_no_answer_is_worth_nothing(kind):
    assert mark(kind, KEYS[kind], None) == 0
    assert not is_answered(kind, OPTIONS[kind], None)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("コンピューター", "ｺﾝﾋﾟｭｰﾀ"),
        ("サーバー ルーム", "サーバールーム"),
        ("サーバ－", "サーバー"),
        ("Ｅメール", "eメール"),
        ("フィッシング・メール", "フィッシングメール"),
        ("ユーザー名", "ユーザ名"),
        ("＃９１１０", "#9110"),
    ],
)
def test_writings_of_one_word_are_equal(one, other):
    assert fold_text(one) == fold_text(other)


@pytest.mark.parametrize(
    ("one", "other"), [("ビール", "ビル"), ("コピー", "コピ"), ("カバー", "カバ"), ("はし", "ハシ")]
)
def test_other_words_stay_other_words(one, other):
    assert fold_text(one) != fold_text(other)


@given(st.text(alphabet=st.characters(min_codepoint=0x21, max_codepoint=0x7E), min_size=1))
def test_full_width_equals_half_width(text):
    wide = "".join(chr(ord(char) + 0xFEE0) for char in text)
    assert fold_text(wide) == fold_text(text)


@given(st.text(alphabet="ｱｲｳｶﾞｷﾞﾊﾟﾋﾟﾝｰｯｬ"))
def test_half_width_kana_equal_full_width_kana(text):
    assert fold_text(text) == fold_text(unicodedata.normalize("NFKC", text))


@given(st.permutations(["a", "c"]), st.lists(st.sampled_from(["a", "c"])))
def test_the_order_and_number_of_chosen_ids_do_not_matter(order, again):
    answer = normalise_answer("multiple", CHOICES, [*order, *again])
    assert mark("multiple", KEYS["multiple"], [*order, *again]) == 1
    assert answer == ["a", "c"]


@given(st.sampled_from([*KEYS, "unheard_of"]), json_values, likely)
def test_marking_stays_between_0_and_1_and_never_raises(kind, key, answer):
    assert 0 <= mark(kind, key, answer) <= 1
    assert 0 <= mark(kind, KEYS.get(kind), answer) <= 1


@given(st.sampled_from([*KEYS, "unheard_of"]), likely)
def test_anything_is_an_answer_or_an_answer_error(kind, raw):
    try:
        answer = normalise_answer(kind, OPTIONS.get(kind), raw)
    except AnswerError as error:
        assert error.fault in AnswerFault
    else:
        assert answer is None or answer
        assert normalise_answer(kind, OPTIONS.get(kind), answer) == answer
        assert is_answered(kind, OPTIONS.get(kind), answer) in (True, False)


@given(st.sampled_from(list(KEYS)), json_values, json_values)
def test_damaged_options_do_not_raise_anything_else(kind, options, raw):
    with contextlib.suppress(AnswerError):
        normalise_answer(kind, options, raw)


@pytest.mark.parametrize(
    ("kind", "raw", "fault"),
    [
        ("single", "x", AnswerFault.UNKNOWN_CHOICE),
        ("single", ["a", "b"], AnswerFault.TOO_MANY),
        ("single", {"a": "b"}, AnswerFault.WRONG_TYPE),
        ("single", 3, AnswerFault.WRONG_TYPE),
        ("multiple", ["a", 1], AnswerFault.WRONG_TYPE),
        ("multiple", ["a", "x"], AnswerFault.UNKNOWN_CHOICE),
        ("ordering", ["a", "a"], AnswerFault.SAME_PLACE),
        ("ordering", ["a", "x"], AnswerFault.UNKNOWN_CHOICE),
        ("matching", ["a"], AnswerFault.WRONG_TYPE),
        ("matching", {"a": ["p"]}, AnswerFault.WRONG_TYPE),
        ("matching", {"x": "p"}, AnswerFault.UNKNOWN_CHOICE),
        ("matching", {"a": "x"}, AnswerFault.UNKNOWN_CHOICE),
        ("short_text", "あ" * (TEXT_LIMIT + 1), AnswerFault.TOO_LONG),
        ("short_text", "�文字", AnswerFault.BROKEN_TEXT),
        ("short_text", "\ud83d", AnswerFault.BROKEN_TEXT),
        ("short_text", ["a"], AnswerFault.WRONG_TYPE),
        ("unheard_of", "a", AnswerFault.WRONG_TYPE),
    ],
)
def test_what_cannot_be_an_answer(kind, raw, fault):
    with pytest.raises(AnswerError) as caught:
        normalise_answer(kind, OPTIONS.get(kind), raw)
    assert caught.value.fault == fault


def test_half_an_order_is_kept_but_not_complete():
    answer = normalise_answer("ordering", CHOICES, ["", "a", None])
    assert answer == ["", "a", "", ""]
    assert not is_answered("ordering", CHOICES, answer)
    assert is_answered("ordering", CHOICES, ["d", "a", "b", "c"])


def test_half_a_matching_is_kept_but_not_complete():
    answer = normalise_answer("matching", SIDES, {"b": "q", "a": ""})
    assert answer == {"b": "q"}
    assert not is_answered("matching", SIDES, answer)


def test_control_characters_do_not_reach_the_database():
    assert normalise_answer("short_text", [], " a\x00b\x0bc\n") == "a b c"


@pytest.mark.parametrize(
    ("right", "of", "pass_mark", "passed"),
    [(4, 5, 80, True), (3, 5, 80, False), (5, 5, 100, True), (2, 3, 67, False), (0, 4, 0, True)],
)
def test_passing(right, of, pass_mark, passed):
    result = score([Decimal(1)] * right + [Decimal(0)] * (of - right), pass_mark)
    assert (result.raw, result.max, result.success) == (Decimal(right), Decimal(of), passed)


def test_nothing_decides_without_a_pass_mark():
    assert score([Decimal(1)], None).success is None
    assert score([], 80).scaled is None


@given(
    st.lists(st.sampled_from([Decimal(0), Decimal(1), Decimal("0.3333"), Decimal("0.6667")]), min_size=1),
    st.integers(0, 100),
)
def test_a_score_is_a_share(marks, pass_mark):
    result = score(marks, pass_mark)
    assert result.scaled is not None
    assert 0 <= result.scaled <= 1
    assert result.success == (result.raw * 100 >= result.max * pass_mark)


def test_every_kind_is_marked():
    assert set(KEYS) == {kind.value for kind in ItemKind}


@given(st.integers(1, 50), st.integers(0, 100))
def test_the_needed_number_is_the_least_that_passes(total, pass_mark):
    count = needed(total, pass_mark)
    marks = [Decimal(1)] * count + [Decimal(0)] * (total - count)
    assert score(marks, pass_mark).success
    assert count == 0 or not score([*marks[1:], Decimal(0)], pass_mark).success


def test_points_are_rounded_down():
    assert points(Decimal("0.79999")) == 79
    assert points(Decimal("0.8")) == 80
