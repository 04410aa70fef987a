"""Rows of attempts as a log tells them: new ones are added, and what the log no longer holds goes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any
from uuid import UUID

from learning.launches.models import PackageAttempt
from learning.launches.replaying import ReplayedAttempt

# No attempt has such a number: rows that change places stand here for a moment.
_ASIDE = 20_000
# What a replay may judge otherwise than was judged at first.
JUDGED = ("number", "finished_at", "score_raw", "score_max", "success", "duration_ms", "verification")


def values_of(attempt: PackageAttempt | ReplayedAttempt) -> dict[str, Any]:
    """What is compared of an attempt."""
    return {name: getattr(attempt, name) for name in JUDGED}


def write_attempts(
    enrollment: int, activity: int, found: Iterable[PackageAttempt], expected: Sequence[ReplayedAttempt]
) -> dict[UUID, PackageAttempt]:
    """Makes ``found`` what is ``expected``, in number and order; returns the new rows by their statement.

    What was judged once stays as it was judged: ``rejudge`` is for that. The period must be locked.
    """
    rows = {row.statement_uuid: row for row in found}
    wanted = {attempt.statement_uuid: attempt for attempt in expected}
    gone = [row.pk for uuid, row in rows.items() if uuid not in wanted]
    if gone:
        PackageAttempt.objects.filter(pk__in=gone).delete()
    _renumber(
        {
            row.pk: wanted[uuid].number
            for uuid, row in rows.items()
            if uuid in wanted and row.number != wanted[uuid].number
        }
    )
    new = [attempt for uuid, attempt in wanted.items() if uuid not in rows]
    made = PackageAttempt.objects.bulk_create(_row(enrollment, activity, attempt) for attempt in new)
    return {row.statement_uuid: row for row in made}


def rejudge(found: Iterable[PackageAttempt], expected: Sequence[ReplayedAttempt]) -> None:
    """Writes what the log gives now over what was judged before; numbers are ``write_attempts``'s."""
    wanted = {attempt.statement_uuid: attempt for attempt in expected}
    for row in found:
        if row.statement_uuid in wanted:
            PackageAttempt.objects.filter(pk=row.pk).update(**values_of(wanted[row.statement_uuid]))


def _renumber(numbers: Mapping[int, int]) -> None:
    """By id. In two steps, because no two attempts may have one number for even a moment."""
    for pk in numbers:
        PackageAttempt.objects.filter(pk=pk).update(number=_ASIDE + numbers[pk])
    for pk, number in numbers.items():
        PackageAttempt.objects.filter(pk=pk).update(number=number)


def _row(enrollment: int, activity: int, attempt: ReplayedAttempt) -> PackageAttempt:
    values = asdict(attempt)
    values["event_id"] = values.pop("event")
    return PackageAttempt(enrollment_id=enrollment, activity_id=activity, **values)
