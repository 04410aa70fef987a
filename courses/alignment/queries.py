"""Which courses serve which sentences of the strategy: a fixed number of queries, whatever there is of both."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils.translation import pgettext

from courses.catalog.enums import CourseStatus
from courses.strategy.enums import NodeKind, NodeStatus
from courses.strategy.models import Plan, StrategyNode
from courses.strategy.rules import lines_label, shorten


@dataclass(frozen=True)
class ServingCourse:
    """A course that serves a node. ``title`` is marked text; ``url`` is empty for one that is being prepared."""

    code: str
    title: str
    track: str
    url: str


@dataclass(frozen=True)
class NodeLink:
    code: str
    title: str
    plan: str

    @property
    def url(self) -> str:
        return reverse("courses:strategy_node", args=[self.code])


@dataclass(frozen=True)
class NodeView:
    """One sentence of the plan with all that the page tells about it; ``children`` in the order of the source."""

    code: str
    kind: NodeKind
    section: str
    title: str
    statement: str
    source: str
    note: str
    supplement: str
    lost: tuple[str, ...]
    is_retired: bool
    parent: str
    children: tuple["NodeView", ...] = ()
    courses: tuple[ServingCourse, ...] = ()
    maps_to: tuple[NodeLink, ...] = ()
    mapped_from: tuple[NodeLink, ...] = ()

    @property
    def url(self) -> str:
        return reverse("courses:strategy_node", args=[self.code])

    def of_kind(self, kind: NodeKind) -> tuple["NodeView", ...]:
        return tuple(child for child in self.children if child.kind == kind)

    @property
    def offered(self) -> tuple[ServingCourse, ...]:
        return tuple(course for course in self.courses if course.url)

    @property
    def in_preparation(self) -> tuple[ServingCourse, ...]:
        return tuple(course for course in self.courses if not course.url)

    @property
    def groups(self) -> tuple["NodeView", ...]:
        return self.of_kind(NodeKind.MEASURE_GROUP)

    @property
    def subgoals(self) -> tuple["NodeView", ...]:
        return self.of_kind(NodeKind.SUBGOAL)

    @property
    def measures(self) -> tuple["NodeView", ...]:
        return self.of_kind(NodeKind.MEASURE)


@dataclass(frozen=True)
class PlanView:
    """One version of a plan. ``sections``: the top nodes of each section of the source, by the section's name."""

    plan: Plan
    source: str
    nodes: Mapping[str, NodeView] = field(repr=False)

    @cached_property
    def sections(self) -> dict[str, list[NodeView]]:
        found: dict[str, list[NodeView]] = defaultdict(list)
        for node in self.nodes.values():
            parent = self.nodes.get(node.parent)
            if parent is None or parent.section != node.section:
                found[node.section].append(node)
        return dict(found)

    @cached_property
    def headings(self) -> dict[str, NodeView]:
        """The heading of the source below which a section stands."""
        parents = {name: self.nodes.get(nodes[0].parent) for name, nodes in self.sections.items()}
        return {
            name: node for name, node in parents.items() if node is not None and node.kind == NodeKind.HEADING
        }

    @property
    def details(self) -> dict[str, Any]:
        return dict(self.plan.details)


@dataclass(frozen=True)
class StrategyView:
    current: PlanView | None
    earlier: tuple[PlanView, ...]


def strategy_view() -> StrategyView:
    """The current plan and every other version, retired sentences left out."""
    plans = list(Plan.objects.order_by("-is_current", "-valid_from", "-pk"))
    rows = StrategyNode.objects.filter(status=NodeStatus.ACTIVE).order_by("plan_id", "order")
    views = _node_views(list(rows), plans)
    shown = [PlanView(plan, _source(views[plan.pk].values()), views[plan.pk]) for plan in plans]
    current = next((view for view in shown if view.plan.is_current), None)
    return StrategyView(current, tuple(view for view in shown if view is not current))


@dataclass(frozen=True)
class NodePage:
    """``crumbs``: (label, address) from the whole strategy down to what stands just above the node."""

    node: NodeView
    plan: Plan
    ancestors: tuple[NodeView, ...]

    @property
    def crumbs(self) -> list[tuple[str, str]]:
        above = [(_label(node), node.url) for node in self.ancestors if node.kind != NodeKind.HEADING]
        return [(self.plan.name, reverse("courses:strategy")), *above]


def _label(node: NodeView) -> str:
    """The philosophy is a paragraph: its beginning would tell nothing."""
    return pgettext("strategy", "Philosophy") if node.kind == NodeKind.PHILOSOPHY else shorten(node.title)


