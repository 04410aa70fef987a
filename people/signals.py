"""What follows a sign-in."""

from datetime import datetime
from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone

from people.accounts.models import User
from people.preferences.actions import adopt_choices
from people.roles.projection import project_users


@receiver(user_logged_in, dispatch_uid="people.adopt_choices")
def keep_reading_choices(sender: Any, request: HttpRequest, user: User, **kwargs: Any) -> None:
    """A person's stored choices come along; without them the visitor's stay for this session."""
    adopt_choices(request, user)


@receiver(user_logged_in, dispatch_uid="people.project_roles")
def project_roles_at_sign_in(sender: Any, request: HttpRequest, user: User, **kwargs: Any) -> None:
    """A role that began or ended since the last sign-in shows in Wagtail's groups."""
    at: datetime = timezone.now()
    project_users([user], on=timezone.localdate(at))
