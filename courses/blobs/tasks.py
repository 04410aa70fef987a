"""Celery's door to this room."""

from celery import shared_task
from django.utils import timezone

from courses.blobs import actions


@shared_task(name="courses.blobs.sweep")
def sweep_blobs() -> int:
    return actions.sweep_blobs(timezone.now())
