"""What is known of content types from running them: how they end, and what an author should check for accessibility."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data" / "content_types.json"


class Completion(StrEnum):
    """When a content counts as done."""

    END = "end"  # by a statement of its own
    VIEWED = "viewed"  # it sends nothing that ends: seeing it for a while must do


@dataclass(frozen=True, slots=True)
class ContentType:
    """``end_verbs``: last parts of the verbs by which a root statement ends an attempt, empty where there is none.

    ``scored``: whether it gives points of its own. ``check``: what to look at, by language.
    """

    end_verbs: frozenset[str]
    scored: bool
    completion: Completion
    check: Mapping[str, str]

    def accessibility_note(self, language: str) -> str:
        """What an author should check, in a language or else in English."""
        return self.check.get(language.split("-")[0], self.check["en"])


def _type(data: Mapping[str, Any]) -> ContentType:
    return ContentType(
        frozenset(data["end_verbs"]), data["scored"], Completion(data["completion"]), data["check"]
    )


@cache
def _known() -> tuple[dict[str, ContentType], ContentType]:
    data = json.loads(DATA.read_text(encoding="utf-8"))
    return {name: _type(entry) for name, entry in data["types"].items()}, _type(data["unknown"])


def content_type(machine_name: str) -> ContentType:
    """What is known of a type; for others, that any of answered, completed, passed or failed ends an attempt."""
    types, unknown = _known()
    return types.get(machine_name, unknown)


def is_known(machine_name: str) -> bool:
    return machine_name in _known()[0]


def register_content_type(machine_name: str, kind: ContentType) -> None:
    """Tell of one more content type (of your own, say)."""
    _known()[0][machine_name] = kind


def completion_of(machine_name: str, params: Mapping[str, Any], used: frozenset[str]) -> Completion:
    """The rule for one content, whose params may take its end away. ``used``: machine names of all its parts."""
    rule = content_type(machine_name).completion
    if machine_name == "H5P.InteractiveVideo" and not _has_submit_screen(params):
        return Completion.VIEWED
    if machine_name == "H5P.CoursePresentation" and not _has_summary_slide(params, used):
        return Completion.VIEWED
    return rule


def _has_submit_screen(params: Mapping[str, Any]) -> bool:
    """Interactive Video is completed by "Submit answers", which stands on an end screen."""
    video = params.get("interactiveVideo")
    assets = video.get("assets") if isinstance(video, Mapping) else None
    return isinstance(assets, Mapping) and bool(assets.get("endscreens"))


def _has_summary_slide(params: Mapping[str, Any], used: frozenset[str]) -> bool:
    """Course Presentation is completed on its summary slide, which it has for tasks unless it is switched off."""
    override = params.get("override")
    hidden = isinstance(override, Mapping) and override.get("hideSummarySlide") is True
    return not hidden and any(is_known(name) and content_type(name).scored for name in used)
