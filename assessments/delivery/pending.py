"""Answers sent after the sign-in had run out, kept in the browser session until the same person is back."""

import uuid

from django.http import HttpRequest, QueryDict

from assessments.marking.rules import TEXT_LIMIT

_KEY = "quiz_pending"
_MOST_FIELDS = 400


def keep(request: HttpRequest, attempt: uuid.UUID) -> bool:
    """Keeps the answers of a sent form; says whether there were any. What is too long is not kept."""
    fields = {
        name: [value for value in values if len(value) <= TEXT_LIMIT]
        for name, values in request.POST.lists()
        if name.startswith("q") and len(name) < 40
    }
    if not fields or len(fields) > _MOST_FIELDS:
        return False
    request.session[_KEY] = {"attempt": str(attempt), "fields": fields}
    return True


def take(request: HttpRequest, attempt: uuid.UUID) -> QueryDict | None:
    """The kept form of this attempt, once. Anybody else's is thrown away."""
    kept = request.session.pop(_KEY, None)
    if not isinstance(kept, dict) or kept.get("attempt") != str(attempt):
        return None
    post = QueryDict(mutable=True)
    for name, values in kept["fields"].items():
        post.setlist(name, values)
    return post
