"""Opening, answering and submitting.

The rows themselves say who did what and when, so that a learner's own answers make no entry in the audit log.
"""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from django.db import IntegrityError, transaction

from assessments.attempts.enums import AttemptState
from assessments.attempts.models import Attempt, Response
from assessments.attempts.queries import history_of, published_versions
from assessments.items.models import ItemVersion
from assessments.marking.rules import Answer, AnswerError, is_answered, mark, normalise_answer, score
from assessments.quizzes.models import Quiz
from assessments.signals import attempt_graded
from people.accounts.models import User
from people.learners.models import Learner


class NoAttemptsLeft(Exception):
    """All attempts that the quiz allows are used."""


class NothingToAsk(Exception):
    """The quiz has no question in use."""


class AttemptClosed(Exception):
    """The attempt was submitted; nothing in it can change any more."""


@dataclass(frozen=True)
class Saved:
    """By ItemVersion id: the answers that are kept now, and what could not be taken."""

    answers: Mapping[int, Answer] = field(default_factory=dict)
    faults: Mapping[int, AnswerError] = field(default_factory=dict)


def open_attempt(*, quiz: Quiz, learner: Learner, registration: uuid.UUID, at: datetime) -> Attempt:
    """The open attempt, or a new one with questions and pass mark as they were last published.

    Raises ``NoAttemptsLeft`` and ``NothingToAsk``.
    """
    history = history_of(quiz, learner, registration)
    if history.open:
        return history.open
    if not history.may_begin:
        raise NoAttemptsLeft
    versions = published_versions(quiz)
    if not versions:
        raise NothingToAsk
    last = history.submitted[0].number if history.submitted else 0
    try:
        with transaction.atomic():
            return Attempt.objects.create(
                quiz=quiz,
                learner=learner,
                registration=registration,
                number=last + 1,
                item_versions=versions,
                pass_mark=quiz.pass_mark,
                scoring=quiz.scoring,
                opened_at=at,
            )
    except IntegrityError:
        # A second tab was faster: its attempt is this one.
        return Attempt.objects.get(
            quiz=quiz, learner=learner, registration=registration, state=AttemptState.OPEN
        )


def save_answers(*, attempt: Attempt, raws: Mapping[int, object], at: datetime) -> Saved:
    """Saves each answer that can be one, whatever is wrong with the others; ``raws`` by ItemVersion id.

    Raises ``AttemptClosed``. Saving the same again changes nothing; the last writer of a question wins.
    """
    with transaction.atomic():
        _hold_open(attempt)
        versions = ItemVersion.objects.in_bulk([id_ for id_ in raws if id_ in attempt.item_versions])
        answers, faults = _sorted_out(versions, raws)
        before = {
            response.item_version_id: response.answer
            for response in Response.objects.filter(attempt=attempt, item_version_id__in=answers)
        }
        changed = {
            id_: answer for id_, answer in answers.items() if id_ not in before or before[id_] != answer
        }
        Response.objects.bulk_create(
            (
                Response(attempt=attempt, item_version_id=id_, answer=a, saved_at=at)
                for id_, a in changed.items()
            ),
            update_conflicts=True,
            unique_fields=["attempt", "item_version"],
            update_fields=["answer", "saved_at", "score"],
        )
    return Saved(answers, faults)


def save_answer(*, attempt: Attempt, item_version_id: int, raw: object, at: datetime) -> Answer:
    """Saves one answer. Raises ``AttemptClosed``, ``AnswerError``, ``ItemVersion.DoesNotExist``."""
    saved = save_answers(attempt=attempt, raws={item_version_id: raw}, at=at)
    if item_version_id in saved.faults:
        raise saved.faults[item_version_id]
    if item_version_id not in saved.answers:
        raise ItemVersion.DoesNotExist
    return saved.answers[item_version_id]


def check_answer(*, attempt: Attempt, item_version_id: int) -> Response | None:
    """Marks one saved answer of a practice, so that the learner sees at once whether it was right.

    None where nothing complete is saved yet. Raises ``AttemptClosed``.
    """
    with transaction.atomic():
        _hold_open(attempt)
        response = (
            Response.objects.filter(attempt=attempt, item_version_id=item_version_id)
            .select_related("item_version")
            .first()
        )
        if response is None or not attempt.is_practice or not _is_complete(response):
            return None
        response.score = _mark_of(response)
        response.save(update_fields=["score"])
    return response


def submit_attempt(*, attempt: Attempt, at: datetime, by: User | None) -> Attempt:
    """Marks the attempt and announces it, once: a second click finds it submitted and changes nothing."""
    with transaction.atomic():
        held = Attempt.objects.select_for_update(no_key=True).get(pk=attempt.pk)
        if held.is_open and _close(held, at):
            attempt_graded.send(sender=Attempt, attempt=held, at=at, by=by)
    return held


def _close(attempt: Attempt, at: datetime) -> bool:
    """The update names the state it expects: where rows cannot be locked, only one of two submissions gets through."""
    responses = list(attempt.responses.select_related("item_version"))
    for response in responses:
        response.score = _mark_of(response)
    marks = {response.item_version_id: response.score or Decimal(0) for response in responses}
    result = score([marks.get(id_, Decimal(0)) for id_ in attempt.item_versions], attempt.pass_mark)
    attempt.state, attempt.submitted_at = AttemptState.SUBMITTED, at
    if not attempt.is_practice:
        attempt.score_raw, attempt.score_max = result.raw, result.max
        attempt.score_scaled, attempt.success = result.scaled, result.success
    fields = ("state", "submitted_at", "score_raw", "score_max", "score_scaled", "success")
    changed = Attempt.objects.filter(pk=attempt.pk, state=AttemptState.OPEN).update(
        **{name: getattr(attempt, name) for name in fields}
    )
    if changed:
        Response.objects.bulk_update(responses, ["score"])
    return bool(changed)


def _hold_open(attempt: Attempt) -> None:
    state = Attempt.objects.select_for_update(no_key=True).values_list("state", flat=True).get(pk=attempt.pk)
    if state != AttemptState.OPEN:
        raise AttemptClosed


def _sorted_out(
    versions: Mapping[int, ItemVersion], raws: Mapping[int, object]
) -> tuple[dict[int, Answer], dict[int, AnswerError]]:
    answers: dict[int, Answer] = {}
    faults: dict[int, AnswerError] = {}
    for id_, version in versions.items():
        try:
            answers[id_] = normalise_answer(version.kind, version.options, raws[id_])
        except AnswerError as error:
            faults[id_] = error
    return answers, faults


def _is_complete(response: Response) -> bool:
    version = response.item_version
    return is_answered(version.kind, version.options, response.answer)


def _mark_of(response: Response) -> Decimal:
    version = response.item_version
    return mark(version.kind, version.key, response.answer)
