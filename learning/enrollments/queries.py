"""Whose periods a request may see."""

from dataclasses import dataclass

from django.db.models import Q
from django.http import HttpRequest

from people.learners.models import Learner
from people.learners.queries import current_learner


@dataclass(frozen=True)
class Owner:
    """Whose learning it is: a person with all claimed guests (``user``), or a guest alone (``learner``); ids."""

    user: int | None = None
    learner: int | None = None

    def q(self, prefix: str = "") -> Q:
        """The filter that keeps what is theirs; ``prefix`` leads to the row that has a learner: ``"enrollment__"``."""
        if self.user is not None:
            return Q(**{f"{prefix}learner__user_id": self.user})
        return Q(**{f"{prefix}learner_id": self.learner})

    @property
    def ids(self) -> dict[str, int]:
        """The one id that there is, by its name."""
        values = {"user": self.user, "learner": self.learner}
        return {name: value for name, value in values.items() if value is not None}


def owner_of(request: HttpRequest) -> Owner | None:
    """The person who is signed in, or the guest of the browser session; None when there is neither."""
    if request.user.is_authenticated:
        return Owner(user=request.user.pk)
    guest = current_learner(request)
    return Owner(learner=guest.pk) if guest else None


def person_behind(learner: Learner) -> Owner:
    return Owner(learner=learner.pk) if learner.user_id is None else Owner(user=learner.user_id)
