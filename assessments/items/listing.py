"""How the Wagtail admin names a question in lists."""

from assessments.items.forms import KIND_NAMES
from assessments.items.models import Item
from courses.readability import ruby

_SHOWN = 60
_KINDS = {kind.value: name for kind, name in KIND_NAMES.items()}


def stem_of(item: Item) -> str:
    stem = ruby.strip(item.current.stem) if item.current else ""
    return stem if len(stem) <= _SHOWN else f"{stem[:_SHOWN]}…"


def kind_of(item: Item) -> str:
    return str(_KINDS.get(item.current.kind, "")) if item.current else ""


def title_of(item: Item) -> str:
    return f"{item.code}　{stem_of(item)}"
