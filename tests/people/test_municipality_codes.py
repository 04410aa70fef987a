"""Codes of municipalities as lists in Excel hold them."""

import contextlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from people.organizations.actions import MUNICIPALITIES_FILE
from people.organizations.rules import UnknownCode, check_digit, is_code, repair_code, with_check_digit

DATA = json.loads(MUNICIPALITIES_FILE.read_text(encoding="utf-8"))
KNOWN = frozenset(entry["code6"] for entry in [DATA["prefecture"], *DATA["municipalities"]])
codes = st.sampled_from(sorted(KNOWN))


def test_the_shipped_codes_are_right() -> None:
    assert len(DATA["municipalities"]) == 59
    assert all(is_code(code) for code in KNOWN)
    assert all(entry["code6"] == with_check_digit(entry["code5"]) for entry in DATA["municipalities"])


@pytest.mark.parametrize(("code5", "digit"), [("07201", "0"), ("07000", "9"), ("13101", "6"), ("01100", "2")])
def test_check_digit(code5: str, digit: str) -> None:
    assert check_digit(code5) == digit


@given(codes)
def test_every_form_of_a_code_is_understood(code: str) -> None:
    forms = {code, code[:5], code.removeprefix("0"), code[:5].removeprefix("0")}
    assert {repair_code(form, KNOWN) for form in forms} == {code}


@given(codes)
def test_full_width_and_spaces_are_understood(code: str) -> None:
    wide = code.translate({ord(str(n)): chr(0xFF10 + n) for n in range(10)})
    assert repair_code(f"　{wide} ", KNOWN) == code


@given(codes, st.integers(0, 5), st.integers(1, 9))
def test_a_wrong_digit_never_becomes_another_municipality(code: str, place: int, step: int) -> None:
    """Six digits with one of them wrong are refused, or are by chance a code that does not exist."""
    wrong = code[:place] + str((int(code[place]) + step) % 10) + code[place + 1 :]
    if wrong in KNOWN:
        assert is_code(wrong)
    else:
        with pytest.raises(UnknownCode):
            repair_code(wrong, KNOWN)


@given(st.text(max_size=12))
def test_anything_else_is_refused_without_another_error(text: str) -> None:
    with contextlib.suppress(UnknownCode):
        assert repair_code(text, KNOWN) in KNOWN


def test_five_digits_that_could_be_two_places_are_refused() -> None:
    two = frozenset({with_check_digit("13101"), "013101"})
    with pytest.raises(UnknownCode):
        repair_code("13101", two)
    assert repair_code("131016", two) == "131016"
