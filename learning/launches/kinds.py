"""Kinds of packages that are played in other ways than H5P: each says here how it is opened and where it is played."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from courses.catalog.models import Activity
from courses.packages.enums import PackageKind
from courses.packages.models import Package, PackageVersion
from learning.enrollments.models import Enrollment
from learning.launches.models import Launch


@dataclass(frozen=True)
class Begun:
    """A launch that is about to be written. ``kept``: the version that somebody is in the middle of, if any.

    ``may_review``: what is finished may be looked at again without counting, also when no attempt is left.
    """

    kept: PackageVersion | None = None
    may_review: bool = False


@dataclass(frozen=True)
class Kind:
    """How one kind of package is played.

    ``name`` is what the script of the page asks («scorm»). ``refusal`` says in words why a version cannot be played here,
    "" where it can. ``before`` looks at what is kept, and throws it away where somebody begins anew (its last argument).
    ``after`` writes what belongs to the launch, under the lock of the enrollment. ``play_url`` is the absolute address of
    the player. ``notice`` is told to the learner at the start. ``takes_reading``: the player wants to know how the
    reader reads, because it stands on a host without cookies. ``kept`` gives the rows that say where somebody stands, for a
    filter of ``enrollment`` and ``activity``: who has one goes on, or looks at it again when no attempt is left.
    """

    name: str
    refusal: Callable[[PackageVersion], str]
    before: Callable[[Enrollment, Activity, bool], Begun]
    after: Callable[[Launch, bool, datetime], None]
    play_url: Callable[[Launch], str]
    notice: Callable[[Launch], str]
    kept: Callable[[Mapping[str, Any]], QuerySet[Any]]
    takes_reading: bool = False


_kinds: dict[str, Kind] = {}


def register_kind(kind: Kind, *packages: PackageKind) -> None:
    """Called in ``apps.ready()``. Registering again changes nothing."""
    for package in packages:
        _kinds[package] = kind


def kinds() -> list[Kind]:
    """Every registered kind, once."""
    return list(dict.fromkeys(_kinds.values()))


def kind_of(package: Package) -> Kind | None:
    """None for H5P, which is played on this host."""
    return _kinds.get(package.kind)
