"""Celery's way in."""

from typing import Any

from celery import shared_task
from django.utils import timezone

from learning.cmi5.actions import abandon_expired


@shared_task(name="learning.cmi5.abandon_expired")
def abandon_expired_sessions(**_later: Any) -> None:
    """Told again it finds nothing more to do."""
    abandon_expired(at=timezone.now())
