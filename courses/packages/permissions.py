"""Who may bring packages and who may install libraries.

They are two different rights on purpose: whoever installs a library lets its code run in every learner's browser.
"""

from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from courses.packages.models import Package, PackageImport
from people.accounts.models import User
from people.roles.enums import Capability
from people.roles.queries import has_capability, organizations_in_scope, scope_of

Person = User | AnonymousUser


def can_upload(user: Person, on: date) -> bool:
    """Content for lessons; libraries in the file are never installed by it."""
    return has_capability(user, Capability.AUTHOR, on)


def can_install(user: Person, on: date) -> bool:
    """Libraries, for everybody on this install."""
    return has_capability(user, Capability.MANAGE_INSTALL, on)


def packages_visible_to(user: Person, on: date) -> QuerySet[Package]:
    """What an author may use and change: packages of the bodies in their scope, and those of no body."""
    if not can_upload(user, on):
        return Package.objects.none()
    bodies = organizations_in_scope(scope_of(user, Capability.AUTHOR, on), on)
    mine = Q(owner_body__isnull=True) | Q(owner_body__in=bodies)
    return Package.objects.filter(mine, removed_at__isnull=True)


def changeable_by(user: Person, on: date) -> QuerySet[Package]:
    """What somebody may replace, set and remove. What belongs to no body is for those who look after the install."""
    packages = packages_visible_to(user, on)
    return packages if can_install(user, on) else packages.filter(owner_body__isnull=False)


def imports_visible_to(user: Person, on: date) -> QuerySet[PackageImport]:
    """One's own uploads; a library manager sees them all, because authors ask for what is missing."""
    if can_install(user, on):
        return PackageImport.objects.all()
    if not isinstance(user, User) or not can_upload(user, on):
        return PackageImport.objects.none()
    return PackageImport.objects.filter(uploaded_by=user)
