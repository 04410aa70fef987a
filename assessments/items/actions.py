"""Writing questions. A version is never changed: an edit makes the next number."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from assessments.items.enums import ItemProblem
from assessments.items.models import Item, ItemVersion
from assessments.items.rules import problems
from office.audit.actions import record
from people.accounts.models import User


class InvalidItem(ValueError):
    """The question cannot be asked as it is; ``problems`` says why."""

    def __init__(self, code: str, found: Sequence[ItemProblem]) -> None:
        super().__init__(f"{code}: {', '.join(found)}")
        self.problems = tuple(found)


@dataclass(frozen=True)
class Written:
    """``is_new``: whether a version was made; False when nothing differs from the one before."""

    item: Item
    version: ItemVersion
    is_new: bool


def write_item(
    *,
    code: str,
    kind: str,
    stem: str,
    options: Any,
    key: Any,
    explanation: str = "",
    competency_code: str = "",
    lesson_code: str = "",
    based_on: int | None = None,
    at: datetime,
    by: User | None,
) -> Written:
    """Makes the item, or its next version when something changed. Raises ``InvalidItem``.

    ``based_on`` is the number of the version that the writer saw; another one in the meantime is ``STALE``.
    Attempts that are open keep the version they began with.
    """
    found = problems(kind, stem, options, key)
    if found:
        raise InvalidItem(code, found)
    wording = {
        "kind": str(kind),
        "stem": stem.strip(),
        "options": options,
        "key": key,
        "explanation": explanation.strip(),
        "competency_code": competency_code,
        "lesson_code": lesson_code,
    }
    with transaction.atomic():
        Item.objects.get_or_create(code=code)
        item = Item.objects.select_for_update(no_key=True).get(code=code)
        before = item.current
        if based_on is not None and (before is None or before.number != based_on):
            raise InvalidItem(code, [ItemProblem.STALE])
        if before is not None and all(getattr(before, name) == value for name, value in wording.items()):
            return Written(item, before, is_new=False)
        number = before.number + 1 if before else 1
        version = ItemVersion.objects.create(item=item, number=number, created_at=at, **wording)
        item.current = version
        item.save(update_fields=["current"])
        record(action="assessments.item_written", instance=item, by=by, data={"number": number}, at=at)
    return Written(item, version, is_new=True)


def retire_item(*, item: Item, at: datetime, by: User | None) -> None:
    """New attempts leave the question out; what was asked before stays as it was."""
    with transaction.atomic():
        if Item.objects.filter(pk=item.pk, retired_at__isnull=True).update(retired_at=at):
            record(action="assessments.item_retired", instance=item, by=by, at=at)
    item.refresh_from_db(fields=["retired_at"])


def restore_item(*, item: Item, at: datetime, by: User | None) -> None:
    """Takes a retired question back into use."""
    with transaction.atomic():
        if Item.objects.filter(pk=item.pk, retired_at__isnull=False).update(retired_at=None):
            record(action="assessments.item_restored", instance=item, by=by, at=at)
    item.refresh_from_db(fields=["retired_at"])
