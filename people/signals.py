"""What follows a sign-in."""

from datetime import datetime
from typing import Any

from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.dispatch import receiver
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from people.accounts.messages import drop_unread
from people.accounts.models import User
from people.learners.queries import guest_of_session
from people.preferences.actions import adopt_choices
from people.roles.projection import project_users


@receiver([user_logged_in, user_logged_out], dispatch_uid="people.drop_unread")
def drop_unread_messages(sender: Any, request: HttpRequest, **kwargs: Any) -> None:
    """They were for the person before."""
    drop_unread(request)


@receiver(user_logged_in, dispatch_uid="people.adopt_choices")
def keep_reading_choices(sender: Any, request: HttpRequest, user: User, **kwargs: Any) -> None:
    """A person's stored choices come along; without them the visitor's stay for this session."""
    adopt_choices(request, user)


@receiver(user_logged_in, dispatch_uid="people.ask_for_guest")
def ask_for_guest(sender: Any, request: HttpRequest, user: User, **kwargs: Any) -> None:
    """What was read in this browser before signing in may be the person's own, or somebody else's: only a person knows."""
    if guest_of_session(request) is not None:
        # The adapter goes there before it goes on.
        request.asked_first = reverse("people:claim")  # type: ignore[attr-defined]


@receiver(user_logged_in, dispatch_uid="people.project_roles")
def project_roles_at_sign_in(sender: Any, request: HttpRequest, user: User, **kwargs: Any) -> None:
    """A role that began or ended since the last sign-in shows in Wagtail's groups."""
    at: datetime = timezone.now()
    project_users([user], on=timezone.localdate(at))
