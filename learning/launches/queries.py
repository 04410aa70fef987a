"""What was made of packages, read for those who may see it; each a fixed number of queries."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, F, Max, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from courses.catalog.enums import ActivityKind, Scoring
from courses.catalog.models import Activity
from courses.packages.h5p import Trust
from courses.packages.models import PackageVersion
from learning.launches.answers import Answer, answers_of
from learning.launches.grading import Go
from learning.launches.models import Launch, PackageAttempt, PackageEvent
from learning.records.models import Statement


@dataclass(frozen=True)
class AttemptLine:
    """One attempt to be shown. ``period`` counts the learner's periods with the course from 1."""

    go: Go
    period: int
    answers: list[Answer]


def attempt_lines(attempts: Sequence[PackageAttempt], *, with_answers: bool) -> list[AttemptLine]:
    """From rows of ``attempts_of``; two queries where the answers are wanted."""
    answers = answers_in(attempts) if with_answers else {}
    return [AttemptLine(go_of(row), row.enrollment.number, answers.get(row.pk, [])) for row in attempts]


def attempts_of(periods: Iterable[int], activity: Activity) -> QuerySet[PackageAttempt]:
    """Attempts in these periods (ids) at one package, the newest first."""
    rows = PackageAttempt.objects.filter(enrollment__in=list(periods), activity=activity)
    return marked(rows).select_related("enrollment").order_by("-finished_at", "-pk")


def package_activities(activities: QuerySet[Activity]) -> QuerySet[Activity]:
    """Those of them that play a package: pages of their own, and blocks of lessons, in the order of the course.

    With course and package read; ``current_number`` is the version that is played now.
    """
    rows = activities.filter(kind=ActivityKind.PACKAGE, package_use__isnull=False, course__isnull=False)
    rows = rows.select_related("course", "package_use__package", "parent")
    rows = rows.annotate(current_number=F("package_use__package__current__number"))
    return rows.order_by("course__code", Coalesce("parent__order", "order"), "order", "pk")


def has_scores(activity: Activity) -> bool:
    """Pupils and seniors practise without points: then nobody is shown any."""
    return activity.course is not None and activity.course.scoring == Scoring.SCORED


def goes(attempts: QuerySet[PackageAttempt]) -> dict[tuple[int, int], list[Go]]:
    """Finished attempts by the ids of period and activity, by number; one query."""
    found: dict[tuple[int, int], list[Go]] = defaultdict(list)
    for row in marked(attempts).order_by("number"):
        found[row.enrollment_id, row.activity_id].append(go_of(row))
    return found


def marked(attempts: QuerySet[PackageAttempt]) -> QuerySet[PackageAttempt]:
    """With ``version_number`` and whether the record was taken back (``is_voided``)."""
    voided = Statement.objects.filter(uuid=OuterRef("statement_uuid"), voided_by__isnull=False)
    before = Launch.objects.filter(
        enrollment=OuterRef("enrollment"),
        activity=OuterRef("activity"),
        opened_at__lte=OuterRef("finished_at"),
    ).order_by("-opened_at", "-pk")
    return attempts.annotate(
        is_voided=Exists(voided),
        version_number=Coalesce(
            "event__launch__version__number", Subquery(before.values("version__number")[:1])
        ),
    )


def go_of(row: Any) -> Go:
    """From a row of ``marked``."""
    return Go(
        number=row.number,
        finished_at=row.finished_at,
        raw=row.score_raw,
        most=row.score_max,
        success=row.success,
        duration_ms=row.duration_ms,
        trust=Trust(row.verification),
        version=row.version_number,
        is_voided=row.is_voided,
    )


def last_opened(launches: QuerySet[Launch]) -> dict[tuple[int, int], datetime]:
    """When a package was opened last, by the ids of period and activity; one query."""
    rows = launches.order_by().values("enrollment_id", "activity_id").annotate(last=Max("opened_at"))
    return {(row["enrollment_id"], row["activity_id"]): row["last"] for row in rows}


def answers_in(attempts: Sequence[PackageAttempt]) -> dict[int, list[Answer]]:
    """What was answered, by attempt id, for attempts of which the log has the answers; two queries."""
    ids = [row.event_id for row in attempts if row.event_id is not None]
    events = {event.pk: event for event in _events(ids)} if ids else {}
    versions = _versions({event.launch.version_id for event in events.values()})
    found = {}
    for row in attempts:
        event = events.get(row.event_id)  # type: ignore[arg-type]  # none of them is None
        if event is not None:
            version = versions[event.launch.version_id]
            name = version.main_library.split(" ", 1)[0]
            found[row.pk] = answers_of(event.statement, event.tree, name, version.params)
    return found


def _events(ids: Iterable[int]) -> QuerySet[PackageEvent]:
    return PackageEvent.objects.filter(pk__in=ids).select_related("launch")


def _versions(ids: set[int]) -> dict[int, PackageVersion]:
    if not ids:
        return {}
    rows = PackageVersion.objects.filter(pk__in=ids).only("main_library", "params")
    return {row.pk: row for row in rows}
