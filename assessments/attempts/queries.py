"""Shapes for reading about attempts."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from assessments.attempts.enums import AttemptState
from assessments.attempts.models import Attempt, Response
from assessments.items.models import ItemVersion
from assessments.marking.rules import is_answered
from assessments.quizzes.models import Quiz, QuizEntry
from people.learners.models import Learner


@dataclass(frozen=True)
class Place:
    """One question of an attempt: ``number`` counts from 1; ``response`` is None as long as nothing was saved."""

    number: int
    version: ItemVersion
    response: Response | None

    @property
    def is_answered(self) -> bool:
        return self.response is not None and is_answered(
            self.version.kind, self.version.options, self.response.answer
        )

    @property
    def is_told(self) -> bool:
        """Whether the learner has seen if the answer was right."""
        return self.response is not None and self.response.score is not None


@dataclass(frozen=True)
class History:
    """A learner's attempts at one quiz in one registration, newest first; ``left`` None = as often as one likes."""

    open: Attempt | None
    submitted: Sequence[Attempt]
    left: int | None

    @property
    def best(self) -> Attempt | None:
        """The best scored attempt; practice has none."""
        scored = [attempt for attempt in self.submitted if attempt.score_scaled is not None]
        return max(scored, key=lambda attempt: attempt.score_scaled or 0, default=None)

    @property
    def may_begin(self) -> bool:
        return self.open is not None or self.left is None or self.left > 0


def places_of(attempt: Attempt) -> list[Place]:
    """The questions of an attempt in their order with what is saved; two queries."""
    versions = ItemVersion.objects.in_bulk(attempt.item_versions)
    responses = {response.item_version_id: response for response in attempt.responses.all()}
    return [
        Place(number, versions[version_id], responses.get(version_id))
        for number, version_id in enumerate(attempt.item_versions, start=1)
        if version_id in versions
    ]


def history_of(quiz: Quiz, learner: Learner | None, registration: uuid.UUID | None) -> History:
    """What this learner did in this quiz; one query, none for somebody who has not begun anything."""
    if learner is None or registration is None:
        return History(None, (), quiz.max_attempts)
    attempts = list(
        Attempt.objects.filter(quiz=quiz, learner=learner, registration=registration).order_by("-number")
    )
    left = None if quiz.max_attempts is None else max(0, quiz.max_attempts - len(attempts))
    opened = next((attempt for attempt in attempts if attempt.state == AttemptState.OPEN), None)
    return History(opened, [a for a in attempts if a.state == AttemptState.SUBMITTED], left)


def published_versions(quiz: Quiz) -> list[int]:
    """The ids of the versions that a new attempt asks, in order: those that were published with the quiz's page.

    Questions out of use are left out at once, because taking one out is meant for a question that does harm.
    """
    entries = QuizEntry.objects.filter(quiz=quiz, item__retired_at__isnull=True)
    return list(entries.order_by("order").values_list("version_id", flat=True))
