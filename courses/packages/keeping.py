"""What an author says about a package, and taking it away."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from courses.packages.models import Package
from courses.packages.uses import live_uses
from office.audit.actions import record
from people.accounts.models import User


class StillUsed(ValueError):
    """Learners still meet the package on live pages or in lessons; ``titles`` are theirs. Nothing was changed."""

    def __init__(self, titles: Sequence[str]) -> None:
        self.titles = list(titles)
        super().__init__(", ".join(self.titles))


@transaction.atomic
def change_settings(*, package: Package, fields: Sequence[str], by: User, at: datetime) -> None:
    """Saves the ``fields`` that were set on ``package``; results that are there are not counted anew."""
    if not fields:
        return
    package.save(update_fields=list(fields))
    data = {"fields": ", ".join(fields)}
    record(action="courses.package_settings", instance=package, by=by, data=data, at=at)


@transaction.atomic
def remove(*, package: Package, by: User, at: datetime) -> bool:
    """Listed and played nowhere from now on; versions and records stay. False when it was removed already.

    Raises StillUsed.
    """
    row = Package.objects.select_for_update(of=("self",)).get(pk=package.pk)
    if row.removed_at is not None:
        return False
    if titles := live_uses(row):
        raise StillUsed(titles)
    Package.objects.filter(pk=row.pk).update(removed_at=at)
    record(action="courses.package_removed", instance=row, by=by, at=at)
    return True
