"""A graded attempt becomes a result like any other."""

from datetime import datetime
from decimal import Decimal
from uuid import uuid5

from assessments.attempts.models import Attempt
from learning.progress.actions import NotEnrolled, record_result
from learning.progress.rules import Recorded
from learning.records.enums import ResultSource, Verb
from learning.records.rules import Result
from people.accounts.models import User


def record_attempt(*, attempt: Attempt, by: User | None, at: datetime) -> Recorded | None:
    """Records a submitted attempt under the period it was made in; practice leaves no score.

    None for an attempt outside any period: an author who tries a draft.
    """
    try:
        return record_result(
            learner=attempt.learner,
            activity=attempt.quiz.activity,
            result=result_of(attempt),
            verb=verb_of(attempt),
            source=ResultSource.QUIZ,
            at=at,
            by=by,
            statement_uuid=uuid5(attempt.uuid, "graded"),
            registration=attempt.registration,
        )
    except NotEnrolled:
        return None


def verb_of(attempt: Attempt) -> Verb:
    if attempt.success is None:
        return Verb.COMPLETED
    return Verb.PASSED if attempt.success else Verb.FAILED


def result_of(attempt: Attempt) -> Result:
    """How long somebody took is left out: the browser may have been closed for days in between."""
    if attempt.score_max is None or attempt.score_max <= 0:
        return Result(completion=True, success=attempt.success)
    return Result(
        scaled=attempt.score_scaled,
        raw=attempt.score_raw,
        min=Decimal(0),
        max=attempt.score_max,
        success=attempt.success,
        completion=True,
    )
