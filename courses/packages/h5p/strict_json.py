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
# An escaped NUL or half a surrogate pair: the one way to smuggle in what UTF-8 and JSON themselves forbid.
SUSPECT = re.compile(r"\\u(?:0000|[dD][89a-fA-F])")
MOST_DIGITS = 30


class BadJSON(H5PError, ValueError):
    """The text is refused; ``reason`` is a code of the catalogue, ``detail`` what was found and where, in English."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else reason)
        self.reason, self.detail = reason, detail


def loads(
    data: bytes, *, most_bytes: int, limits: Limits | None = DEFAULT_LIMITS, most_digits: int = MOST_DIGITS
) -> Any:
    """The value of UTF-8 JSON. Raises ``BadJSON``, and nothing else, for everything that is not strictly so.

    ``limits``: depth and number of containers are counted before anything is built; without them only what the
    interpreter reads bounds the depth. ``most_digits``: of a whole number.
    """
    if len(data) > most_bytes:
        raise BadJSON("json-too-large")
    text = _decoded(data)
    if limits is not None:
        _measure(text, limits)
    value = _read(text, most_digits)
    if SUSPECT.search(text):
        _check_texts(value)
    return value


def _read(text: str, most_digits: int) -> Any:
    def integer(digits: str) -> int:
        if len(digits) > most_digits:
            raise BadJSON("json-number", f"{len(digits)} digits")
        return int(digits)

    try:
        return json.loads(
            text, object_pairs_hook=_object, parse_constant=_refuse, parse_int=integer, parse_float=_real
        )
    except BadJSON:
        raise
    except json.JSONDecodeError as error:
        place = f"{error.msg} (line {error.lineno}, column {error.colno})"
        raise BadJSON("json-syntax", place) from error
    except RecursionError as error:
        raise BadJSON("json-depth") from error
    except ValueError as error:
        raise BadJSON("json-syntax") from error


def _decoded(data: bytes) -> str:
    for mark, reason in MARKS:
        if data.startswith(mark):
            raise BadJSON(reason)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise BadJSON("json-encoding", f"byte {error.start}") from error


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
        raise BadJSON("json-duplicate-key", repr(_first_twice(key for key, _value in pairs)[:80]))
    return made


def _first_twice(keys: Iterable[str]) -> str:
    seen: set[str] = set()
    for key in keys:
        if key in seen:
            return key
        seen.add(key)
    return ""


def _refuse(constant: str) -> NoReturn:
    raise BadJSON("json-number", constant)


def _real(digits: str) -> float:
    value = float(digits) if len(digits) <= 10 * MOST_DIGITS else math.inf
    if not math.isfinite(value):
        raise BadJSON("json-number", digits[:40])
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
