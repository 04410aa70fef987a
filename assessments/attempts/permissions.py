"""Whose attempts a request may see: closed unless the learner is the one who asks."""

from django.http import HttpRequest

from assessments.attempts.models import Attempt, AttemptQuerySet
from people.learners.queries import current_learner, learners_of


def visible_to(request: HttpRequest) -> AttemptQuerySet:
    """A person's own attempts and those of the guests that the person claimed; a visitor's of this browser session."""
    if request.user.is_authenticated:
        return Attempt.objects.of_learners(learners_of(request.user))
    guest = current_learner(request)
    return Attempt.objects.of_learners([guest]) if guest else Attempt.objects.none()
