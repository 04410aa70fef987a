"""Learners with and without a person behind them."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from office.audit.actions import record
from people.accounts.models import User
from people.learners.models import Learner
from people.learners.signals import learner_claimed


def learner_of(user: User, *, at: datetime) -> Learner:
    """The person's own learner, made at first need. Two requests at once end up with the same one."""
    learner, _created = Learner.objects.get_or_create(user=user, is_primary=True, defaults={"created_at": at})
    return learner


def guest_learner(*, at: datetime) -> Learner:
    """A learner without a person: a seat, a walk-in, a visitor who opened a lesson."""
    return Learner.objects.create(created_at=at)


@transaction.atomic
def claim_learner(*, learner: Learner, user: User, by: User | None, at: datetime) -> Learner:
    """Puts a person behind a guest: sets the link and rewrites nothing else.

    Whoever listens to ``learner_claimed`` draws the consequences in the same transaction. Claiming twice changes
    nothing. Raises ValidationError ``claimed`` when somebody else stands behind it.
    """
    taken = Learner.objects.filter(pk=learner.pk, user__isnull=True).update(user=user, claimed_at=at)
    learner.refresh_from_db(fields=["user", "claimed_at", "is_primary"])
    if learner.user_id != user.pk:
        raise ValidationError(
            _("This record already belongs to somebody else. Nothing was changed."), code="claimed"
        )
    if taken:
        record(action="people.learner_claimed", instance=learner, by=by, at=at, data={"user": str(user.uuid)})
        learner_claimed.send(sender=Learner, learner=learner, user=user, by=by, at=at)
    return learner
