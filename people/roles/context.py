"""Template context: what the navigation offers this person."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import pgettext

from people.roles.enums import Capability
from people.roles.queries import held_roles, scope_of


@dataclass(frozen=True)
class NavigationEntry:
    label: str
    url: str
    current: bool


class Navigation:
    """The entries for one request, worked out when a template first asks: pages without a header pay nothing."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    @cached_property
    def entries(self) -> list[NavigationEntry]:
        found = [(label, url) for label, url in self._offers() if url]
        path = self._request.path
        here = max((url for _label, url in found if path.startswith(url)), key=len, default="")
        return [NavigationEntry(label, url, url == here) for label, url in found]

    def _offers(self) -> Iterator[tuple[str, str]]:
        """Label and address in the order of the bar; one query for the person's roles."""
        user = getattr(self._request, "user", None)
        signed_in = user is not None and user.is_authenticated
        if signed_in:
            yield pgettext("navigation", "My learning"), _address("learning:home")
        yield pgettext("navigation", "Courses"), _address("wagtail_serve", "courses/")
        yield pgettext("navigation", "Strategy"), _address("courses:strategy")
        if user is None or not signed_in or not held_roles(user):
            return
        today = timezone.localdate()
        allowed = {capability: scope_of(user, capability, today) for capability in Capability}
        if not allowed[Capability.ASSIGN].is_empty:
            yield pgettext("navigation", "Assignments"), _address("learning:assignment_list")
        names = allowed[Capability.VIEW_NAMES]
        if names.everywhere or names.organization_ids:
            yield pgettext("navigation", "Progress"), _address("reporting:people")
        if names.group_ids:
            yield pgettext("navigation", "Classes"), _address("reporting:class_list")
        cards, sessions = allowed[Capability.ISSUE_CARD], allowed[Capability.RUN_SESSION]
        if (
            cards.group_ids
            or (cards.school_ids and not cards.everywhere)
            or (cards.is_empty and not sessions.is_empty)
        ):
            yield pgettext("navigation", "Class lists"), _address("people:group_list")
        if not cards.is_empty:
            yield pgettext("navigation", "People"), _address("people:person_list")
        elif not sessions.is_empty:
            yield pgettext("navigation", "Seats"), _address("people:claim_seat")
        if not (allowed[Capability.AUTHOR].is_empty and allowed[Capability.MANAGE_INSTALL].is_empty):
            yield pgettext("navigation", "Editing"), _address("wagtailadmin_home")


def navigation(request: HttpRequest) -> dict[str, Any]:
    return {"navigation": Navigation(request)}


def _address(name: str, *args: str) -> str:
    """Empty when this install does not have the page."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""
