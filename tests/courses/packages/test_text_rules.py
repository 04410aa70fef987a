"""Texts side by side, and patterns of strangers that may be run."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.package_desk.rules import Mark, pieces
from courses.packages.h5p.patterns import fits

TEXTS = st.text(st.sampled_from("あいう漢字。\n<&"), max_size=40)


@given(TEXTS, TEXTS)
def test_both_texts_can_be_read_out_of_the_marks(before, after):
    found = pieces(before, after)
    assert "".join(piece.text for piece in found if piece.mark != Mark.NEW) == before
    assert "".join(piece.text for piece in found if piece.mark != Mark.GONE) == after


def test_a_typo_is_one_mark_and_another_text_is_shown_whole():
    assert pieces("電話を切ります。", "電話をきります。") == [
        (Mark.SAME, "電話を"),
        (Mark.GONE, "切"),
        (Mark.NEW, "き"),
        (Mark.SAME, "ります。"),
    ]
    assert [piece.mark for piece in pieces("まったく別の文", "ABCDEFG")] == [Mark.GONE, Mark.NEW]
    long = "あ" * 2000
    assert [piece.mark for piece in pieces(long, long + "い")] == [Mark.GONE, Mark.NEW]


def test_a_text_of_few_characters_again_and_again_costs_no_more_than_another():
    before, after = "あいう" * 500, "あう" * 750
    assert pieces(before, after) == [(Mark.GONE, before), (Mark.NEW, after)]


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        (r"^\d\d:\d\d$", "12:30", True),
        (r"^\d\d:\d\d$", "ab:30", False),
        (r"^#[0-9a-f]{3,6}$", "#fff", True),
        (r"^.{1,3}$", "１２３４", False),
        (r"^(a+)+$", "aaaa", None),
        (r"a?a?a?aaa", "aaa", None),
        (r"a*b*c*", "abc", None),
        (r"(?=x)", "x", None),
        (r"\1", "x", None),
        (r"[z-a]", "x", None),
        ("", "x", None),
        (r"^\d$", "1" * 400, None),
    ],
)
def test_only_harmless_patterns_are_run(pattern, text, expected):
    assert fits(text, pattern) is expected


@given(st.text(st.sampled_from("ab[]()*+?{},1^$.\\-"), max_size=30), st.text("ab1", max_size=20))
def test_no_pattern_is_an_error(pattern, text):
    assert fits(text, pattern) in {True, False, None}
