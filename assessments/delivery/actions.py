"""Taking in what a form of questions holds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.http import QueryDict

from assessments.attempts.actions import save_answers
from assessments.attempts.models import Attempt
from assessments.attempts.queries import Place
from assessments.delivery.filling import (
    Filled,
    answer_from_filled,
    filled_from_json,
    filled_from_post,
    seed_of,
)
from assessments.marking.enums import AnswerFault
from assessments.marking.rules import AnswerError


@dataclass(frozen=True)
class Taken:
    """By question number: how many answers are kept, what was sent, and what is wrong with it."""

    kept: int
    filled: Mapping[int, Filled]
    faults: Mapping[int, AnswerFault]


def take_form(*, attempt: Attempt, places: Sequence[Place], post: QueryDict, at: datetime) -> Taken:
    """Saves the questions of a form that somebody changed in it.

    A question that still is what it was when the form was made (its field ``q3-was``) is left alone: another tab may
    have answered it since. Raises ``AttemptClosed``.
    """
    sent = {place.number: filled for place in places if (filled := _changed(place, post)) is not None}
    return _take(attempt, places, sent, at)


def take_answer(*, attempt: Attempt, place: Place, data: object, at: datetime) -> Taken:
    """Saves one question as a script or a form sent it. Raises ``AttemptClosed``."""
    try:
        if isinstance(data, QueryDict):
            filled = filled_from_post(place.version, f"q{place.number}", data)
        else:
            filled = filled_from_json(data)
    except AnswerError as error:
        return Taken(0, {}, {place.number: error.fault})
    return _take(attempt, [place], {place.number: filled}, at)


def _changed(place: Place, post: QueryDict) -> Filled | None:
    name = f"q{place.number}"
    was = post.get(f"{name}-was")
    fields = {key: values for key, values in post.lists() if key != f"{name}-was"}
    own = QueryDict(mutable=True)
    for key, values in fields.items():
        if key == name or key.startswith(f"{name}-"):
            own.setlist(key, values)
    if was is None and not own:
        return None
    filled = filled_from_post(place.version, name, own)
    return None if filled.digest == was else filled


def _take(attempt: Attempt, places: Sequence[Place], sent: Mapping[int, Filled], at: datetime) -> Taken:
    raws: dict[int, object] = {}
    faults: dict[int, AnswerFault] = {}
    numbers = {place.version.pk: place.number for place in places}
    for place in places:
        if place.number not in sent:
            continue
        try:
            seed = seed_of(attempt.uuid, place.version)
            raws[place.version.pk] = answer_from_filled(place.version, sent[place.number], seed)
        except AnswerError as error:
            faults[place.number] = error.fault
    saved = save_answers(attempt=attempt, raws=raws, at=at)
    faults |= {numbers[id_]: error.fault for id_, error in saved.faults.items()}
    return Taken(len(saved.answers), sent, faults)
