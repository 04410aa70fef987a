"""Celery's way in."""

import logging
from typing import Any

from celery import shared_task
from django.utils import timezone

from learning.forwarding.actions import forward, targets

logger = logging.getLogger(__name__)


@shared_task(name="learning.forwarding.forward_statements")
def forward_statements(**_later: Any) -> None:
    """Every store in turn; a fault with one does not stop the others."""
    for target in targets():
        try:
            forward(target=target, at=timezone.now())
        except Exception:
            logger.exception("forwarding failed", extra={"target": target.name})
