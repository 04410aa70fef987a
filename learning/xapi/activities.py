"""Activities, their definitions and interactions (Part Two, 2.4.4.1)."""

from typing import Any

from learning.xapi.checks import Invalid, Shape, extensions, iri, language_map, list_of, one_of, string

# Which lists of components an interaction type may have.
_COMPONENTS = {
    "choice": ("choices",),
    "sequencing": ("choices",),
    "likert": ("scale",),
    "matching": ("source", "target"),
    "performance": ("steps",),
    "true-false": (),
    "fill-in": (),
    "long-fill-in": (),
    "numeric": (),
    "other": (),
}
_LISTS = ("choices", "scale", "source", "target", "steps")

_component = Shape("an interaction component", {"id": string, "description": language_map}, ("id",))
_components = list_of(_component)


def components(value: Any) -> None:
    """Interaction components, whose ids differ from each other."""
    _components(value)
    ids = [one["id"] for one in value]
    if len(set(ids)) != len(ids):
        raise Invalid("the ids of interaction components must differ")


_definition = Shape(
    "an activity definition",
    {
        "name": language_map,
        "description": language_map,
        "type": iri,
        "moreInfo": iri,
        "extensions": extensions,
        "interactionType": one_of(*_COMPONENTS),
        "correctResponsesPattern": list_of(string),
        **dict.fromkeys(_LISTS, components),
    },
)


def definition(value: Any) -> None:
    _definition(value)
    kind = value.get("interactionType")
    if kind is None:
        for name in ("correctResponsesPattern", *_LISTS):
            if name in value:
                raise Invalid(f"must have interactionType where it has {name!r}")
        return
    for name in _LISTS:
        if name in value and name not in _COMPONENTS[kind]:
            raise Invalid(f"does not belong to an interaction of type {kind!r}", name)


activity = Shape(
    "an activity",
    {"objectType": one_of("Activity"), "id": iri, "definition": definition},
    ("id",),
)


def merged(known: dict[str, Any], told: dict[str, Any]) -> dict[str, Any]:
    """The definition that was known, with what a later statement tells; other languages of a map are kept."""
    whole = {**known, **told}
    for name in ("name", "description", "extensions"):
        if name in known and name in told:
            whole[name] = {**known[name], **told[name]}
    return whole
