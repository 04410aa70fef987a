"""Who is learning in this request."""

from uuid import UUID

from django.http import HttpRequest

from people.accounts.models import User
from people.learners.models import Learner, LearnerQuerySet

# The browser session of a visitor who learns without an account keeps the UUID of its guest here.
GUEST_SESSION_KEY = "guest_learner"
_CACHE = "_current_learner"


def current_learner(request: HttpRequest) -> Learner | None:
    """The signed-in person's own learner, or the guest of this browser session; one query at most.

    None when there is none yet: an action makes one at the first need (``learner_of``, ``guest_learner``).
    A guest that was claimed belongs to a person and is no longer the visitor's.
    """
    if not hasattr(request, _CACHE):
        setattr(request, _CACHE, _find(request))
    learner: Learner | None = getattr(request, _CACHE)
    return learner


def remember_learner(request: HttpRequest, learner: Learner) -> None:
    """The rest of this request, and for a visitor the browser session, goes on with this learner."""
    setattr(request, _CACHE, learner)
    if learner.user_id is None:
        request.session[GUEST_SESSION_KEY] = str(learner.uuid)


def forget_guest(request: HttpRequest) -> None:
    """The browser session no longer goes on as that guest; its records stay."""
    request.session.pop(GUEST_SESSION_KEY, None)


def learners_of(user: User) -> LearnerQuerySet:
    """The person's own learner and the guests that the person claimed."""
    return Learner.objects.filter(user=user)


def _find(request: HttpRequest) -> Learner | None:
    if request.user.is_authenticated:
        return Learner.objects.filter(user=request.user, is_primary=True).first()
    return guest_of_session(request)


def guest_of_session(request: HttpRequest) -> Learner | None:
    """The unclaimed guest whose learning this browser session holds, also after somebody has signed in."""
    kept = request.session.get(GUEST_SESSION_KEY)
    try:
        guest = UUID(str(kept)) if kept else None
    except ValueError:
        return None
    return Learner.objects.filter(uuid=guest, user__isnull=True).first() if guest else None
