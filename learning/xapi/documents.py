"""Reading JSON strictly: what Python's reader lets through and JSON, PostgreSQL or a reader downstream would not."""

import json
import re
from typing import Any, NoReturn

from learning.xapi.checks import Invalid

_MAX_DIGITS = 300
# An escaped NUL or half a surrogate pair: PostgreSQL keeps neither.
_SUSPECT = re.compile(r"\\u(?:0000|[dD][89a-fA-F])")
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def read_json(body: bytes) -> Any:
    """The value of a JSON text in UTF-8.

    Refuses what is no JSON, NaN and Infinity, numbers beyond reason, keys that come twice, nesting beyond
    what the interpreter reads, and characters that cannot be kept. Raises Invalid.
    """
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Invalid(f"the body is not UTF-8 (byte {error.start})") from None
    try:
        value = json.loads(
            text, object_pairs_hook=_object, parse_constant=_constant, parse_float=_float, parse_int=_int
        )
    except json.JSONDecodeError as error:
        raise Invalid(
            f"the body is not JSON: {error.msg} (line {error.lineno}, column {error.colno})"
        ) from None
    except RecursionError:
        raise Invalid("the body is nested too deeply") from None
    if "\x00" in text or _SUSPECT.search(text):
        _storable(value)
    return value


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        seen: set[str] = set()
        for key, _value in pairs:
            if key in seen:
                raise Invalid(f"the key {key[:80]!r} stands twice in one object")
            seen.add(key)
    return made


def _constant(name: str) -> NoReturn:
    raise Invalid(f"{name} is no number of JSON")


def _float(text: str) -> float:
    value = float(text)
    if value in (float("inf"), float("-inf")):
        raise Invalid(f"the number {text[:40]} is too large")
    return value


def _int(text: str) -> int:
    if len(text) > _MAX_DIGITS:
        raise Invalid(f"a number has more than {_MAX_DIGITS} digits")
    return int(text)


def _storable(whole: Any) -> None:
    """A doubled backslash before \\u0000 is no NUL, so the read value decides."""
    waiting = [whole]
    while waiting:
        value = waiting.pop()
        if isinstance(value, str):
            if _UNSTORABLE.search(value):
                raise Invalid("a text holds a character that cannot be kept (NUL or half a surrogate pair)")
        elif isinstance(value, list):
            waiting += value
        elif isinstance(value, dict):
            waiting += [*value, *value.values()]
