"""Whose periods a request may see."""

from django.db.models import Q
from django.http import HttpRequest

from people.learners.queries import current_learner


def mine(request: HttpRequest, prefix: str = "") -> Q | None:
    """The filter that keeps the rows of whoever asks: a person with all claimed guests, or the guest of the session.

    ``prefix`` leads from the rows to the learner: ``"learner__"``, ``"enrollment__learner__"``.
    None when there is no learner at all: nothing can be theirs.
    """
    if request.user.is_authenticated:
        return Q(**{f"{prefix}user_id": request.user.pk})
    guest = current_learner(request)
    return Q(**{f"{prefix}pk": guest.pk}) if guest else None
