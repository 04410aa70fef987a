"""What makes a translation usable (pure)."""

import re
from collections.abc import Iterable

# %(name)s, %(name)d, %s, %d and {name}: what code fills in. ``%%`` is a per cent sign.
_PLACEHOLDER = re.compile(r"%%|%\((\w+)\)[a-z]|%[sd]|\{(\w*)\}")


def placeholders(text: str) -> frozenset[str]:
    """The names (or bare marks) that code fills into a message."""
    return frozenset(found.group(0) for found in _PLACEHOLDER.finditer(text) if found.group(0) != "%%")


def keeps_placeholders(originals: Iterable[str], translation: str) -> bool:
    """False where a translation names something that no form of its original has, or loses what all forms have.

    A plural's singular may leave out the number ("one lesson"), so that only marks common to
    every form must stay.
    """
    forms = [placeholders(original) for original in originals]
    marks = placeholders(translation)
    return marks <= frozenset.union(*forms) and frozenset.intersection(*forms) <= marks
