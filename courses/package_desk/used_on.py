"""Where a package is used, as far as the author may see it."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet
from wagtail.models import ReferenceIndex
from wagtail.permission_policies.pages import PagePermissionPolicy

from courses.lessons.pages import ActivityPage, LessonPage
from courses.packages.models import Package
from courses.packages.pages import PackagePage
from courses.packages.permissions import Person


@dataclass(frozen=True)
class UsedOn:
    """``pages`` (package pages, and lessons with the package in a block) are those that the author may edit.

    ``hidden`` counts other bodies' pages, ``hidden_live`` those of them that learners meet.
    """

    pages: list[ActivityPage]
    hidden: int = 0
    hidden_live: int = 0

    @property
    def live(self) -> list[ActivityPage]:
        return [page for page in self.pages if page.live]

    @property
    def drafts(self) -> list[ActivityPage]:
        return [page for page in self.pages if not page.live]


def pages_with(package: Package, user: Person) -> UsedOn:
    """Where the package is used, drafts that name it included."""
    editable = PagePermissionPolicy().instances_user_has_any_permission_for(
        user, ("add", "change", "publish")
    )
    mine = set(editable.values_list("pk", flat=True))
    found: list[ActivityPage] = [*_package_pages(package), *_lessons(package)]
    others = [page for page in found if page.pk not in mine]
    pages = sorted((page for page in found if page.pk in mine), key=lambda page: page.title)
    return UsedOn(pages, len(others), sum(page.live for page in others))


def _package_pages(package: Package) -> QuerySet[PackagePage]:
    rows: QuerySet[PackagePage] = PackagePage.objects.filter(package=package)
    return rows.select_related("activity__course")


def _lessons(package: Package) -> QuerySet[LessonPage]:
    """What is published is known from its uses, a draft from Wagtail's index of references."""
    played = package.uses.filter(activity__is_offered=True).values("activity__parent")
    named = ReferenceIndex.get_references_to(package).values_list("object_id", flat=True)
    ids = [int(one) for one in named if one.isdecimal()]
    rows: QuerySet[LessonPage] = LessonPage.objects.filter(Q(activity__in=played) | Q(pk__in=ids))
    return rows.select_related("activity__course").defer("body")
