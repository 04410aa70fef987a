"""Loading a strategy from its data file."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from courses.strategy.enums import NodeStatus
from courses.strategy.models import Plan, StrategyNode
from courses.strategy.rules import NodeSpec, PlanSpec, read_plans
from office.audit.actions import record
from people.accounts.models import User

STRATEGY_FILE = Path(__file__).parent / "data" / "strategy.json"


@dataclass(frozen=True)
class LoadReport:
    """``unlinked``: codes that ``maps_to`` names and no plan has."""

    created: int
    updated: int
    retired: int
    unchanged: int
    unlinked: tuple[str, ...] = ()

    @property
    def changed(self) -> bool:
        return bool(self.created or self.updated or self.retired)


@transaction.atomic
def load_strategy(*, at: datetime, by: User | None = None, path: Path = STRATEGY_FILE) -> LoadReport:
    """The plans of the file and every coded sentence of them; running it again changes only what differs.

    A code that vanished from the file is retired and stays, so that courses and records keep what they named.
    What a person added (``supplement``, which plan is current) is not touched.
    """
    specs = read_plans(json.loads(path.read_text(encoding="utf-8")))
    reports = [_load_plan(spec, by, at) for spec in specs]
    unlinked = _link(specs)
    return LoadReport(
        created=sum(report.created for report in reports),
        updated=sum(report.updated for report in reports),
        retired=sum(report.retired for report in reports),
        unchanged=sum(report.unchanged for report in reports),
        unlinked=unlinked,
    )


def _load_plan(spec: PlanSpec, by: User | None, at: datetime) -> LoadReport:
    plan, plan_changed = _hold_plan(spec)
    known = {node.code: node for node in plan.nodes.all()}
    created = plan.nodes.bulk_create(
        StrategyNode(plan=plan, code=node.code, **_values(node, order))
        for order, node in enumerate(spec.nodes)
        if node.code not in known
    )
    updated = _update_nodes(spec, known | {node.code: node for node in created})
    wanted = {node.code for node in spec.nodes}
    gone = [
        node.pk for node in known.values() if node.code not in wanted and node.status == NodeStatus.ACTIVE
    ]
    StrategyNode.objects.filter(pk__in=gone).update(status=NodeStatus.RETIRED)
    report = LoadReport(len(created), updated + plan_changed, len(gone), len(wanted) - len(created) - updated)
    if report.changed:
        counts = {"created": report.created, "updated": report.updated, "retired": report.retired}
        record(action="courses.strategy_loaded", instance=plan, by=by, at=at, data=counts)
    return report


def _update_nodes(spec: PlanSpec, nodes: Mapping[str, StrategyNode]) -> int:
    """Number of nodes that say something else than before; one that only moved in the tree's order is saved and not counted."""
    changed, placed = [], []
    for order, node in enumerate(spec.nodes):
        row, parent = nodes[node.code], nodes.get(node.parent)
        differs = _take(row, {**_values(node, order), "order": row.order})
        if differs:
            changed.append(row)
        if _take(row, {"order": order, "parent_id": parent.pk if parent else None}):
            placed.append(row)
    StrategyNode.objects.bulk_update(changed, _FIELDS)
    StrategyNode.objects.bulk_update(placed, ["order", "parent"])
    return len(changed)


def _hold_plan(spec: PlanSpec) -> tuple[Plan, bool]:
    """The plan's row and whether it differs from before. A plan becomes current only where none is."""
    values = {
        "name": spec.name,
        "status": spec.status,
        "valid_from": spec.valid_from,
        "valid_to": spec.valid_to,
        "details": spec.details,
    }
    is_current = spec.is_current and not Plan.objects.filter(is_current=True).exists()
    plan, created = Plan.objects.get_or_create(
        code=spec.code, version=spec.version, defaults={**values, "is_current": is_current}
    )
    changed = not created and _take(plan, values)
    if changed:
        plan.save()
    return plan, changed


_FIELDS = [
    "kind",
    "section",
    "title",
    "statement",
    "title_en",
    "source",
    "lines",
    "note",
    "is_lost",
    "lost_lines",
    "order",
    "status",
]


def _values(node: NodeSpec, order: int) -> dict[str, Any]:
    return {
        "kind": node.kind.value,
        "section": node.section,
        "title": node.title,
        "statement": node.statement,
        "title_en": node.title_en,
        "source": node.source,
        "lines": list(node.lines),
        "note": node.note,
        "is_lost": bool(node.lost_lines),
        "lost_lines": [list(lines) for lines in node.lost_lines],
        "order": order,
        "status": NodeStatus.ACTIVE.value,
    }


def _take(row: Plan | StrategyNode, values: Mapping[str, Any]) -> bool:
    """Puts the values on the row; True if one of them is new."""
    changed = False
    for name, value in values.items():
        if getattr(row, name) != value:
            setattr(row, name, value)
            changed = True
    return changed


def _link(specs: Iterable[PlanSpec]) -> tuple[str, ...]:
    """Makes the crosswalk of the codes exactly what the file says."""
    plans = [(spec.code, spec.version) for spec in specs]
    rows = StrategyNode.objects.filter(plan__code__in=[code for code, _version in plans]).select_related(
        "plan"
    )
    ids = {node.code: node.pk for node in rows if (node.plan.code, node.plan.version) in plans}
    pairs = [(node.code, code) for spec in specs for node in spec.nodes for code in node.maps_to]
    wanted = {(ids[old], ids[new]) for old, new in pairs if new in ids}
    through = StrategyNode.maps_to.through
    links = {
        (link.from_strategynode_id, link.to_strategynode_id): link.pk
        for link in through._default_manager.filter(from_strategynode__in=ids.values())
    }
    through._default_manager.bulk_create(
        through(from_strategynode_id=old, to_strategynode_id=new)
        for old, new in sorted(wanted - links.keys())
    )
    through._default_manager.filter(pk__in=[pk for pair, pk in links.items() if pair not in wanted]).delete()
    return tuple(sorted({code for _old, code in pairs if code not in ids}))


@transaction.atomic
def make_current(*, plan: Plan, by: User | None, at: datetime) -> Plan:
    """The public page shows this version first from now on. Doing it again changes nothing."""
    if plan.is_current:
        return plan
    Plan.objects.filter(is_current=True).update(is_current=False)
    plan.is_current = True
    plan.save(update_fields=["is_current"])
    record(action="courses.plan_made_current", instance=plan, by=by, at=at, data={"version": plan.version})
    return plan
