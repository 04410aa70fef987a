"""Numbers as contents hold them."""

import math
from typing import Any

LARGEST_NUMBER = 2**53  # beyond it JavaScript's numbers lose digits


def number_of(value: Any) -> int | float | None:
    """A number, or a text that is one, as the editor sometimes writes it."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        number = float(value) if not isinstance(value, str) or len(value) <= 40 else math.inf
    except (ValueError, OverflowError):
        return None
    if not math.isfinite(number) or abs(number) > LARGEST_NUMBER:
        return None
    return value if not isinstance(value, str) else int(number) if number.is_integer() else number


def whole_number(value: Any) -> int | None:
    """A number not below 0, without its fraction."""
    number = number_of(value)
    return int(number) if number is not None and number >= 0 else None
