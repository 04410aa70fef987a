"""Whole statements and sub-statements (Part Two, 2.2 to 2.4)."""

from typing import Any

from learning.xapi.activities import activity
from learning.xapi.actors import actor, agent, authority, group
from learning.xapi.checks import (
    Check,
    Invalid,
    Shape,
    boolean,
    duration,
    extensions,
    iri,
    language,
    language_map,
    list_of,
    media_type,
    must_be,
    number,
    one_of,
    rfc3339,
    sha2,
    string,
    timestamp,
    uuid,
    whole_number,
)

VOIDED = "http://adlnet.gov/expapi/verbs/voided"
CONTEXT_ACTIVITIES = ("parent", "grouping", "category", "other")

verb = Shape("a verb", {"id": iri, "display": language_map}, ("id",))
statement_ref = Shape(
    "a statement reference", {"objectType": one_of("StatementRef"), "id": uuid}, ("objectType", "id")
)
_score = Shape("a score", {"scaled": number, "raw": number, "min": number, "max": number})


def score(value: Any) -> None:
    """Bounds of 2.4.5.1: scaled -1…1, min below max, raw between them."""
    _score(value)
    if not -1 <= value.get("scaled", 0) <= 1:
        raise Invalid("must lie between -1 and 1", "scaled")
    low, high, raw = value.get("min"), value.get("max"), value.get("raw")
    if low is not None and high is not None and low >= high:
        raise Invalid("must be below max", "min")
    if raw is not None and ((low is not None and raw < low) or (high is not None and raw > high)):
        raise Invalid("must lie between min and max", "raw")


result = Shape(
    "a result",
    {
        "score": score,
        "success": boolean,
        "completion": boolean,
        "response": string,
        "duration": duration,
        "extensions": extensions,
    },
)
_activities = list_of(activity)


def context_activities(value: Any) -> None:
    """One activity or several; a single one may stand without its array (2.4.6.2)."""
    if type(value) is dict:
        activity(value)
    else:
        _activities(value)


_CONTEXT: dict[str, Check] = {
    "registration": uuid,
    "instructor": actor,
    "team": group,
    "contextActivities": Shape("contextActivities", dict.fromkeys(CONTEXT_ACTIVITIES, context_activities)),
    "revision": string,
    "platform": string,
    "language": language,
    "statement": statement_ref,
    "extensions": extensions,
}
_iris = list_of(iri)


def _relevant_types(value: Any) -> None:
    _iris(value)
    if not value:
        raise Invalid("must name at least one type")


def _named_in_context(kind: str, name: str, check: Check) -> Check:
    """contextAgent and contextGroup of 2.0 (IEEE 9274.1.1, 4.2.2.5)."""
    properties = {"objectType": one_of(kind), name: check, "relevantTypes": _relevant_types}
    return list_of(Shape(f"a {kind}", properties, ("objectType", name)))


_CONTEXT_2: dict[str, Check] = {
    **_CONTEXT,
    "contextAgents": _named_in_context("contextAgent", "agent", agent),
    "contextGroups": _named_in_context("contextGroup", "group", group),
}
attachment = Shape(
    "an attachment",
    {
        "usageType": iri,
        "display": language_map,
        "description": language_map,
        "contentType": media_type,
        "length": whole_number,
        "sha2": sha2,
        "fileUrl": iri,
    },
    ("usageType", "display", "contentType", "length", "sha2"),
)


def statement(value: Any) -> None:
    """A whole statement as a client of 1.0.3 may send it. Raises Invalid with the path of the first wrong value."""
    _FORM_1.whole(value)


def statement_2(value: Any) -> None:
    """The same of 2.0: agents and groups of the context, RFC 3339. Raises Invalid."""
    _FORM_2.whole(value)


def _version(value: Any) -> None:
    """1.0.0 and every later 1.0.x (2.4.10)."""
    if type(value) is not str or not (value == "1.0" or (value[:4] == "1.0." and value[4:].isdigit())):
        raise must_be('"1.0.x"', value)


def _version_2(value: Any) -> None:
    """2.0.x, or what a 1.0.x system wrote and somebody hands on."""
    if type(value) is not str or not (value[:4] == "2.0." and value[4:].isdigit()):
        _version(value)


class _Form:
    """The checks of one version of the specification."""

    def __init__(self, context: dict[str, Check], when: Check, version: Check) -> None:
        self._objects: dict[str, Check] = {
            "Activity": activity,
            "Agent": agent,
            "Group": group,
            "StatementRef": statement_ref,
            "SubStatement": self._sub_statement,
        }
        parts: dict[str, Check] = {
            "actor": actor,
            "verb": verb,
            "object": self._object,
            "result": result,
            "context": Shape("a context", context),
            "timestamp": when,
            "attachments": list_of(attachment),
        }
        own = {"id": uuid, "stored": when, "authority": authority, "version": version}
        self._inner = Shape("a sub-statement", {"objectType": one_of("SubStatement"), **parts}, _REQUIRED)
        self._outer = Shape("a statement", {**own, **parts}, _REQUIRED)

    def whole(self, value: Any) -> None:
        self._outer(value)
        _context_fits(value)
        if value["verb"]["id"] == VOIDED and value["object"].get("objectType") != "StatementRef":
            raise Invalid("a voiding statement must have a statement reference as its object", "object")

    def _object(self, value: Any) -> None:
        """Activity (also where nothing is said), Agent, Group, StatementRef or SubStatement."""
        if type(value) is not dict:
            raise must_be("an object", value)
        kind = value.get("objectType", "Activity")
        check = self._objects.get(kind) if type(kind) is str else None
        if check is None:
            raise must_be(" or ".join(self._objects), kind).within("objectType")
        check(value)

    def _sub_statement(self, value: Any) -> None:
        """A statement inside a statement: without id, stored, version and authority, and without another one inside."""
        self._inner(value)
        if value["object"].get("objectType") == "SubStatement":
            raise Invalid("must not be a sub-statement again", "object")
        _context_fits(value)


def _context_fits(value: dict[str, Any]) -> None:
    """Revision and platform belong to activities only (2.4.6)."""
    context = value.get("context")
    if context is None or value["object"].get("objectType", "Activity") == "Activity":
        return
    for name in ("revision", "platform"):
        if name in context:
            raise Invalid("is only for statements about an activity", "context", name)


_REQUIRED = ("actor", "verb", "object")
_FORM_1 = _Form(_CONTEXT, timestamp, _version)
_FORM_2 = _Form(_CONTEXT_2, rfc3339, _version_2)
