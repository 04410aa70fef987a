"""Patterns (``regexp``) of semantics that are harmless to run.

They come from a stranger's library, and a pattern can be written so that it takes exponential time. Only patterns that
are a plain row of characters, classes and repetitions are run, with few repetitions of open length and on short texts;
of the others nothing is said.
"""

import re

LONGEST_PATTERN, LONGEST_TEXT = 200, 300
MOST_REPETITIONS, MOST_OPTIONS = 2, 2
_CLASS = r"\[\^?(?:[^\[\]\\]|\\[dwsDWS.\-/\\\[\]])+\]"
_ATOM = rf"(?:{_CLASS}|\\[dwsDWS./\-+*?()\[\]|{{}}$^]|[^\\\[\](){{}}.*+?|^$]|\.)"
_COUNT = r"(?:[*+?]|\{[0-9]{1,2}(?:,[0-9]{0,2})?\})"
_PLAIN = re.compile(rf"\^?(?:{_ATOM}{_COUNT}?)*+\$?")
_PART = re.compile(rf"{_ATOM}({_COUNT})?")
_SAME_LENGTH = re.compile(r"\{[0-9]{1,2}\}")


def harmless(pattern: str, modifiers: str = "") -> re.Pattern[str] | None:
    """The pattern, ready to be searched in a text of at most ``LONGEST_TEXT`` characters; None where it is not run."""
    if not pattern or len(pattern) > LONGEST_PATTERN or not _PLAIN.fullmatch(pattern):
        return None
    counts = [found[1] for found in _PART.finditer(pattern) if found[1]]
    open_ = [count for count in counts if count != "?" and not _SAME_LENGTH.fullmatch(count)]
    if len(open_) > MOST_REPETITIONS or counts.count("?") > MOST_OPTIONS:
        return None
    try:
        return re.compile(pattern, re.ASCII | (re.IGNORECASE if "i" in modifiers else 0))
    except re.error:
        return None


def fits(text: str, pattern: str, modifiers: str = "") -> bool | None:
    """Whether a text is as its field wants it; None where that is not tried."""
    ready = harmless(pattern, modifiers)
    if ready is None or len(text) > LONGEST_TEXT:
        return None
    return ready.search(text) is not None
