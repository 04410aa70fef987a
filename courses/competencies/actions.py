"""Loading competency frameworks from their data file."""

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from courses.competencies.models import Competency, Framework
from office.audit.actions import record
from people.accounts.models import User

FRAMEWORKS_FILE = Path(__file__).parent / "data" / "frameworks.json"

_FRAMEWORK_DETAILS = (
    "applies_to",
    "levels",
    "crosswalk",
    "skill_categories",
    "learning_contents",
    "version_note",
    "successor",
)
_ITEM_COLUMNS = ("code", "ja", "en", "parent")


@dataclass(frozen=True)
class LoadReport:
    created: int
    updated: int
    unchanged: int

    @property
    def changed(self) -> bool:
        return bool(self.created or self.updated)


@transaction.atomic
def load_frameworks(*, at: datetime, by: User | None = None, path: Path = FRAMEWORKS_FILE) -> LoadReport:
    """The frameworks of the file with their items; running it again changes only what differs.

    A new version of a framework is a new row, and an item that the file no longer has stays:
    courses and certificates name them.
    """
    entries = json.loads(path.read_text(encoding="utf-8"))["frameworks"]
    reports = [_load_framework(entry, by, at) for entry in entries]
    return LoadReport(
        created=sum(report.created for report in reports),
        updated=sum(report.updated for report in reports),
        unchanged=sum(report.unchanged for report in reports),
    )


def _load_framework(entry: dict[str, Any], by: User | None, at: datetime) -> LoadReport:
    values = {
        "name": entry["name_ja"],
        "name_en": entry["name_en"],
        "owner": entry["owner"],
        "status": entry["status"],
        "sources": entry["sources"],
        "details": {key: entry[key] for key in _FRAMEWORK_DETAILS if entry.get(key)},
    }
    framework, created = Framework.objects.get_or_create(
        code=entry["id"], version=entry["version"], defaults=values
    )
    updated = not created and _take(framework, values)
    if updated:
        framework.save()
    items = _load_items(framework, entry["items"])
    if created or updated or items.changed:
        counts = {"created": items.created, "updated": items.updated}
        record(action="courses.framework_loaded", instance=framework, by=by, at=at, data=counts)
    return LoadReport(items.created, items.updated + updated, items.unchanged)


def _load_items(framework: Framework, entries: list[dict[str, Any]]) -> LoadReport:
    known = {item.code: item for item in framework.items.all()}
    wanted = {entry["code"]: _values(entry, order) for order, entry in enumerate(entries)}
    created = framework.items.bulk_create(
        Competency(framework=framework, code=code, **values)
        for code, values in wanted.items()
        if code not in known
    )
    changed = [known[code] for code, values in wanted.items() if code in known and _take(known[code], values)]
    Competency.objects.bulk_update(changed, ["name", "name_en", "parent_code", "order", "details"])
    return LoadReport(len(created), len(changed), len(wanted) - len(created) - len(changed))


def _values(entry: dict[str, Any], order: int) -> dict[str, Any]:
    return {
        "name": entry["ja"],
        "name_en": entry["en"] or "",
        "parent_code": entry["parent"] or "",
        "order": order,
        "details": {key: value for key, value in entry.items() if key not in _ITEM_COLUMNS},
    }


def _take(row: Framework | Competency, values: dict[str, Any]) -> bool:
    """Puts the values on the row; True if one of them is new."""
    changed = False
    for name, value in values.items():
        if getattr(row, name) != value:
            setattr(row, name, value)
            changed = True
    return changed
