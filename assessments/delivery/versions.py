"""Which version of each question a revision of a quiz page holds, and what of it learners get already."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from assessments.items.models import Item, ItemVersion
from assessments.quizzes.models import QuizEntry


@dataclass(frozen=True)
class VersionLine:
    """One question of the page for its author; None where there is no such version.

    ``asked``: what learners get now. ``newest``: the last edit. ``coming``: what they get once the page is published.
    """

    item: Item
    asked: ItemVersion | None
    newest: ItemVersion | None
    coming: ItemVersion | None

    @property
    def waits(self) -> bool:
        """Whether publishing changes what learners get."""
        return self.item.retired_at is None and self.coming != self.asked

    @property
    def pair(self) -> str:
        """The item and the version as the form of the page sends them back."""
        return f"{self.item.pk}:{self.coming.pk}" if self.coming else ""


def newest_versions(items: Iterable[int]) -> dict[int, int]:
    """Item id → id of its newest version; one query."""
    found = Item.objects.filter(pk__in=items, current__isnull=False).values_list("pk", "current_id")
    return {item: version for item, version in found if version is not None}


def genuine(pairs: Mapping[int, int]) -> dict[int, int]:
    """Those of the pairs item id → version id where the version is one of that item; one query."""
    found = dict(ItemVersion.objects.filter(pk__in=pairs.values()).values_list("pk", "item_id"))
    return {item: version for item, version in pairs.items() if found.get(version) == item}


def hold(page: Any, wanted: Mapping[int, int]) -> None:
    """Gives each question of the page (not saved) the version of ``wanted``, else the newest."""
    entries = list(page.quiz_items.all())
    chosen = {**newest_versions([entry.item_id for entry in entries]), **wanted}
    for entry in entries:
        entry.version_id = chosen.get(entry.item_id)
    page.quiz_items = entries


def hold_missing(page: Any) -> None:
    """The same for questions that hold none, or one of a question that stood there before."""
    entries = list(page.quiz_items.all())
    held = genuine({entry.item_id: entry.version_id for entry in entries if entry.version_id})
    if len(held) < len(entries):
        hold(page, held)


def version_lines(page: Any, *, keeps: bool) -> list[VersionLine]:
    """``keeps``: the page is an older revision whose versions come back with it. Three queries at most."""
    entries = sorted(page.quiz_items.all(), key=lambda entry: entry.sort_order or 0)
    items = Item.objects.select_related("current").in_bulk([entry.item_id for entry in entries])
    published = QuizEntry.objects.filter(quiz__activity=page.activity_id).select_related("version")
    asked = {entry.item_id: entry.version for entry in published}
    held = ItemVersion.objects.in_bulk([entry.version_id for entry in entries if keeps and entry.version_id])
    return [
        _line(items[entry.item_id], asked.get(entry.item_id), held.get(entry.version_id))
        for entry in entries
        if entry.item_id in items
    ]


def _line(item: Item, asked: ItemVersion | None, held: ItemVersion | None) -> VersionLine:
    return VersionLine(item, asked, item.current, held or item.current)