def node_page(code: str) -> NodePage | None:
    """A sentence by its code, in the current plan if it has it; retired ones are found, too."""
    found = StrategyNode.objects.filter(code=code).select_related("plan")
    row = found.order_by("-plan__is_current", "-plan__valid_from", "-plan_id").first()
    if row is None:
        return None
    views = _node_views(list(row.plan.nodes.order_by("order")), list(Plan.objects.all()))[row.plan_id]
    node = views[code]
    children = tuple(child for child in node.children if not child.is_retired)
    return NodePage(replace(node, children=children), row.plan, tuple(reversed(_ancestors(node, views))))


def _ancestors(node: NodeView, views: Mapping[str, NodeView]) -> list[NodeView]:
    found = []
    while node.parent in views:
        node = views[node.parent]
        found.append(node)
    return found


def _node_views(rows: list[StrategyNode], plans: Iterable[Plan]) -> dict[int, dict[str, NodeView]]:
    """Plan id → code → view. Built from the leaves up, so that each view already holds its children."""
    courses = _courses_by_node(rows)
    names = {plan.pk: f"{plan.name} {plan.version}" for plan in plans}
    maps_to, mapped_from = _crosswalk(rows, names)
    children: dict[int | None, list[StrategyNode]] = defaultdict(list)
    for row in rows:
        children[row.parent_id].append(row)
    codes = {row.pk: row.code for row in rows}
    built: dict[int, NodeView] = {}

    def build(row: StrategyNode) -> NodeView:
        if row.pk not in built:
            built[row.pk] = replace(
                _bare_view(row, codes.get(row.parent_id or 0, "")),
                children=tuple(build(child) for child in children[row.pk]),
                courses=tuple(courses.get(row.pk, ())),
                maps_to=tuple(maps_to.get(row.pk, ())),
                mapped_from=tuple(mapped_from.get(row.pk, ())),
            )
        return built[row.pk]

    views: dict[int, dict[str, NodeView]] = {pk: {} for pk in names}
    for row in rows:
        views[row.plan_id][row.code] = build(row)
    return views


def _bare_view(row: StrategyNode, parent: str) -> NodeView:
    return NodeView(
        code=row.code,
        kind=NodeKind(row.kind),
        section=row.section,
        title=row.title,
        statement=row.statement,
        source=lines_label(row.source, row.lines),
        note=row.note,
        supplement=row.supplement,
        lost=tuple(lines_label(row.source, range(first, last + 1)) for first, last in row.lost_lines),
        is_retired=row.status == NodeStatus.RETIRED,
        parent=parent,
    )


def _courses_by_node(rows: list[StrategyNode]) -> dict[int, list[ServingCourse]]:
    """Offered courses with their address, those that are being prepared without; retired ones are left out."""
    columns = (
        "pk",
        "courses__code",
        "courses__title",
        "courses__title_ruby",
        "courses__track",
        "courses__status",
        "courses__page_path",
    )
    pairs = StrategyNode.objects.filter(
        pk__in=[row.pk for row in rows], courses__status__in=[CourseStatus.OFFERED, CourseStatus.DRAFT]
    )
    found: dict[int, list[ServingCourse]] = defaultdict(list)
    for pk, code, title, ruby, track, status, path in pairs.order_by(
        "courses__order", "courses__code"
    ).values_list(*columns):
        is_offered = status == CourseStatus.OFFERED and path
        url = reverse("wagtail_serve", args=[path]) if is_offered else ""
        found[pk].append(ServingCourse(code, ruby or title, track, url))
    return found


def _crosswalk(
    rows: list[StrategyNode], names: Mapping[int, str]
) -> tuple[dict[int, list[NodeLink]], dict[int, list[NodeLink]]]:
    """Where a sentence went to in a later plan, and where it came from."""
    ids = [row.pk for row in rows]
    through = StrategyNode.maps_to.through._default_manager
    links = through.filter(from_strategynode__in=ids) | through.filter(to_strategynode__in=ids)
    maps_to: dict[int, list[NodeLink]] = defaultdict(list)
    mapped_from: dict[int, list[NodeLink]] = defaultdict(list)
    for link in links.select_related("from_strategynode", "to_strategynode").order_by(
        "from_strategynode__order", "to_strategynode__order"
    ):
        old, new = link.from_strategynode, link.to_strategynode
        maps_to[old.pk].append(NodeLink(new.code, new.title, names.get(new.plan_id, "")))
        mapped_from[new.pk].append(NodeLink(old.code, old.title, names.get(old.plan_id, "")))
    return maps_to, mapped_from


def _source(nodes: Iterable[NodeView]) -> str:
    """The letter by which source lines name the paper of a plan."""
    return next((node.source.partition(":")[0] for node in nodes if node.source), "")
