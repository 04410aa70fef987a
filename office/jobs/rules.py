"""When two jobs are the same work, and when one that keeps failing is given up (pure)."""

import json
from hashlib import sha256
from typing import Any
from uuid import UUID

# Tries of one asking: a person who asks again gets as many anew.
TRIES_AT_ONCE = 5


def is_last_try(tries: int) -> bool:
    """``tries`` counts from 1 and only ever grows, also over several askings."""
    return tries > 0 and tries % TRIES_AT_ONCE == 0


def work_key(kind: str, owner: UUID | None, params: dict[str, Any]) -> str:
    """64 characters that are the same for the same work of the same person, in whatever order the parameters stand."""
    told = json.dumps([kind, str(owner) if owner else None, params], sort_keys=True, ensure_ascii=False)
    return sha256(told.encode()).hexdigest()
