"""JSON as every reader of a package will understand it alike, or not at all.

Python's reader takes duplicate keys, NaN, numbers without bound and lone surrogates; browsers and databases read
them otherwise or fail. What is accepted here reads the same everywhere. Time and memory grow with the size only.
"""

import json
import math
import re
from collections.abc import Iterable
from typing import Any, NoReturn

from courses.packages.h5p.limits import DEFAULT_LIMITS, Limits
from courses.packages.h5p.problems import H5PError

# One pass without backtracking (possessive): strings, closed or not, are stepped over; brackets are counted.
TOKENS = re.compile(r'"(?:[^"\\]++|\\.)*+"?|[\[\]{}]', re.DOTALL)
MARKS = ((b"\xef\xbb\xbf", "json-bom"), (b"\xff\xfe", "json-encoding"), (b"\xfe\xff", "json-encoding"))
MOST_DIGITS = 30


class BadJSON(H5PError, ValueError):
    """The text is refused; ``reason`` is a code of the catalogue."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def loads(data: bytes, *, most_bytes: int, limits: Limits = DEFAULT_LIMITS) -> Any:
    """The value of UTF-8 JSON. Raises ``BadJSON``, and nothing else, for everything that is not strictly so."""
    if len(data) > most_bytes:
        raise BadJSON("json-too-large")
    text = _decoded(data)
    _measure(text, limits)
    try:
        value = json.loads(
            text, object_pairs_hook=_object, parse_constant=_refuse, parse_int=_integer, parse_float=_real
        )
    except BadJSON:
        raise
    except (ValueError, RecursionError) as error:
        raise BadJSON("json-syntax") from error
    if "\\" in text:  # only an escape can smuggle in what UTF-8 and JSON themselves forbid
        _check_texts(value)
    return value


def _decoded(data: bytes) -> str:
    for mark, reason in MARKS:
        if data.startswith(mark):
            raise BadJSON(reason)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise BadJSON("json-encoding") from error


def _measure(text: str, limits: Limits) -> None:
    """Depth and number of containers, before anything is built."""
    depth = count = 0
    for token in TOKENS.finditer(text):
        mark = token.group()
        if mark in "[{":
            depth, count = depth + 1, count + 1
            if depth > limits.json_depth:
                raise BadJSON("json-depth")
            if count > limits.json_containers:
                raise BadJSON("json-containers")
        elif mark in "]}":
            depth -= 1


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise BadJSON("json-duplicate-key")
    return made


def _refuse(_constant: str) -> NoReturn:
    raise BadJSON("json-number")


def _integer(digits: str) -> int:
    if len(digits) > MOST_DIGITS:
        raise BadJSON("json-number")
    return int(digits)


def _real(digits: str) -> float:
    value = float(digits) if len(digits) <= 10 * MOST_DIGITS else math.inf
    if not math.isfinite(value):
        raise BadJSON("json-number")
    return value


def _texts(value: Any) -> Iterable[str]:
    waiting = [value]
    while waiting:
        item = waiting.pop()
        if isinstance(item, str):
            yield item
        elif isinstance(item, dict):
            waiting.extend(item)
            waiting.extend(item.values())
        elif isinstance(item, list):
            waiting.extend(item)


def _check_texts(value: Any) -> None:
    for text in _texts(value):
        if "\0" in text:
            raise BadJSON("json-nul")
        try:
            text.encode()
        except UnicodeEncodeError as error:
            raise BadJSON("json-surrogate") from error
