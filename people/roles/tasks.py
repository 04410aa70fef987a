"""Roles begin and end on their days."""

from celery import shared_task
from django.utils import timezone

from people.roles import actions


@shared_task(name="people.roles.project_roles")
def project_roles(**_newer: object) -> None:
    actions.project_roles(at=timezone.now())
