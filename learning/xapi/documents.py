"""Reading JSON strictly, by the one reader of the platform; refusals in the words of this room."""

from typing import Any

from courses.packages.h5p import strict_json
from learning.xapi.checks import Invalid

_MAX_DIGITS = 300
_SAID = {
    "json-bom": "the body begins with a byte order mark",
    "json-encoding": "the body is not UTF-8",
    "json-syntax": "the body is not JSON",
    "json-depth": "the body is nested too deeply",
    "json-number": f"a number is beyond what is kept (NaN, Infinity, more than {_MAX_DIGITS} digits)",
    "json-duplicate-key": "a key stands twice in one object",
    "json-nul": "a text holds a character that cannot be kept (NUL)",
    "json-surrogate": "a text holds a character that cannot be kept (half a surrogate pair)",
}


def read_json(body: bytes) -> Any:
    """The value of a JSON text in UTF-8.

    Refuses what is no JSON, NaN and Infinity, numbers beyond reason, keys that come twice, nesting beyond
    what the interpreter reads, and characters that cannot be kept. Raises Invalid.
    """
    try:
        return strict_json.loads(body, most_bytes=len(body), limits=None, most_digits=_MAX_DIGITS)
    except strict_json.BadJSON as error:
        said = _SAID[error.reason]
        raise Invalid(f"{said}: {error.detail}" if error.detail else said) from None
