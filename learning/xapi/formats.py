"""The same statement told in another way: stored, compared, in short, in one language (Part Two 2.2, 2.5)."""

from collections.abc import Callable
from typing import Any

from learning.xapi.actors import IFIS
from learning.xapi.statements import CONTEXT_ACTIVITIES

Definitions = Callable[[str], dict[str, Any] | None]
# What may differ between two tellings of one statement: the server may have set or altered it (2.2).
_NOT_COMPARED = ("id", "authority", "stored", "timestamp", "version", "attachments")


def normalised(statement: dict[str, Any]) -> dict[str, Any]:
    """As the server gives it back: context activities are always arrays (2.4.6.2). Changes its argument."""
    for part in (statement, statement["object"]):
        activities = part.get("context", {}).get("contextActivities") if isinstance(part, dict) else None
        if activities:
            for name, value in activities.items():
                if isinstance(value, dict):
                    activities[name] = [value]
    return statement


def comparable(statement: dict[str, Any]) -> dict[str, Any]:
    """What must be equal for two statements of one id to be the same (2.2, immutability)."""
    kept = {name: _plain(value) for name, value in statement.items() if name not in _NOT_COMPARED}
    kept["verb"] = statement["verb"]["id"]
    return kept


def _plain(value: Any, name: str = "") -> Any:
    if isinstance(value, list):
        items = [_plain(item) for item in value]
        return sorted(items, key=repr) if name == "member" else items
    if not isinstance(value, dict):
        return value
    if name == "extensions":
        return value
    if name == "verb":
        return value["id"]
    return {
        key: _plain(item, key)
        for key, item in value.items()
        if key != "definition" and not (key == "objectType" and item in ("Activity", "Agent"))
    }


def in_short(statement: dict[str, Any]) -> dict[str, Any]:
    """``format=ids``: of actors, verbs and activities only what tells which one is meant."""
    told = dict(statement)
    if "authority" in told:
        told["authority"] = _short_actor(told["authority"])
    return _short_part(told)


def _short_part(part: dict[str, Any]) -> dict[str, Any]:
    told = {**part, "actor": _short_actor(part["actor"]), "verb": {"id": part["verb"]["id"]}}
    thing = part["object"]
    kind = thing.get("objectType", "Activity")
    if kind == "Activity":
        told["object"] = _short_activity(thing)
    elif kind in ("Agent", "Group"):
        told["object"] = _short_actor(thing)
    elif kind == "SubStatement":
        told["object"] = _short_part(thing)
    if "context" in part:
        told["context"] = _short_context(part["context"])
    return told


def _short_context(context: dict[str, Any]) -> dict[str, Any]:
    told = dict(context)
    for name in ("instructor", "team"):
        if name in told:
            told[name] = _short_actor(told[name])
    for name, inner in (("contextAgents", "agent"), ("contextGroups", "group")):
        if name in told:
            told[name] = [{**one, inner: _short_actor(one[inner])} for one in told[name]]
    if "contextActivities" in told:
        told["contextActivities"] = {
            name: [_short_activity(one) for one in (value if isinstance(value, list) else [value])]
            for name, value in told["contextActivities"].items()
        }
    return told


def _short_actor(actor: dict[str, Any]) -> dict[str, Any]:
    told = {name: value for name, value in actor.items() if name in ("objectType", *IFIS)}
    if "member" in actor and not any(name in actor for name in IFIS):
        told["member"] = [_short_actor(member) for member in actor["member"]]
    return told


def _short_activity(activity: dict[str, Any]) -> dict[str, Any]:
    return {name: activity[name] for name in ("objectType", "id") if name in activity}


def canonical(statement: dict[str, Any], definitions: Definitions, languages: list[str]) -> dict[str, Any]:
    """``format=canonical``: the server's own definitions, and of each language map the best language only."""
    told = dict(statement)
    told["verb"] = _in_one_language(statement["verb"], ("display",), languages)
    thing = statement["object"]
    if thing.get("objectType", "Activity") == "Activity":
        told["object"] = canonical_activity(thing, definitions, languages)
    elif thing.get("objectType") == "SubStatement":
        told["object"] = canonical(thing, definitions, languages)
    if "attachments" in statement:
        told["attachments"] = [
            _in_one_language(one, ("display", "description"), languages) for one in statement["attachments"]
        ]
    activities = statement.get("context", {}).get("contextActivities")
    if activities:
        chosen = {
            name: [canonical_activity(one, definitions, languages) for one in _listed(activities[name])]
            for name in CONTEXT_ACTIVITIES
            if name in activities
        }
        told["context"] = {**statement["context"], "contextActivities": chosen}
    return told


def canonical_activity(
    activity: dict[str, Any], definitions: Definitions, languages: list[str]
) -> dict[str, Any]:
    definition = definitions(activity["id"]) or activity.get("definition")
    if not definition:
        return activity
    told = _in_one_language(definition, ("name", "description"), languages)
    for name in ("choices", "scale", "source", "target", "steps"):
        if name in told:
            told[name] = [_in_one_language(one, ("description",), languages) for one in told[name]]
    return {**activity, "definition": told}


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _in_one_language(holder: dict[str, Any], names: tuple[str, ...], languages: list[str]) -> dict[str, Any]:
    return {
        key: best_of(value, languages) if key in names and isinstance(value, dict) else value
        for key, value in holder.items()
    }


def best_of(texts: dict[str, str], languages: list[str]) -> dict[str, str]:
    """The one entry that suits the reader best: the exact tag, then the same language, then ``und``, then any."""
    if len(texts) < 2:
        return texts
    lowered = {tag.lower(): tag for tag in texts}
    for wanted in languages:
        if wanted.lower() in lowered:
            tag = lowered[wanted.lower()]
            return {tag: texts[tag]}
    for wanted in languages:
        base = wanted.lower().split("-")[0]
        for low, tag in lowered.items():
            if low.split("-")[0] == base:
                return {tag: texts[tag]}
    tag = lowered.get("und") or next(iter(texts))
    return {tag: texts[tag]}


def accepted_languages(header: str) -> list[str]:
    """Language tags of an Accept-Language header, most wanted first; what cannot be read is left out."""
    found: list[tuple[float, int, str]] = []
    for place, part in enumerate(header[:1000].split(",")):
        tag, _semicolon, weight = part.strip().partition(";")
        try:
            quality = float(weight.strip().removeprefix("q=")) if weight.strip() else 1.0
        except ValueError:
            continue
        if tag and tag != "*" and quality > 0:
            found.append((-quality, place, tag.strip()))
    return [tag for _quality, _place, tag in sorted(found)]
