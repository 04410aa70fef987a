"""What an AU may say in a session (cmi5, 7.1, 9), pure. Statements are valid xAPI already."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from learning.cmi5 import words
from learning.cmi5.enums import LaunchMode, Said
from learning.xapi.actors import actor_key
from learning.xapi.checks import moment

AU_VERBS = {
    words.INITIALIZED: Said.INITIALIZED,
    words.COMPLETED: Said.COMPLETED,
    words.PASSED: Said.PASSED,
    words.FAILED: Said.FAILED,
    words.TERMINATED: Said.TERMINATED,
}
_JUDGED = frozenset({Said.PASSED, Said.FAILED})
_TIMED = frozenset({Said.COMPLETED, Said.PASSED, Said.FAILED, Said.TERMINATED})
# Statements of one session may overtake each other on their way; this long after the last one they still count.
GRACE = timedelta(seconds=10)


class Broken(ValueError):
    """A statement breaks a rule; ``section`` of the specification."""

    def __init__(self, section: str, problem: str) -> None:
        super().__init__(f"cmi5 {section}: {problem}")


@dataclass(frozen=True)
class Frame:
    """What every statement of a session must name. ``mastery`` is the score that the launch data told."""

    actor: dict[str, Any]
    registration: str
    session: str
    activity: str
    publisher: str
    mode: LaunchMode = LaunchMode.NORMAL
    mastery: Decimal | None = None


@dataclass
class History:
    """What was said so far. ``said``: of this session, by its timestamp; ``before``: by this AU in other sessions of the registration."""

    said: dict[Said, datetime] = field(default_factory=dict)
    before: frozenset[Said] = frozenset()
    latest: datetime | None = None
    is_abandoned: bool = False
    terminated_at: datetime | None = None

    def add(self, verb: Said | None, told: datetime, at: datetime) -> None:
        """``told``: timestamp of the statement; ``at``: when it came."""
        if verb is not None:
            self.said[verb] = told
        if verb == Said.TERMINATED:
            self.terminated_at = at
        self.latest = told if self.latest is None else max(self.latest, told)


def checked(statement: dict[str, Any], frame: Frame, history: History, at: datetime) -> Said | None:
    """The verb of a «cmi5 defined» statement, None for a «cmi5 allowed» one. Raises Broken."""
    _named(statement, frame)
    told = _timestamp(statement)
    verb = AU_VERBS.get(statement["verb"]["id"]) if _is_defined(statement) else None
    if _is_defined(statement):
        if verb is None:
            raise Broken("7.1.3", "the category of cmi5 is for the verbs of an AU that cmi5 defines")
        _defined(statement, verb, frame)
    elif words.MOVE_ON_CATEGORY in _activities(statement, "category"):
        raise Broken("9.6.2.2", "the category moveOn is for statements with success or completion")
    _in_order(verb, told, history, at)
    if verb is not None:
        _once(verb, history)
    return verb


def _named(statement: dict[str, Any], frame: Frame) -> None:
    context = statement.get("context") or {}
    if statement["verb"]["id"] == words.VOIDED:
        raise Broken("6.3", "an AU must not void statements")
    if "id" not in statement:
        raise Broken("9.1", "the statement must have an id")
    if actor_key(statement["actor"]) != actor_key(frame.actor) or "account" not in statement["actor"]:
        raise Broken("9.2", "the actor must be the one of the launch")
    if str(context.get("registration", "")).lower() != frame.registration:
        raise Broken("9.6.1", "the registration must be the one of the launch")
    if (context.get("extensions") or {}).get(words.SESSION) != frame.session:
        raise Broken("9.6.3.1", "the session id must be the one of the context template")
    if frame.publisher not in _activities(statement, "grouping"):
        raise Broken("9.6.2.3", "the publisher id of the context template must stand in grouping")


def _timestamp(statement: dict[str, Any]) -> datetime:
    told = statement.get("timestamp")
    if told is None:
        raise Broken("9.7", "the statement must have a timestamp")
    if not told.endswith(("Z", "+00:00", "+0000", "+00")):
        raise Broken("9.7", "the timestamp must be in UTC")
    return moment(told)


def _is_defined(statement: dict[str, Any]) -> bool:
    return words.CATEGORY in _activities(statement, "category")


def _activities(statement: dict[str, Any], name: str) -> list[str]:
    found = ((statement.get("context") or {}).get("contextActivities") or {}).get(name, [])
    return [one["id"] for one in (found if isinstance(found, list) else [found])]


def _defined(statement: dict[str, Any], verb: Said, frame: Frame) -> None:
    thing = statement["object"]
    if thing.get("objectType", "Activity") != "Activity" or thing["id"] != frame.activity:
        raise Broken("9.4", "the object must be the activityId of the launch")
    if frame.mode != LaunchMode.NORMAL and verb not in (Said.INITIALIZED, Said.TERMINATED):
        raise Broken("10.0", f"in the mode {frame.mode} an AU says initialized and terminated only")
    result = statement.get("result") or {}
    _flags(statement, verb, result)
    if verb in _TIMED and "duration" not in result:
        raise Broken("9.5.4.1", f"{verb} must have a duration")
    if "score" in result and verb not in _JUDGED:
        raise Broken("9.5.1", f"{verb} must not have a score")
    if verb in _JUDGED:
        _score(statement, verb, result.get("score") or {}, frame)
    progress = (result.get("extensions") or {}).get(words.PROGRESS)
    if progress is not None and (type(progress) is not int or not 0 <= progress <= 100):
        raise Broken("9.5.5.1", "progress must be a whole number from 0 to 100")


def _flags(statement: dict[str, Any], verb: Said, result: dict[str, Any]) -> None:
    expected = {
        Said.PASSED: ("success", True),
        Said.FAILED: ("success", False),
        Said.COMPLETED: ("completion", True),
    }
    name, value = expected.get(verb, ("", None))
    for flag, section in (("success", "9.5.2"), ("completion", "9.5.3")):
        if flag == name and result.get(flag) is not value:
            raise Broken(section, f"{verb} must have {flag} {str(value).lower()}")
        if flag != name and flag in result:
            raise Broken(section, f"{verb} must not have {flag}")
    if bool(name) != (words.MOVE_ON_CATEGORY in _activities(statement, "category")):
        raise Broken(
            "9.6.2.2", "the category moveOn belongs to completed, passed and failed, and to them alone"
        )


def _score(statement: dict[str, Any], verb: Said, score: dict[str, Any], frame: Frame) -> None:
    if "raw" in score and not {"min", "max"} <= score.keys():
        raise Broken("9.5.1", "raw needs min and max")
    scaled = score.get("scaled")
    if scaled is None:
        return
    if not 0 <= scaled <= 1:
        raise Broken("9.5.1", "scaled must lie between 0 and 1")
    if frame.mastery is None:
        return
    if (Decimal(str(scaled)) >= frame.mastery) != (verb == Said.PASSED):
        raise Broken(
            "9.3.4" if verb == Said.PASSED else "9.3.5",
            f"{verb} contradicts the mastery score {frame.mastery}",
        )
    told = (statement["context"].get("extensions") or {}).get(words.MASTERY)
    if isinstance(told, bool) or not isinstance(told, int | float) or Decimal(str(told)) != frame.mastery:
        raise Broken("9.6.3.2", "the mastery score must be told as it was in the launch data")


def _in_order(verb: Said | None, told: datetime, history: History, at: datetime) -> None:
    begun, ended = history.said.get(Said.INITIALIZED), history.said.get(Said.TERMINATED)
    if history.is_abandoned:
        raise Broken("9.3.6", "the session was abandoned: nothing more is taken for it")
    if verb == Said.INITIALIZED:
        return
    if begun is None or told < begun:
        raise Broken("9.3.2", "initialized must be the first statement")
    if ended is not None:
        if history.terminated_at is None or at - history.terminated_at > GRACE or told > ended:
            raise Broken("9.3.8", "terminated must be the last statement")
    elif verb == Said.TERMINATED and history.latest is not None and told < history.latest:
        raise Broken("9.3.8", "terminated must be the last statement")


def _once(verb: Said, history: History) -> None:
    if verb in history.said:
        raise Broken("9.3", f"{verb} was said in this session already")
    if verb in _JUDGED and not _JUDGED.isdisjoint(history.said):
        raise Broken("9.3", "a session has either passed or failed")
    if verb in (Said.COMPLETED, Said.PASSED) and verb in history.before:
        raise Broken("9.3", f"{verb} was said in this registration already")
    if verb == Said.FAILED and Said.PASSED in history.before:
        raise Broken("9.3", "failed must not follow passed")
