"""Which activity plays which package."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from courses.catalog.models import Activity
from courses.packages.closures import is_blocked
from courses.packages.models import Package, PackageUse
from courses.packages.permissions import packages_visible_to


def use_package(*, activity: Activity, package: Package) -> PackageUse:
    """Written when a page is published, so that a draft changes nothing for learners."""
    use, _created = PackageUse.objects.update_or_create(activity=activity, defaults={"package": package})
    return use


def live_uses(package: Package) -> list[str]:
    """Titles of the activities that are offered to learners and play the package, in no order.

    An exercise inside a lesson is told with the title of its lesson.
    """
    offered = PackageUse.objects.filter(package=package, activity__is_offered=True)
    rows = offered.values_list("activity__parent__title", "activity__title")
    return [f"{lesson}（{title}）" if lesson else title for lesson, title in rows]


def problem_with(package: Package, user: Any, is_new: bool) -> str:
    """Why an author cannot put the package on a page that learners meet; "" where they can.

    ``is_new``: chosen just now. What another author chose before may stay, though not everybody may choose it.
    """
    if package.removed_at is not None:
        if is_new:
            # Whose it was is not asked any more, so that its title is told to nobody who makes up a form.
            return _("This package has been removed. Choose another package.")
        return _("«%(title)s» has been removed. Choose another package.") % {"title": package.title}
    if is_new and not packages_visible_to(user, timezone.localdate()).filter(pk=package.pk).exists():
        return _("This package belongs to another body. Choose another.")
    if package.current is None:
        return _("«%(title)s» has no version that could be played. Choose another package.") % {
            "title": package.title
        }
    if is_blocked(package.current):
        return _(
            "«%(title)s» cannot be played: a library that it needs was blocked. Choose another package, or ask the "
            "people who look after this site."
        ) % {"title": package.title}
    return ""
