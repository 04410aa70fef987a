"""What came of a package in all, for its authors: no names, and nothing of groups so small that names could be guessed."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import Any

from django.db.models import Count, Q, QuerySet

from courses.catalog.enums import Scoring
from courses.packages.h5p import Trust
from courses.packages.models import Package
from learning.launches.grading import counted
from learning.launches.models import Launch, PackageAttempt
from learning.launches.queries import answers_in, go_of, marked
from reporting.packages.rules import SMALLEST_GROUP, Band, Question, QuestionTally, bands

# Answers are long: so many of the newest attempts are read for the questions.
MOST_READ = 1_000
_CHUNK = 100


@dataclass(frozen=True)
class Totals:
    """``people`` opened it, ``finished`` went through it to its end. ``is_small``: too few finished to say more.

    ``bands``: results of courses that give points; ``questions``: of the version that is played now, by the newest attempt of
    each of ``read`` people. ``mismatches``: attempts whose points do not fit their answers.
    """

    people: int
    finished: int
    attempts: int
    mismatches: int
    bands: list[Band]
    questions: list[Question]
    read: int

    @property
    def is_small(self) -> bool:
        return self.finished < SMALLEST_GROUP


def totals(package: Package) -> Totals:
    """A fixed number of queries for the counts; results and answers are read in pieces."""
    attempts = _attempts(package)
    counts = attempts.aggregate(
        all=Count("pk"), wrong=Count("pk", filter=Q(verification=Trust.MISMATCH)), **_people("enrollment__")
    )
    opened = Launch.objects.filter(version__package=package).aggregate(**_people("enrollment__"))
    finished = counts["users"] + counts["guests"]
    if finished < SMALLEST_GROUP:
        return Totals(opened["users"] + opened["guests"], finished, 0, 0, [], [], 0)
    questions, read = _questions(package)
    return Totals(
        people=opened["users"] + opened["guests"],
        finished=finished,
        attempts=counts["all"],
        mismatches=counts["wrong"],
        bands=bands(list(_results(package, attempts))),
        questions=questions,
        read=read,
    )


def _people(prefix: str) -> dict[str, Count]:
    """People with all their claimed guests count once, and so does a guest nobody claimed."""
    return {
        "users": Count(f"{prefix}learner__user", distinct=True),
        "guests": Count(
            f"{prefix}learner", distinct=True, filter=Q(**{f"{prefix}learner__user__isnull": True})
        ),
    }


def _attempts(package: Package) -> QuerySet[PackageAttempt]:
    by_log = Q(event__launch__version__package=package)
    elsewhere = Q(event__isnull=True, activity__package_use__package=package)
    return PackageAttempt.objects.filter(by_log | elsewhere)


def _results(package: Package, attempts: QuerySet[PackageAttempt]) -> Iterator[Decimal]:
    """The result that counts of each period at each place, in courses that give points."""
    rows = marked(attempts.filter(enrollment__course__scoring=Scoring.SCORED))
    rows = rows.order_by("enrollment_id", "activity_id", "number")
    for _key, group in groupby(rows.iterator(), key=lambda row: (row.enrollment_id, row.activity_id)):
        result = counted([go_of(row) for row in group], package.grade_method).scaled
        if result is not None:
            yield result


def _questions(package: Package) -> tuple[list[Question], int]:
    newest: dict[Any, PackageAttempt] = {}
    rows = PackageAttempt.objects.filter(event__launch__version=package.current_id)
    rows = rows.exclude(verification=Trust.MISMATCH).select_related("enrollment__learner")
    for row in rows.order_by("-finished_at", "-pk")[:MOST_READ]:
        learner = row.enrollment.learner
        newest.setdefault((learner.user_id, None if learner.user_id else learner.pk), row)
    tally, kept = QuestionTally(), list(newest.values())
    for start in range(0, len(kept), _CHUNK):
        for answers in answers_in(kept[start : start + _CHUNK]).values():
            tally.add(answers)
    return tally.questions(), len(kept)
