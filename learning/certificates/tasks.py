"""Certificates in the background; a lost message is found by the sweep."""

from celery import shared_task
from django.utils import timezone

from learning.certificates import actions
from learning.progress.models import Completion


@shared_task(name="learning.certificates.issue_certificate")
def issue_certificate(*, completion_id: int, **_newer: object) -> None:
    """A completion that is gone or void by now needs none."""
    completion = Completion.objects.filter(pk=completion_id).first()
    if completion is not None:
        actions.issue_certificate(completion=completion, at=timezone.now())


@shared_task(name="learning.certificates.issue_missing")
def issue_missing(**_newer: object) -> None:
    actions.issue_missing_certificates(at=timezone.now())
