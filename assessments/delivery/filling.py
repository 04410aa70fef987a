"""Answers as they stand in a form, and how they become answers that are kept.

A browser never sees the ids of ``ItemVersion``: they might tell the right order, and so would the order in which an
author wrote things down. It sees tokens that hold for one question of one attempt.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict

from assessments.items.enums import ItemKind
from assessments.items.models import ItemVersion
from assessments.marking.enums import AnswerFault
from assessments.marking.rules import Answer, AnswerError

_TOKEN_LENGTH = 10


@dataclass(frozen=True)
class Filled:
    """What one question of a form holds.

    ``chosen``: tokens (choices). ``rows``: token to place 1, 2, … (ordering) or left token to right token (matching);
    rows that are not filled in are left out. ``text``: short text.
    """

    chosen: frozenset[str] = frozenset()
    rows: Mapping[str, str] = field(default_factory=dict)
    text: str = ""

    @property
    def digest(self) -> str:
        """Says whether somebody changed the question since the page was made."""
        canonical = [sorted(self.chosen), sorted(self.rows.items()), self.text.strip()]
        return hashlib.sha256(json.dumps(canonical).encode()).hexdigest()[:16]


def token(seed: str, option_id: str) -> str:
    return hashlib.sha256(f"{seed}/{option_id}".encode()).hexdigest()[:_TOKEN_LENGTH]


def seed_of(attempt_uuid: object, version: ItemVersion) -> str:
    return f"{attempt_uuid}/{version.pk}"


def shuffled(options: list[dict[str, str]], seed: str) -> list[dict[str, str]]:
    """An order that tells nothing and stays the same for the attempt."""
    return sorted(options, key=lambda option: token(f"{seed}/order", option["id"]))


def filled_from_answer(version: ItemVersion, answer: Any, seed: str) -> Filled:
    """The form as it looks with a saved answer."""
    match version.kind:
        case ItemKind.SHORT_TEXT:
            return Filled(text=answer or "")
        case ItemKind.ORDERING:
            places = enumerate(answer or (), start=1)
            return Filled(rows={token(seed, id_): str(place) for place, id_ in places if id_})
        case ItemKind.MATCHING:
            pairs = (answer or {}).items()
            return Filled(rows={token(seed, left): token(seed, right) for left, right in pairs})
    return Filled(chosen=frozenset(token(seed, id_) for id_ in answer or ()))


def filled_from_post(version: ItemVersion, name: str, post: QueryDict) -> Filled:
    """The fields ``q3`` and ``q3-<token>`` of a sent form."""
    prefix = f"{name}-"
    match version.kind:
        case ItemKind.SHORT_TEXT:
            return Filled(text=post.get(name, ""))
        case ItemKind.ORDERING | ItemKind.MATCHING:
            rows = {key.removeprefix(prefix): post.get(key, "") for key in post if key.startswith(prefix)}
            return Filled(rows={key: value for key, value in rows.items() if value})
    return Filled(chosen=frozenset(value for value in post.getlist(name) if value))


def filled_from_json(data: object) -> Filled:
    """``{"chosen": [token], "rows": {token: value}, "text": ""}``; raises ``AnswerError`` for any other shape."""
    if not isinstance(data, dict):
        raise AnswerError(AnswerFault.WRONG_TYPE)
    chosen, rows, text = data.get("chosen", []), data.get("rows", {}), data.get("text", "")
    if not isinstance(chosen, list) or not isinstance(rows, dict) or not isinstance(text, str):
        raise AnswerError(AnswerFault.WRONG_TYPE)
    if not all(isinstance(value, str) for value in (*chosen, *rows.values())):
        raise AnswerError(AnswerFault.WRONG_TYPE)
    return Filled(frozenset(chosen) - {""}, {key: value for key, value in rows.items() if value}, text)


def answer_from_filled(version: ItemVersion, filled: Filled, seed: str) -> Answer:
    """What ``save_answers`` takes; raises ``AnswerError`` for tokens and places that the question does not have."""
    match version.kind:
        case ItemKind.SHORT_TEXT:
            return filled.text
        case ItemKind.ORDERING:
            return _order(filled.rows, _ids_by_token(version.options, seed))
        case ItemKind.MATCHING:
            lefts = _ids_by_token(version.options["left"], seed)
            rights = _ids_by_token(version.options["right"], seed)
            return {_known(lefts, left): _known(rights, right) for left, right in filled.rows.items()}
    ids = _ids_by_token(version.options, seed)
    return [_known(ids, chosen) for chosen in filled.chosen]


def _order(rows: Mapping[str, str], ids: Mapping[str, str]) -> list[str]:
    order = [""] * len(ids)
    for row, place in rows.items():
        if not place.isascii() or not place.isdigit() or not 1 <= int(place[:4]) <= len(ids):
            raise AnswerError(AnswerFault.UNKNOWN_CHOICE)
        if order[int(place[:4]) - 1]:
            raise AnswerError(AnswerFault.SAME_PLACE)
        order[int(place[:4]) - 1] = _known(ids, row)
    return order


def _known(ids: Mapping[str, str], token_: str) -> str:
    if token_ not in ids:
        raise AnswerError(AnswerFault.UNKNOWN_CHOICE)
    return ids[token_]


def _ids_by_token(options: list[dict[str, str]], seed: str) -> dict[str, str]:
    return {token(seed, option["id"]): option["id"] for option in options}
