"""Codes of municipalities (JIS X 0401 + 0402)."""

import re
import unicodedata
from collections.abc import Collection

_WEIGHTS = (6, 5, 4, 3, 2)
_CODE_FORM = re.compile(r"\d{4,6}")


class UnknownCode(ValueError):
    """What was read is not the code of a known municipality, or could be two of them."""


def check_digit(code5: str) -> str:
    """The sixth digit of a code of five digits; remainders 0 and 10 share the digit 1."""
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, code5, strict=True))
    return str((11 - total % 11) % 10)


def with_check_digit(code5: str) -> str:
    return code5 + check_digit(code5)


def is_code(code6: str) -> bool:
    """Six digits with the right check digit. One wrong digit passes in 1.6 % of cases: also look the code up."""
    return bool(re.fullmatch(r"[0-9]{6}", code6)) and code6[5] == check_digit(code6[:5])


def repair_code(text: str, known: Collection[str]) -> str:
    """The six-digit code meant by 4 to 6 digits, full or half width, with Excel's dropped zero put back.

    ``known`` are the six-digit codes that exist: they decide between a code of five digits and one of
    six that lost its zero. Raises ``UnknownCode``.
    """
    digits = unicodedata.normalize("NFKC", text).strip()
    if not _CODE_FORM.fullmatch(digits):
        raise UnknownCode(text)
    found = {code for code in _readings(digits) if code in known}
    if len(found) != 1:
        raise UnknownCode(text)
    return found.pop()


def _readings(digits: str) -> set[str]:
    if len(digits) == 4:
        return {with_check_digit("0" + digits)}
    if len(digits) == 5:
        return {with_check_digit(digits), "0" + digits}
    return {digits} if is_code(digits) else set()
