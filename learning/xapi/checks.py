"""What a value must look like: small checks from which the shapes of a statement are built.

A check takes a value and raises ``Invalid``; it gives nothing back. The path to the wrong value is put together
only when something is wrong, so that a good statement pays nothing for it.
"""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

Check = Callable[[Any], None]

# Longer addresses are no identifiers any more.
MAX_IRI = 4000
# Only extensions may hold anything at all; deeper than this nobody means anything by it.
MAX_DEPTH = 64
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:[^\s<>\"{}|\\^`\x00-\x20]+\Z")
_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\Z", re.IGNORECASE)
# RFC 5646: a language of 2 to 8 letters (or x-, i-) and subtags of up to 8.
_LANGUAGE = re.compile(r"(?:[A-Za-z]{2,8}|[xXiI](?=-))(?:-[A-Za-z0-9]{1,8})*\Z")
_TIMESTAMP = re.compile(
    r"\d{4}(?:-\d\d-\d\d|\d{4})(?:T\d\d(?::?\d\d(?::?\d\d(?:[.,]\d+)?)?)?(?:Z|[+-]\d\d(?::?\d\d)?)?)?\Z"
)
_RFC3339 = re.compile(r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(?:\.\d+)?(?:[Zz]|[+-]\d\d:\d\d)\Z", re.ASCII)
_NUMBER = r"\d+(?:[.,]\d+)?"
_DURATION = re.compile(
    rf"P(?:{_NUMBER}W|(?=\d|T\d)(?:{_NUMBER}Y)?(?:{_NUMBER}M)?(?:{_NUMBER}D)?"
    rf"(?:T(?=\d)(?:{_NUMBER}H)?(?:{_NUMBER}M)?(?:{_NUMBER}S)?)?)\Z"
)
_SHA1 = re.compile(r"[0-9a-f]{40}\Z", re.IGNORECASE)
_SHA2 = re.compile(r"(?:[0-9a-f]{56}|[0-9a-f]{64}|[0-9a-f]{96}|[0-9a-f]{128})\Z", re.IGNORECASE)
_MAILTO = re.compile(r"mailto:[^@\s,;:<>()\[\]\\\"]+@[^@\s,;:<>()\[\]\\\"]+\Z")
_MEDIA_TYPE = re.compile(r"[A-Za-z0-9!#$&^_.+\-]+/[A-Za-z0-9!#$&^_.+\-]+\s*(?:;.*)?\Z")


class Invalid(ValueError):
    """Something in a request breaks a rule of xAPI. ``str()`` is ``$.actor.mbox: must be …``."""

    def __init__(self, problem: str, *path: str | int) -> None:
        self.problem = problem
        self._path = list(reversed(path))
        super().__init__(problem)

    def within(self, step: str | int) -> "Invalid":
        """The same, seen from one level further out."""
        self._path.append(step)
        return self

    @property
    def path(self) -> str:
        """JSON path of the wrong value, ``$`` being the whole."""
        steps = (f"[{step}]" if isinstance(step, int) else f".{step}" for step in reversed(self._path))
        return "$" + "".join(steps)[:500]

    def __str__(self) -> str:
        return f"{self.path}: {self.problem}"


def kind_of(value: Any) -> str:
    """What JSON calls the type of a value."""
    names = {type(None): "null", bool: "boolean", str: "string", dict: "object", list: "array"}
    return names.get(type(value), "number")


def must_be(what: str, value: Any) -> Invalid:
    if isinstance(value, str):
        return Invalid(f"must be {what}, not {value[:80]!r}")
    return Invalid(f"must be {what}, not {kind_of(value)}")


def string(value: Any) -> None:
    if type(value) is not str:
        raise must_be("a string", value)


def boolean(value: Any) -> None:
    if type(value) is not bool:
        raise must_be("true or false", value)


def number(value: Any) -> None:
    if type(value) is not int and type(value) is not float:
        raise must_be("a number", value)


def whole_number(value: Any) -> None:
    if type(value) is not int or value < 0:
        raise must_be("a whole number of 0 or more", value)


def iri(value: Any) -> None:
    """An absolute IRI: a scheme and something behind it."""
    if type(value) is not str or len(value) > MAX_IRI or not _IRI.match(value):
        raise must_be(f"an absolute IRI of at most {MAX_IRI} characters", value)


def uuid(value: Any) -> None:
    if type(value) is not str or not _UUID.match(value):
        raise must_be("a UUID in its standard form", value)


def language(value: Any) -> None:
    if type(value) is not str or not _LANGUAGE.match(value):
        raise must_be("a language tag (RFC 5646)", value)


def language_map(value: Any) -> None:
    if type(value) is not dict:
        raise must_be("a language map", value)
    for tag, text in value.items():
        language(tag)
        if type(text) is not str:
            raise must_be("a string", text).within(tag)


def extensions(value: Any) -> None:
    """Any JSON below keys that are IRIs."""
    if type(value) is not dict:
        raise must_be("an object", value)
    for key, item in value.items():
        iri(key)
        if type(item) is dict or type(item) is list:
            _shallow(item, key)


def _shallow(value: Any, key: str) -> None:
    level: list[Any] = [value]
    for _depth in range(MAX_DEPTH):
        level = [
            inner
            for one in level
            for inner in (one.values() if type(one) is dict else one)
            if type(inner) is dict or type(inner) is list
        ]
        if not level:
            return
    raise Invalid(f"must not be nested deeper than {MAX_DEPTH} levels", key)


def moment(value: Any) -> datetime:
    """ISO 8601 as an aware moment, UTC where no offset is said; -00:00 is refused (4.5)."""
    if type(value) is not str or not _TIMESTAMP.match(value):
        raise must_be("an ISO 8601 timestamp", value)
    if "T" in value and value.endswith(("-00:00", "-0000", "-00")):
        raise Invalid("must not have an offset of -00:00")
    try:
        read = datetime.fromisoformat(value.replace(",", "."))
        return read.astimezone(UTC) if read.tzinfo else read.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        raise must_be("an ISO 8601 timestamp of a day that exists", value) from None


def timestamp(value: Any) -> None:
    moment(value)


def rfc3339(value: Any) -> None:
    """A whole date and time with an offset, as 2.0 asks for (IEEE 9274.1.1, 4.2.7)."""
    if type(value) is not str or not _RFC3339.match(value):
        raise must_be("an RFC 3339 timestamp (2026-11-22T10:00:00Z)", value)
    moment(value.upper().replace(" ", "T"))


def duration(value: Any) -> None:
    if type(value) is not str or not _DURATION.match(value):
        raise must_be("an ISO 8601 duration", value)


def sha1(value: Any) -> None:
    if type(value) is not str or not _SHA1.match(value):
        raise must_be("a SHA-1 digest of 40 hexadecimal digits", value)


def sha2(value: Any) -> None:
    if type(value) is not str or not _SHA2.match(value):
        raise must_be("a SHA-2 digest in hexadecimal digits", value)


def mailto(value: Any) -> None:
    if type(value) is not str or not _MAILTO.match(value):
        raise must_be("a mailto IRI (mailto:name@host)", value)


def media_type(value: Any) -> None:
    if type(value) is not str or not _MEDIA_TYPE.match(value):
        raise must_be("an Internet media type", value)


def one_of(*allowed: str) -> Check:
    """One of these words exactly as they are written."""
    words = frozenset(allowed)

    def check(value: Any) -> None:
        if type(value) is not str or value not in words:
            raise must_be(" or ".join(f'"{word}"' for word in allowed), value)

    return check


def list_of(check: Check) -> Check:
    def check_all(value: Any) -> None:
        if type(value) is not list:
            raise must_be("an array", value)
        for place, item in enumerate(value):
            try:
                check(item)
            except Invalid as invalid:
                raise invalid.within(place) from None

    return check_all


class Shape:
    """An object with these properties and no others; ``required`` ones must be there."""

    __slots__ = ("_name", "_properties", "_required")

    def __init__(self, name: str, properties: Mapping[str, Check], required: tuple[str, ...] = ()) -> None:
        self._name, self._properties, self._required = name, dict(properties), required

    def __call__(self, value: Any) -> None:
        if type(value) is not dict:
            raise must_be(f"an object ({self._name})", value)
        properties = self._properties
        for key, item in value.items():
            check = properties.get(key)
            if check is None:
                raise Invalid(f"is no property of {self._name}", key)
            try:
                check(item)
            except Invalid as invalid:
                raise invalid.within(key) from None
        for key in self._required:
            if key not in value:
                raise Invalid(f"{self._name} must have {key!r}")
