"""What the platform itself says in cmi5 (9.3) and writes before a launch (10, 11), as JSON (pure)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4, uuid5

from courses.packages.cmi5 import Au
from learning.cmi5 import words
from learning.lrs.rules import told_moment
from learning.records.rules import duration


@dataclass(frozen=True)
class Ids:
    """Identifiers of ours for one activity that plays a cmi5 package (8.1 activityId, 9.3.9): never the publisher's."""

    home: str
    activity: UUID

    @property
    def course(self) -> str:
        return f"{self.home}/xapi/activities/{self.activity}"

    def au(self, publisher: str) -> str:
        return f"{self.course}/aus/{uuid5(self.activity, publisher)}"

    def block(self, publisher: str) -> str:
        return f"{self.course}/blocks/{uuid5(self.activity, publisher)}"


@dataclass(frozen=True)
class Speaker:
    """About whom, in which registration and session the platform speaks. ``title``: language → text."""

    actor: Mapping[str, Any]
    registration: UUID
    session: UUID


def template(publisher: str, session: UUID) -> dict[str, Any]:
    """contextTemplate (10.0)."""
    return {
        "contextActivities": {"grouping": [{"objectType": "Activity", "id": publisher}]},
        "extensions": {words.SESSION: str(session)},
    }


def launch_data(
    au: Au, *, session: UUID, mode: str, mastery: float | None, return_url: str
) -> dict[str, Any]:
    """The document LMS.LaunchData (10.0)."""
    told: dict[str, Any] = {
        "contextTemplate": template(au.id, session),
        "launchMode": mode,
        "moveOn": au.move_on,
        "returnURL": return_url,
    }
    if au.launch_parameters is not None:
        told["launchParameters"] = au.launch_parameters
    if mastery is not None:
        told["masteryScore"] = mastery
    if au.entitlement_key is not None:
        told["entitlementKey"] = {"courseStructure": au.entitlement_key}
    return told


def launched(
    by: Speaker, au: Au, ids: Ids, *, mode: str, mastery: float | None, url: str, at: datetime
) -> dict[str, Any]:
    """9.3.1, with what 9.6.3 asks for."""
    extensions: dict[str, Any] = {words.MODE: mode, words.LAUNCH_URL: url, words.MOVE_ON: au.move_on}
    if mastery is not None:
        extensions[words.MASTERY] = mastery
    if au.launch_parameters is not None:
        extensions[words.PARAMETERS] = au.launch_parameters
    thing = _activity(ids.au(au.id), au.activity_type, au.title)
    return _statement(by, words.LAUNCHED, "launched", thing, au.id, at, extensions=extensions)


def abandoned(by: Speaker, publisher: str, ids: Ids, *, milliseconds: int, at: datetime) -> dict[str, Any]:
    """9.3.6: how long it lasted until its last word."""
    thing = _activity(ids.au(publisher), "", {})
    result = {"duration": duration(milliseconds)}
    return _statement(by, words.ABANDONED, "abandoned", thing, publisher, at, result=result)


def waived(by: Speaker, au: Au, ids: Ids, *, reason: str, at: datetime) -> dict[str, Any]:
    """9.3.7."""
    result = {"success": True, "completion": True, "extensions": {words.REASON: reason}}
    thing = _activity(ids.au(au.id), au.activity_type, au.title)
    return _statement(
        by, words.WAIVED, "waived", thing, au.id, at, result=result, categories=(words.MOVE_ON_CATEGORY,)
    )


def satisfied(
    by: Speaker, publisher: str, title: Mapping[str, str], ids: Ids, *, is_course: bool, at: datetime
) -> dict[str, Any]:
    """9.3.9, about a block or the course."""
    own = ids.course if is_course else ids.block(publisher)
    thing = _activity(own, words.COURSE_TYPE if is_course else words.BLOCK_TYPE, title)
    return _statement(by, words.SATISFIED, "satisfied", thing, publisher, at)


def _statement(
    by: Speaker,
    verb: str,
    name: str,
    thing: dict[str, Any],
    publisher: str,
    at: datetime,
    *,
    result: dict[str, Any] | None = None,
    extensions: Mapping[str, Any] | None = None,
    categories: tuple[str, ...] = (),
) -> dict[str, Any]:
    context = template(publisher, by.session)
    context["registration"] = str(by.registration)
    context["contextActivities"]["category"] = [{"id": one} for one in (words.CATEGORY, *categories)]
    context["extensions"] |= extensions or {}
    body = {
        "id": str(uuid4()),
        "actor": dict(by.actor),
        "verb": {"id": verb, "display": {"en": name}},
        "object": thing,
        "context": context,
        "timestamp": told_moment(at),
    }
    return {**body, "result": result} if result else body


def _activity(own: str, kind: str, title: Mapping[str, str]) -> dict[str, Any]:
    definition: dict[str, Any] = {"type": kind} if kind else {}
    if title:
        definition["name"] = dict(title)
    return {"objectType": "Activity", "id": own, **({"definition": definition} if definition else {})}
