"""Whether a reader can open a package here and now, and if not, why: told before they press the button."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, IntegerField, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courses.catalog.models import Activity
from courses.packages.enums import LibraryStatus
from courses.packages.hosting import Place, Played, played_where
from courses.packages.models import Package, PackageUse, VersionLibrary
from learning.enrollments.models import Enrollment
from learning.launches.kinds import kind_of, kinds
from learning.launches.models import PackageAttempt, PackageState
from learning.progress.models import ActivityProgress

_NOBODY = 0


@dataclass(frozen=True)
class PackageDoor:
    """``launch_url`` takes the launch; empty where it cannot be opened, and ``reason`` says why.

    ``note`` is what is good to know before. ``is_done``: it has been completed in this period. ``resumes``: the reader
    goes on where they were.
    """

    launch_url: str = ""
    reason: str = ""
    note: str = ""
    is_done: bool = False
    resumes: bool = False


def doors_of(
    lesson: Activity, enrollment: Enrollment | None, *, can_record: bool
) -> Mapping[UUID, PackageDoor]:
    """By activity: the package of a page, or all packages in the blocks of a lesson. One query.

    ``can_record``: what the reader does is recorded under ``enrollment``, or under a period that begins with it.
    """
    uses = PackageUse.objects.filter(Q(activity=lesson.pk) | Q(activity__parent=lesson.pk))
    rows = _with_facts(uses.filter(activity__is_offered=True), enrollment.pk if enrollment else _NOBODY)
    shut = "" if can_record else _no_record(enrollment)
    return {row.activity.uuid: _door(row, shut) for row in rows}


def _with_facts(uses: Any, enrollment: int) -> Any:
    """``is_blocked``, and what this period has: ``attempts``, ``is_done``, ``resumes``."""
    blocked = VersionLibrary.objects.filter(
        version=OuterRef("package__current"), library__status=LibraryStatus.BLOCKED
    )
    mine = {"enrollment": enrollment, "activity": OuterRef("activity")}
    finished = PackageAttempt.objects.filter(**mine).order_by().values("activity").annotate(n=Count("pk"))
    done = ActivityProgress.objects.filter(**mine, satisfied_at__isnull=False)
    heavy = [f"package__current__{name}" for name in ("params", "warnings", "external_urls")]
    kept = [PackageState.objects.filter(**mine), *(kind.kept(mine) for kind in kinds())]
    rows = uses.select_related("activity", "package__current__created_by").defer(*heavy)
    return rows.annotate(
        is_blocked=Exists(blocked),
        attempts=Coalesce(Subquery(finished.values("n"), output_field=IntegerField()), 0),
        is_done=Exists(done),
        resumes=reduce(or_, (Exists(rows) for rows in kept)),
    )


def _door(row: Any, shut: str) -> PackageDoor:
    package = row.package
    used_up = _used_up(package, row.attempts)
    may_review = bool(used_up and row.resumes and kind_of(package))
    reason = shut or _unplayable(package, is_blocked=row.is_blocked) or ("" if may_review else used_up)
    if reason:
        return PackageDoor(reason=reason, is_done=row.is_done)
    left = _only_review() if may_review else _attempts_left(package, row.attempts)
    return PackageDoor(
        launch_url=reverse("learning:launch_open", args=[row.activity.uuid]),
        note=" ".join(filter(None, (left, _place(package).reason))),
        is_done=row.is_done,
        resumes=row.resumes,
    )


def gone() -> PackageDoor:
    """For a block or page of which nothing is known: not published, or taken out."""
    return PackageDoor(reason=_gone())


def preview_door(package: Package | None) -> PackageDoor:
    """For an author's look at a draft: it plays as it will, and nothing is recorded."""
    is_blocked = package is not None and package.current is not None and _has_blocked(package)
    if package is None or package.current is None:
        return gone()
    if reason := _unplayable(package, is_blocked=is_blocked):
        return PackageDoor(reason=reason)
    note = _("Preview: you can try it; no answer, result or progress is saved.")
    return PackageDoor(
        launch_url=reverse("package_desk:launch", args=[package.current.uuid]),
        note=" ".join(filter(None, (note, _place(package).reason))),
    )


def _has_blocked(package: Package) -> bool:
    pins = VersionLibrary.objects.filter(version=package.current_id, library__status=LibraryStatus.BLOCKED)
    return pins.exists()


def _unplayable(package: Package, *, is_blocked: bool) -> str:
    if package.removed_at is not None or package.current_id is None:
        return _gone()
    if is_blocked:
        return _(
            "This exercise is stopped for a check of its safety. What was saved is kept. "
            "You can go on with the other parts."
        )
    kind = kind_of(package)
    if kind is not None and package.current is not None:
        package.current.package = package
        return kind.refusal(package.current)
    played = _place(package)
    return "" if played.is_playable else played.reason


def _place(package: Package) -> Played:
    """Its current version knows the package without another query."""
    version = package.current
    if version is None:
        return Played(Place.NOT_HERE, _gone())
    version.package = package
    return played_where(version)


def _gone() -> str:
    return _(
        "This exercise is not available at the moment. You can go on with the other parts. "
        "Please tell the person in charge of the course."
    )


def _used_up(package: Package, attempts: int) -> str:
    if package.attempts_max is None or attempts < package.attempts_max:
        return ""
    return ngettext(
        "It can be done %(count)s time, and you have done it. Your result is kept.",
        "It can be done %(count)s times, and you have done all of them. Your results are kept.",
        package.attempts_max,
    ) % {"count": package.attempts_max}


def _only_review() -> str:
    return _("You have used all attempts. You can look at it again; nothing is counted any more.")


def _attempts_left(package: Package, attempts: int) -> str:
    if package.attempts_max is None:
        return ""
    left = package.attempts_max - attempts
    return ngettext("You can still do it %(count)s time.", "You can still do it %(count)s times.", left) % {
        "count": left
    }


def _no_record(enrollment: Enrollment | None) -> str:
    if enrollment is None:
        return _("This exercise opens for those who take this course. The person in charge assigns it.")
    return _("Your time with this course is over, so that the exercise does not open. Your results are kept.")
