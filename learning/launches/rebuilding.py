"""Attempts compared with what the stored logs of packages say, and made anew where they differ."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from courses.packages.models import Package
from learning.enrollments.models import Enrollment
from learning.launches.attempt_rows import rejudge, values_of, write_attempts
from learning.launches.models import Launch, PackageAttempt
from learning.launches.replaying import ReplayedAttempt, replays_of
from learning.records.models import Statement

CHUNK = 500


@dataclass(frozen=True)
class AttemptDifference:
    """One attempt that is not what the log says; None stands for a missing row.

    ``lost``: the record has no statement for it, so that its result counts nowhere; writing rows does not mend that.
    """

    enrollment: UUID
    course: str
    activity: str
    statement: UUID
    found: dict[str, Any] | None
    expected: dict[str, Any] | None
    lost: bool = False

    def __str__(self) -> str:
        where = f"{self.course} {self.enrollment} {self.activity}"
        if self.lost:
            return f"{where}: no statement {self.statement} for attempt {(self.expected or {}).get('number')}"
        return f"{where} {self.statement}: found {_told(self.found)}, expected {_told(self.expected)}"


def rebuild_attempts(*, check: bool, package: Package | None = None) -> Iterator[AttemptDifference]:
    """Replays the log of every period and activity and yields what differs; unless ``check``, rows are replaced.

    Nothing is recorded anew: statements stay as they are, and a wrong one is taken back by ``void_statement``.
    One period is locked at a time, so that people may go on learning meanwhile.
    """
    for ids in _chunks(_with_packages(package)):
        for enrollment in ids:
            with transaction.atomic():
                found = list(_of_one(enrollment, package, check=check))
            yield from found


def _with_packages(package: Package | None) -> QuerySet[Enrollment]:
    launches = Launch.objects.filter(enrollment=OuterRef("pk"))
    if package is not None:
        return Enrollment.objects.filter(Exists(launches.filter(version__package=package)))
    attempts = PackageAttempt.objects.filter(enrollment=OuterRef("pk"))
    return Enrollment.objects.filter(Q(Exists(launches)) | Q(Exists(attempts)))


def _chunks(rows: QuerySet[Enrollment]) -> Iterator[list[int]]:
    last = 0
    while ids := list(rows.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:CHUNK]):
        yield ids
        last = ids[-1]


def _of_one(pk: int, package: Package | None, *, check: bool) -> Iterator[AttemptDifference]:
    locked = Enrollment.objects.select_for_update(of=("self",), no_key=True).select_related("course")
    enrollment = locked.get(pk=pk)
    rows: dict[int, list[PackageAttempt]] = defaultdict(list)
    for row in PackageAttempt.objects.filter(enrollment=pk).order_by("number"):
        rows[row.activity_id].append(row)
    codes: dict[int, tuple[str, set[str]]] = {}
    launches = Launch.objects.filter(enrollment=pk).order_by("activity_id").distinct()
    for activity, code, kind, uuid in launches.values_list(
        "activity_id", "activity__code", "version__package__kind", "version__package__uuid"
    ):
        kinds = codes.setdefault(activity, (code or str(activity), set()))[1]
        kinds.add(kind)
        if package is not None and uuid == package.uuid:
            kinds.add("")
    for activity, (code, kinds) in codes.items():
        if package is None or "" in kinds:
            yield from _of_activity(enrollment, activity, code, kinds - {""}, rows[activity], check=check)


def _of_activity(
    enrollment: Enrollment,
    activity: int,
    code: str,
    kinds: set[str],
    found: Sequence[PackageAttempt],
    *,
    check: bool,
) -> Iterator[AttemptDifference]:
    replays = replays_of(kinds)
    if replays is None:
        return
    expected = [attempt for replay in replays for attempt in replay(enrollment.pk, activity)]
    lines = list(_compared(enrollment, code, found, expected))
    if lines and not check:
        write_attempts(enrollment.pk, activity, found, expected)
        rejudge(found, expected)
    yield from lines
    yield from _lost(enrollment, code, expected)


def _compared(
    enrollment: Enrollment, code: str, found: Sequence[PackageAttempt], expected: Sequence[ReplayedAttempt]
) -> Iterator[AttemptDifference]:
    rows = {row.statement_uuid: values_of(row) for row in found}
    wanted = {attempt.statement_uuid: values_of(attempt) for attempt in expected}
    for uuid in sorted({*rows, *wanted}, key=str):
        one, other = rows.get(uuid), wanted.get(uuid)
        if one is not None and other is not None:
            names = [name for name in one if one[name] != other[name]]
            one, other = {name: one[name] for name in names}, {name: other[name] for name in names}
        if one != other:
            yield AttemptDifference(enrollment.uuid, enrollment.course.code, code, uuid, one, other)


def _lost(
    enrollment: Enrollment, code: str, expected: Sequence[ReplayedAttempt]
) -> Iterator[AttemptDifference]:
    uuids = [attempt.statement_uuid for attempt in expected]
    kept = set(Statement.objects.filter(uuid__in=uuids).values_list("uuid", flat=True)) if uuids else set()
    for attempt in expected:
        if attempt.statement_uuid not in kept:
            yield AttemptDifference(
                enrollment.uuid, enrollment.course.code, code, attempt.statement_uuid, None, values_of(attempt), lost=True
            )  # fmt: skip


def _told(values: dict[str, Any] | None) -> str:
    return "nothing" if values is None else ", ".join(f"{name}={value}" for name, value in values.items())
