"""From the data file of a strategy to plans and nodes, and the words for source lines. Plain Python."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from courses.strategy.enums import NodeKind

Entry = Mapping[str, Any]
Lines = tuple[int, ...]

# Keys below an entry whose values are entries of their own.
_NESTED = {"subgoals": NodeKind.SUBGOAL, "measures": NodeKind.MEASURE}
_LOST = re.compile(r"([A-Z]):(\d+)(?:-(\d+))?")
_LOST_MARK = "失われて"
_NO_TARGETS = "数値目標が1つも無い"
_YEARS = re.compile(r"(\d{4})\D+(\d{4})")


@dataclass(frozen=True)
class NodeSpec:
    """One coded sentence. ``parent`` and ``maps_to`` are codes, of this plan and of any plan."""

    code: str
    kind: NodeKind
    section: str
    parent: str
    title: str
    statement: str = ""
    title_en: str = ""
    source: str = ""
    lines: Lines = ()
    note: str = ""
    maps_to: tuple[str, ...] = ()
    lost_lines: tuple[Lines, ...] = ()


@dataclass(frozen=True)
class PlanSpec:
    """One version of a plan. ``details`` holds what the public page tells about it, as in the source."""

    code: str
    version: str
    name: str
    status: str
    valid_from: date
    valid_to: date
    is_current: bool
    nodes: tuple[NodeSpec, ...]
    details: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class _Section:
    """Where entries stand in the file, what they are, and below which code they hang."""

    path: str
    kind: NodeKind
    parent: str = ""


_CURRENT = (
    _Section("plan.position", NodeKind.CONTEXT, "plan"),
    _Section("plan.midterm_review", NodeKind.SCHEDULE, "plan"),
    _Section("plan.predecessors", NodeKind.CONTEXT, "plan"),
    _Section("background.changes", NodeKind.CONTEXT, "plan"),
    _Section("background.challenges", NodeKind.CONTEXT, "plan"),
    _Section("background.need", NodeKind.CONTEXT, "plan"),
    _Section("headings", NodeKind.HEADING, "plan"),
    _Section("philosophy", NodeKind.PHILOSOPHY, "h-B2"),
    _Section("goals", NodeKind.GOAL, "phil"),
    _Section("promotion.bodies", NodeKind.BODY, "h-B2"),
    _Section("promotion.roles", NodeKind.ROLE, "h-B2"),
    _Section("promotion.modes", NodeKind.SUPPORT, "h-B2"),
    _Section("promotion.support", NodeKind.SUPPORT, "h-B2"),
    _Section("premises", NodeKind.PREMISE, "h-B3"),
    _Section("gov", NodeKind.MEASURE_GROUP, "goal-gov"),
    _Section("reg", NodeKind.MEASURE_GROUP, "goal-reg"),
)
_DRAFT = (
    _Section("headings", NodeKind.HEADING),
    _Section("draft2021.covid_changes", NodeKind.CONTEXT, "h-A1"),
    _Section("draft2021.issues", NodeKind.CONTEXT, "h-A1"),
    _Section("draft2021.responses", NodeKind.CONTEXT, "h-A1"),
    _Section("draft2021.why", NodeKind.CONTEXT),
    _Section("draft2021.direction", NodeKind.CONTEXT),
    _Section("draft2021.definition", NodeKind.CONTEXT),
    _Section("draft2021.examples", NodeKind.CONTEXT),
    _Section("draft2021.wheels", NodeKind.CONTEXT),
    _Section("draft2021.steps", NodeKind.STEP),
    _Section("draft2021.vision", NodeKind.CONTEXT),
    _Section("draft2021.gov", NodeKind.MEASURE_GROUP, "h-A4"),
    _Section("draft2021.reg", NodeKind.MEASURE_GROUP, "h-A4"),
    _Section("draft2021.premises", NodeKind.PREMISE, "h-A4"),
    _Section("draft2021.bodies", NodeKind.BODY, "h-A5"),
    _Section("draft2021.schedule", NodeKind.SCHEDULE, "h-A5"),
)


def read_plans(data: Entry) -> tuple[PlanSpec, ...]:
    """The plan that is in force or drafted now, and the draft that it grew out of."""
    lost = _lost_ranges(data["meta"]["ocr_note"])
    return (_current_plan(data, lost["B"]), _draft_plan(data, lost["A"]))


def _current_plan(data: Entry, lost: Sequence[Lines]) -> PlanSpec:
    plan = data["plan"]
    root = replace(_spec(plan, NodeKind.HEADING, "plan", ""), source="B")
    nodes = [root, *_nodes(data, _CURRENT, "B")]
    keys = ("position", "period", "midterm_review", "fiscal_years", "predecessors", "integration")
    return PlanSpec(
        code=plan["code"],
        version=plan["status"],
        name=plan["ja"],
        status=plan["status"],
        valid_from=date.fromisoformat(plan["period"]["start"]),
        valid_to=date.fromisoformat(plan["period"]["end"]),
        is_current=True,
        nodes=_with_lost(nodes, lost),
        details={
            **{key: plan[key] for key in keys},
            "meta": data["meta"],
            "has_no_targets": _NO_TARGETS in data["meta"]["status_note"],
        },
    )


def _draft_plan(data: Entry, lost: Sequence[Lines]) -> PlanSpec:
    """The draft of the first predecessor. Its years are those that the current paper gives for that plan."""
    before = data["plan"]["predecessors"][0]
    years = _YEARS.search(before["period"].partition("(")[2])
    first, last = (int(year) for year in years.groups()) if years else (0, 0)
    return PlanSpec(
        code=before["code"],
        version="素案",
        name=before["ja"],
        status="素案",
        valid_from=date(first, 4, 1),
        valid_to=date(last + 1, 3, 31),
        is_current=False,
        nodes=_with_lost(_nodes(data, _DRAFT, "A"), lost),
        details={"note": before["note"]},
    )


def _nodes(data: Entry, sections: Iterable[_Section], source: str) -> list[NodeSpec]:
    found: list[NodeSpec] = []
    for section in sections:
        name = section.path.rpartition(".")[2]
        for entry in _entries(data, section.path):
            if entry.get("seed", source) == source:
                found += _walk(entry, section.kind, name, section.parent)
    return [replace(node, source=source) for node in found]


def _entries(data: Entry, path: str) -> list[Entry]:
    value: Any = data
    for key in path.split("."):
        value = value[key]
    return value if isinstance(value, list) else [value]


def _walk(entry: Entry, kind: NodeKind, section: str, parent: str) -> Iterator[NodeSpec]:
    yield _spec(entry, kind, section, parent)
    for key, nested_kind in _NESTED.items():
        for nested in entry.get(key, ()):
            yield from _walk(nested, nested_kind, section, entry["code"])


def _spec(entry: Entry, kind: NodeKind, section: str, parent: str) -> NodeSpec:
    title, statement = entry["ja"], entry.get("statement_ja", "")
    if "title_ja" in entry:
        title, statement = entry["title_ja"], entry["ja"]
    elif "digital" in entry:
        statement = f"{'、'.join(entry['digital'])} → {'、'.join(entry['value'])}"
    return NodeSpec(
        code=entry["code"],
        kind=kind,
        section=section,
        parent=parent,
        title=title,
        statement=statement or _period_words(entry) or entry.get("task", "") or entry.get("mode", ""),
        title_en=entry.get("en", ""),
        lines=tuple(entry["lines"]),
        note=entry.get("note", ""),
        maps_to=tuple(entry.get("maps_to", ())),
    )


def _period_words(entry: Entry) -> str:
    period = entry.get("period", "")
    return str(period if isinstance(period, str) else period["ja"])


def _lost_ranges(notes: Iterable[str]) -> dict[str, list[Lines]]:
    """``A:78-80, B:111 は…失われている`` → {"A": [(78, 80)], "B": [(111, 111)]}."""
    ranges: dict[str, list[Lines]] = {"A": [], "B": []}
    for sentence in "。".join(notes).split("。"):
        if _LOST_MARK in sentence:
            for source, first, last in _LOST.findall(sentence):
                ranges[source].append((int(first), int(last or first)))
    return ranges


def _with_lost(nodes: Sequence[NodeSpec], lost: Iterable[Lines]) -> tuple[NodeSpec, ...]:
    """Hangs each lost figure on the sentence that stands last before it in the source."""
    holders: dict[str, list[Lines]] = {}
    for lines in lost:
        holders.setdefault(_holder(nodes, lines[0]), []).append(lines)
    return tuple(replace(node, lost_lines=tuple(holders.get(node.code, ()))) for node in nodes)


def _holder(nodes: Sequence[NodeSpec], line: int) -> str:
    """Where several sentences share the last line before the figure, it belongs to their common parent."""
    last = max((n for node in nodes for n in node.lines if n < line), default=0)
    holders = [node for node in nodes if last in node.lines]
    return holders[0].code if len(holders) == 1 else holders[0].parent


def lines_label(source: str, lines: Iterable[int]) -> str:
    """``B:73–75、80行`` for B and 80, 73, 74, 75; empty without lines."""
    runs: list[list[int]] = []
    for line in sorted(set(lines)):
        if runs and line == runs[-1][1] + 1:
            runs[-1][1] = line
        else:
            runs.append([line, line])
    words = [str(first) if first == last else f"{first}–{last}" for first, last in runs]
    return f"{source}:{'、'.join(words)}行" if words else ""


def shorten(title: str, length: int = 20) -> str:
    """A sentence as a label: whole where it fits, else its beginning."""
    return title if len(title) <= length else f"{title[: length - 1]}…"
