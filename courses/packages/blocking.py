"""Stopping a library that must not run any more, and letting it run again."""

from datetime import datetime

from django.db import transaction

from courses.packages.enums import LibraryStatus
from courses.packages.models import Library
from office.audit.actions import record
from people.accounts.models import User


@transaction.atomic
def block(*, library: Library, reason: str, by: User, at: datetime) -> bool:
    """From now on nothing that is pinned to it is played. False when it was blocked already."""
    row = Library.objects.select_for_update().get(pk=library.pk)
    if row.status == LibraryStatus.BLOCKED:
        return False
    row.status, row.block_reason = LibraryStatus.BLOCKED, reason
    row.save(update_fields=["status", "block_reason"])
    data = {"library": str(row), "reason": reason}
    record(action="courses.library_blocked", instance=row, by=by, data=data, at=at)
    return True


@transaction.atomic
def unblock(*, library: Library, by: User, at: datetime) -> bool:
    """It may be played again; the newest patch that is not blocked is the active one. False when it was not blocked."""
    same = Library.objects.select_for_update().filter(
        machine_name=library.machine_name, major=library.major, minor=library.minor
    )
    rows = {row.pk: row for row in same}
    row = rows[library.pk]
    if row.status != LibraryStatus.BLOCKED:
        return False
    row.status, row.block_reason = LibraryStatus.SUPERSEDED, ""
    row.save(update_fields=["status", "block_reason"])
    playable = [one for one in rows.values() if one.status != LibraryStatus.BLOCKED]
    newest = max(playable, key=lambda one: one.patch)
    same.filter(status=LibraryStatus.ACTIVE).exclude(pk=newest.pk).update(status=LibraryStatus.SUPERSEDED)
    same.filter(pk=newest.pk).update(status=LibraryStatus.ACTIVE)
    record(action="courses.library_unblocked", instance=row, by=by, data={"library": str(row)}, at=at)
    return True
