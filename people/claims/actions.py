"""Handing the progress of a seat to the person who sat there."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from people.accounts.models import User
from people.claims.permissions import people_to_hand_to, seats_visible_to
from people.learners.actions import claim_learner
from people.learners.models import Learner


@transaction.atomic
def hand_over(*, seat: Learner, user: User, by: User, at: datetime) -> Learner:
    """Raises PermissionDenied outside the scope, ValidationError ``claimed`` when somebody else stands behind the seat.

    The same again, as a double click sends it, changes nothing.
    """
    today = timezone.localdate(at)
    if not people_to_hand_to(by, today).filter(pk=user.pk).exists():
        raise PermissionDenied
    if seat.user_id != user.pk and not seats_visible_to(by, today).filter(pk=seat.pk).exists():
        raise PermissionDenied
    return claim_learner(learner=seat, user=user, by=by, at=at)
