"""What the stored logs of packages say about attempts, whatever kind of package it was.

Each kind registers how its log is read (``apps.ready()``); ``rebuild_attempts`` asks all of them and compares.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from courses.packages.enums import PackageKind


@dataclass(frozen=True)
class ReplayedAttempt:
    """One finished attempt as its log tells it; fields as those of ``PackageAttempt``.

    ``statement_uuid`` is its identity: the same end of the same launch has the same one in every replay.
    ``event`` is the id of the H5P event that closed it, None for other kinds.
    """

    number: int
    finished_at: datetime
    score_raw: Decimal | None
    score_max: Decimal | None
    success: bool | None
    duration_ms: int | None
    verification: str
    statement_uuid: UUID
    event: int | None = None


# From the ids of an enrollment and an activity to the attempts of this kind, in their order.
Replay = Callable[[int, int], list[ReplayedAttempt]]

_replays: dict[str, Replay] = {}


def register_replay(kind: PackageKind, function: Replay) -> None:
    """One function may serve several kinds. Registering again changes nothing."""
    _replays[kind] = function


def replays_of(kinds: set[str]) -> list[Replay] | None:
    """The functions for these kinds, each once; None where one of them cannot be replayed."""
    if not kinds <= set(_replays):
        return None
    return list(dict.fromkeys(_replays[kind] for kind in sorted(kinds)))
