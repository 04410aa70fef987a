"""Who comes in, and what they find behind the address: 403 without any right over names, 404 for what is not theirs."""

from datetime import date
from typing import cast
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from courses.catalog.models import Activity
from people.accounts.models import User
from people.groups.models import GroupMembership, LearnerGroup
from people.learners.models import Learner
from people.roles.queries import Scope
from reporting.classes.permissions import classes_visible_to
from reporting.classes.queries import courses_of
from reporting.packages.permissions import asked_to, assigned_packages, class_packages
from reporting.reports.permissions import names_scope


def person(request: HttpRequest) -> User:
    """Behind ``login_required``."""
    return cast(User, request.user)


def names_or_403(request: HttpRequest, on: date) -> Scope:
    scope = names_scope(person(request), on)
    if scope.is_empty:
        raise PermissionDenied
    return scope


def class_package(
    request: HttpRequest, group: UUID, activity: UUID, on: date
) -> tuple[LearnerGroup, Activity]:
    """A class of the reader's, and a package in a course that the class has."""
    names_or_403(request, on)
    found = get_object_or_404(classes_visible_to(person(request), on), uuid=group)
    place = get_object_or_404(
        Activity.objects.select_related("course"),
        uuid=activity,
        course__in=courses_of(found, on).values("pk"),
    )
    if place.course is None:
        raise Http404
    return found, get_object_or_404(class_packages(place.course), pk=place.pk)


def pupil_of(group: LearnerGroup, learner: UUID, on: date) -> Learner:
    members = GroupMembership.objects.valid_on(on).filter(group=group).values("learner")
    return get_object_or_404(Learner.objects.select_related("user"), uuid=learner, pk__in=members)


def assigned_package(scope: Scope, activity: UUID, on: date) -> Activity:
    """A package that was put before somebody of the scope."""
    return get_object_or_404(assigned_packages(scope, on), uuid=activity)


def asked_person(scope: Scope, activity: Activity, learner: UUID, on: date) -> Learner:
    return get_object_or_404(asked_to(scope, activity, on).select_related("user"), uuid=learner)
