"""Who asks and who answers: authors for their own uploads, whoever installs libraries for all."""

from datetime import date

from django.db.models import QuerySet

from courses.library_requests.models import LibraryRequest
from courses.packages.permissions import Person, can_install, can_upload
from people.accounts.models import User


def requests_visible_to(user: Person, on: date) -> QuerySet[LibraryRequest]:
    """All of them for those who answer, one's own for authors."""
    if can_install(user, on):
        return LibraryRequest.objects.all()
    if not isinstance(user, User) or not can_upload(user, on):
        return LibraryRequest.objects.none()
    return LibraryRequest.objects.filter(asked_by=user)
