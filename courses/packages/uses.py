"""Which activity plays which package."""

from courses.catalog.models import Activity
from courses.packages.models import Package, PackageUse


def use_package(*, activity: Activity, package: Package) -> PackageUse:
    """Written when a page is published, so that a draft changes nothing for learners."""
    use, _created = PackageUse.objects.update_or_create(activity=activity, defaults={"package": package})
    return use


def live_uses(package: Package) -> list[str]:
    """Titles of the activities that are offered to learners and play the package, in no order."""
    offered = PackageUse.objects.filter(package=package, activity__is_offered=True)
    return list(offered.values_list("activity__title", flat=True))
