"""``{{ lessons|entry:code }}``: one entry of a mapping, None where there is none."""

from collections.abc import Mapping
from typing import Any

from django import template

register = template.Library()


@register.filter
def entry(mapping: Mapping[str, Any] | str | None, key: str) -> Any:
    return mapping.get(key) if isinstance(mapping, Mapping) else None
