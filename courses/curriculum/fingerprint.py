"""What a page says, as one hash: tells whether files and page say the same, and whether a person changed the page."""

import hashlib
import json
import re
from collections.abc import Mapping
from typing import Any

# The editor adds these keys to every paragraph that it opens; they say nothing.
_EDITOR_KEYS = re.compile(r' data-block-key="[^"]*"')


def fingerprint(content: Mapping[str, Any]) -> str:
    """SHA-256 of the values by name.

    Empty values and the ids of blocks do not count: a field or block option that a later version of the product adds
    changes no hash where nobody uses it.
    """
    canonical = json.dumps(_canonical(content), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def _canonical(value: Any) -> Any:
    if isinstance(value, Mapping):
        is_block = {"type", "value"} <= value.keys()
        found = {str(key): _canonical(item) for key, item in value.items() if not (is_block and key == "id")}
        return {key: item for key, item in found.items() if item}
    if isinstance(value, (list, tuple)):
        return [_canonical(item) for item in value]
    if isinstance(value, str):
        return _EDITOR_KEYS.sub("", value)
    return value
