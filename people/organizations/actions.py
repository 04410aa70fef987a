"""Changes to the tree of bodies and units."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from office.audit.actions import record
from people.accounts.models import User
from people.organizations.enums import OrganizationKind
from people.organizations.models import Organization, OrganizationPlacement, units_below

MUNICIPALITIES_FILE = Path(__file__).parent / "data" / "municipalities.json"


@transaction.atomic
def create_unit(
    *,
    code: str,
    kind: OrganizationKind,
    name: str,
    parent: Organization | None,
    valid_from: date,
    by: User | None,
    at: datetime,
    name_kana: str = "",
    jis_code: str = "",
    living_area: str = "",
    region: str = "",
    joined_on: date | None = None,
    order: int = 0,
) -> Organization:
    """A new body or unit, placed under ``parent`` from its first day. Raises ValidationError for a used code."""
    if Organization.objects.filter(code=code).exists():
        raise ValidationError(
            _("The code %(code)s is already in use."), code="code_used", params={"code": code}
        )
    unit = Organization.objects.create(
        code=code,
        kind=kind,
        name=name,
        name_kana=name_kana,
        jis_code=jis_code,
        living_area=living_area,
        region=region,
        joined_on=joined_on,
        order=order,
        valid_from=valid_from,
    )
    record(action="people.unit_created", instance=unit, by=by, at=at, data={"code": code})
    if parent is not None:
        OrganizationPlacement.objects.create(organization=unit, parent=parent, valid_from=valid_from)
    return unit


@transaction.atomic
def place_unit(
    *, unit: Organization, parent: Organization, valid_from: date, by: User | None, at: datetime
) -> OrganizationPlacement:
    """From a day on the unit stands under ``parent``; the placement that was open ends that day.

    Placing a unit where it already stands changes nothing. Raises ValidationError: ``overlap`` when a
    placement is recorded for that day or a later one, ``cycle`` when the parent stands below the unit.
    """
    list(
        Organization.objects.select_for_update(no_key=True).filter(pk__in=[unit.pk, parent.pk]).order_by("pk")
    )
    current = _open_placement(unit, valid_from)
    if current and current.parent_id == parent.pk:
        return current
    if current and current.valid_from == valid_from:
        _refuse_overlap(unit, [current])
    _refuse_cycle(unit, parent, valid_from)
    if current:
        current.valid_to = valid_from
        current.save(update_fields=["valid_to"])
    placement = OrganizationPlacement.objects.create(organization=unit, parent=parent, valid_from=valid_from)
    moved = {"from": current.parent_id if current else None, "to": parent.pk, "on": valid_from.isoformat()}
    record(action="people.unit_placed", instance=unit, by=by, at=at, data=moved)
    return placement


def _open_placement(unit: Organization, valid_from: date) -> OrganizationPlacement | None:
    """The open placement that a move on that day would end; anything else recorded from then on is in the way."""
    still_true = Q(valid_to__isnull=True) | Q(valid_to__gt=valid_from)
    placements = list(
        OrganizationPlacement.objects.filter(still_true, organization=unit).order_by("valid_from")
    )
    if len(placements) == 1 and placements[0].valid_to is None and placements[0].valid_from <= valid_from:
        return placements[0]
    if placements:
        _refuse_overlap(unit, placements)
    return None


def _refuse_overlap(unit: Organization, placements: list[OrganizationPlacement]) -> None:
    raise ValidationError(
        _(
            "%(unit)s already has a place from %(day)s. Nothing was changed. Choose a later day, or correct that "
            "place first."
        ),
        code="overlap",
        params={"unit": unit.name, "day": placements[-1].valid_from.isoformat()},
    )


def _refuse_cycle(unit: Organization, parent: Organization, valid_from: date) -> None:
    """A move announced for a later day counts as well: the tree is checked on every day it changes."""
    later = OrganizationPlacement.objects.filter(valid_from__gt=valid_from).values_list(
        "valid_from", flat=True
    )
    for day in [valid_from, *sorted(set(later))]:
        if units_below(unit, on=day).filter(pk=parent.pk).exists():
            raise ValidationError(
                _("%(unit)s cannot be placed under %(parent)s, which stands below it. Nothing was changed."),
                code="cycle",
                params={"unit": unit.name, "parent": parent.name},
            )


@transaction.atomic
def end_unit(*, unit: Organization, valid_to: date, by: User | None, at: datetime) -> Organization:
    """The unit no longer exists from ``valid_to`` on; its place ends with it.

    Raises ValidationError ``has_units`` while other units stand below it on that day.
    """
    if unit.valid_to == valid_to:
        return unit
    below = units_below(unit, on=valid_to).exclude(pk=unit.pk).valid_on(valid_to)
    names = list(below.order_by("order", "pk").values_list("name", flat=True)[:5])
    if names:
        raise ValidationError(
            _("%(unit)s still has units below it: %(names)s. Move or end them first. Nothing was changed."),
            code="has_units",
            params={"unit": unit.name, "names": "、".join(names)},
        )
    if valid_to <= unit.valid_from:
        raise ValidationError(_("The last day must come after the first day."), code="dates")
    unit.valid_to = valid_to
    unit.save(update_fields=["valid_to"])
    OrganizationPlacement.objects.filter(organization=unit, valid_to__isnull=True).update(valid_to=valid_to)
    record(action="people.unit_ended", instance=unit, by=by, at=at, data={"on": valid_to.isoformat()})
    return unit


@transaction.atomic
def join_body(*, body: Organization, on: date, by: User | None, at: datetime) -> Organization:
    """The body takes part from that day; before it, reports say 未参加 and never 0 %."""
    if body.joined_on != on:
        body.joined_on = on
        body.save(update_fields=["joined_on"])
        record(action="people.body_joined", instance=body, by=by, at=at, data={"on": on.isoformat()})
    return body


@dataclass(frozen=True)
class LoadReport:
    created: int
    updated: int
    unchanged: int


@transaction.atomic
def load_municipalities(
    *, at: datetime, by: User | None = None, on: date | None = None, path: Path = MUNICIPALITIES_FILE
) -> LoadReport:
    """The prefecture and its municipalities from a shipped file; running it again changes only what differs.

    ``on``: the day from which the records know these bodies (the file says one).
    """
    data = json.loads(path.read_text(encoding="utf-8"))
    first_day = on or date.fromisoformat(data["valid_from"])
    wanted = [_prefecture(data["prefecture"]), *map(_municipality, data["municipalities"])]
    codes = [values["code"] for values in wanted]
    known = {unit.code: unit for unit in Organization.objects.filter(code__in=codes)}
    created = Organization.objects.bulk_create(
        Organization(**values, order=order, valid_from=first_day)
        for order, values in enumerate(wanted)
        if values["code"] not in known
    )
    changed = [
        known[values["code"]]
        for values in wanted
        if values["code"] in known and _take(known[values["code"]], values)
    ]
    Organization.objects.bulk_update(changed, _LOADED_FIELDS)
    units = {**known, **{unit.code: unit for unit in created}}
    prefecture = units[wanted[0]["code"]]
    _place_all(prefecture, [unit for unit in created if unit != prefecture], first_day)
    if created or changed:
        counts = {"created": len(created), "updated": len(changed)}
        record(action="people.municipalities_loaded", instance=prefecture, by=by, at=at, data=counts)
    return LoadReport(len(created), len(changed), len(wanted) - len(created) - len(changed))


_LOADED_FIELDS = ["name", "name_kana", "living_area", "region", "jis_code"]


def _prefecture(entry: dict[str, Any]) -> dict[str, Any]:
    code = entry["code6"]
    kind = OrganizationKind.PREFECTURE
    names = {"name": entry["name"], "name_kana": entry["kana"], "living_area": "", "region": ""}
    return {"code": code, "jis_code": code, "kind": kind, **names}


def _municipality(entry: dict[str, Any]) -> dict[str, Any]:
    values = _prefecture(entry)
    return {
        **values,
        "kind": OrganizationKind.MUNICIPALITY,
        "living_area": entry["area"],
        "region": entry["region"],
    }


def _take(unit: Organization, values: dict[str, Any]) -> bool:
    """Copies the loaded fields; True when one of them differed."""
    changed = [field for field in _LOADED_FIELDS if getattr(unit, field) != values[field]]
    for field in changed:
        setattr(unit, field, values[field])
    return bool(changed)


def _place_all(prefecture: Organization, units: Iterable[Organization], valid_from: date) -> None:
    OrganizationPlacement.objects.bulk_create(
        OrganizationPlacement(organization=unit, parent=prefecture, valid_from=valid_from) for unit in units
    )
