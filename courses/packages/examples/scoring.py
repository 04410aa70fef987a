"""What answers to our own content types are worth, told from their params and ``result.response`` alone.

The same rules stand in each library's ``marks(i)``. ``register()`` teaches them to the scoring of H5P contents, so that
results of these types can be marked again on the server.
"""

from collections.abc import Mapping
from typing import Any

from courses.packages.h5p.content_types import Completion, ContentType, register_content_type
from courses.packages.h5p.scoring import SEPARATOR, Params, Points, Scorer, register_scorer

_SPOT_VERDICTS = ("safe", "suspicious")
_TRUE_OR_FALSE = ("true", "false")


# What our three types have in common: their own end statement, points, and what an author should look at.
KIND = ContentType(
    end_verbs=frozenset({"answered"}),
    scored=True,
    completion=Completion.END,
    check={
        "en": "Check that every text makes sense when read aloud and has its readings.",
        "ja": "読み上げて意味が通じるか、ふりがなが付いているかを確かめてください。",
    },
)


def register() -> None:
    """To be called once when the application starts."""
    scorers = {
        "Fukumana.SpotScam": Scorer(_most_spots, _mark_spots),
        "Fukumana.StepOrder": Scorer(_most_steps, _mark_steps),
        "Fukumana.ReasonedTrueFalse": Scorer(_most_reasoned, _mark_reasoned),
    }
    for name, scorer in scorers.items():
        register_scorer(name, scorer)
        register_content_type(name, KIND)


def _items(params: Params, name: str, inner: str) -> list[Params]:
    """The items that the content type shows: those that have their inner list."""
    listed = params.get(name)
    found = [item for item in listed if isinstance(item, Mapping)] if isinstance(listed, list) else []
    return [item for item in found if _list(item, inner)]


def _list(item: Params, name: str) -> list[Params]:
    listed = item.get(name)
    return [part for part in listed if isinstance(part, Mapping)] if isinstance(listed, list) else []


def _chosen(response: str) -> list[str]:
    return response.split(SEPARATOR) if response else []


def _flagged(parts: list[Params], flag: str) -> set[int]:
    return {index for index, part in enumerate(parts) if part.get(flag) is True}


def _numbers(given: list[str], letter: str) -> set[int]:
    return {int(name[1:]) for name in given if name.startswith(letter)}


class _Sheet:
    """A response sorted by item. ``well_formed`` is False when it names something that cannot be chosen, or twice."""

    def __init__(self, response: str, letter: str, choices: list[list[str]]) -> None:
        given = _chosen(response)
        possible = [[f"{letter}{i}-{name}" for name in names] for i, names in enumerate(choices)]
        known = {name for names in possible for name in names}
        self.well_formed = len(set(given)) == len(given) and set(given) <= known
        self.by_item = [
            [name.split("-", 1)[1] for name in given if name in names] for names in map(set, possible)
        ]


# --- spot the scam message: one point for the decision, one for each spot; a wrong mark takes back a found one ----


def _most_spots(params: Params) -> float:
    messages = _items(params, "messages", "parts")
    return sum(1 + len(_flagged(_list(message, "parts"), "suspicious")) for message in messages)


def _mark_spots(params: Params, response: str) -> Points | None:
    messages = _items(params, "messages", "parts")
    parts = [_list(message, "parts") for message in messages]
    sheet = _Sheet(
        response, "m", [[*_SPOT_VERDICTS, *(f"p{j}" for j in range(len(listed)))] for listed in parts]
    )
    if not sheet.well_formed:
        return None
    raw = 0
    for message, listed, given in zip(messages, parts, sheet.by_item, strict=True):
        verdicts = [name for name in given if name in _SPOT_VERDICTS]
        if len(verdicts) > 1:
            return None
        marks, spots = _numbers(given, "p"), _flagged(listed, "suspicious")
        raw += int(verdicts == [message.get("verdict")]) + max(0, len(marks & spots) - len(marks - spots))
    return Points(raw, _most_spots(params))


# --- put the steps in order: one point for each step at its place -------------------------------------------------


def _most_steps(params: Params) -> float:
    return sum(len(_list(task, "steps")) for task in _items(params, "tasks", "steps"))


def _mark_steps(params: Params, response: str) -> Points | None:
    sizes = [len(_list(task, "steps")) for task in _items(params, "tasks", "steps")]
    sheet = _Sheet(response, "t", [[f"s{j}" for j in range(size)] for size in sizes])
    complete = [len(given) for given in sheet.by_item] == sizes
    if not (sheet.well_formed and complete):
        return None
    raw = sum(name == f"s{place}" for given in sheet.by_item for place, name in enumerate(given))
    return Points(raw, sum(sizes))


# --- true or false with reasons: one point for the decision, one more for the reason ------------------------------


def _most_reasoned(params: Params) -> float:
    return 2 * len(_items(params, "questions", "reasons"))


def _mark_reasoned(params: Params, response: str) -> Points | None:
    questions = _items(params, "questions", "reasons")
    reasons = [_list(question, "reasons") for question in questions]
    sheet = _Sheet(
        response, "q", [[*_TRUE_OR_FALSE, *(f"r{j}" for j in range(len(listed)))] for listed in reasons]
    )
    if not sheet.well_formed:
        return None
    raw = 0
    for question, listed, given in zip(questions, reasons, sheet.by_item, strict=True):
        points = _reasoned_points(question, listed, given)
        if points is None:
            return None
        raw += points
    return Points(raw, _most_reasoned(params))


def _reasoned_points(question: Params, reasons: list[Any], given: list[str]) -> int | None:
    verdicts = [name for name in given if name in _TRUE_OR_FALSE]
    chosen = [name for name in given if name not in _TRUE_OR_FALSE]
    if len(verdicts) > 1 or len(chosen) > 1:
        return None
    if verdicts != [question.get("answer")]:
        return 0
    right = min(_flagged(reasons, "correct"), default=None)
    knows_why = bool(chosen) if right is None else chosen == [f"r{right}"]
    return 1 + int(knows_why)
