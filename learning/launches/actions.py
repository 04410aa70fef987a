"""Opening a package, and taking in what it says."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from courses.catalog.models import Activity
from courses.packages.closures import is_blocked
from courses.packages.models import PackageUse
from learning.enrollments.models import Enrollment
from learning.launches.attempts import may_end, project
from learning.launches.kinds import Begun, kind_of
from learning.launches.models import Launch, PackageAttempt, PackageEvent, PackageState
from learning.launches.rules import Batch, SentState

LIFE = timedelta(hours=12)


class NotPlayable(Exception):
    """There is nothing to play: no version, or a library of it was blocked. ``reason``: words for the learner, or ""."""

    def __init__(self, reason: str = "") -> None:
        super().__init__(reason)
        self.reason = reason


class AttemptsUsedUp(Exception):
    """As many attempts as the author allows have been finished."""


class LaunchOver(Exception):
    """The launch is too old, or the package was begun anew elsewhere: nothing more is taken for it."""


@transaction.atomic
def open_launch(*, enrollment: Enrollment, activity: Activity, again: bool, at: datetime) -> Launch:
    """A new launch of the package behind ``activity``; ``again`` throws the saved state away and begins anew.

    Who is in the middle of an older version stays on it until they begin again.
    Raises NotPlayable, AttemptsUsedUp.
    """
    Enrollment.objects.select_for_update(of=("self",), no_key=True).get(pk=enrollment.pk)
    use = PackageUse.objects.select_related("package__current").filter(activity=activity).first()
    if use is None or use.package.current is None or use.package.removed_at is not None:
        raise NotPlayable
    kind = kind_of(use.package)
    begun = kind.before(enrollment, activity, again) if kind else _begun_h5p(enrollment, activity, again)
    finished = PackageAttempt.objects.filter(enrollment=enrollment, activity=activity).count()
    is_used_up = use.package.attempts_max is not None and finished >= use.package.attempts_max
    if is_used_up and (again or not begun.may_review):
        raise AttemptsUsedUp
    version = begun.kept or use.package.current
    if is_blocked(version):
        raise NotPlayable
    if kind is not None and (reason := kind.refusal(version)):
        raise NotPlayable(reason)
    launch = Launch.objects.create(
        enrollment=enrollment,
        activity=activity,
        version=version,
        restored=begun.kept is not None and finished > 0,
        pass_percent=use.package.pass_percent,
        opened_at=at,
        expires_at=at + LIFE,
    )
    if kind is not None:
        kind.after(launch, again, at)
    return launch


def _begun_h5p(enrollment: Enrollment, activity: Activity, again: bool) -> Begun:
    states = PackageState.objects.filter(enrollment=enrollment, activity=activity)
    if again:
        states.delete()
    kept = states.select_related("version__package").order_by("-saved_at").first()
    if kept is None or kind_of(kept.version.package) is not None:
        return Begun()
    return Begun(kept.version)


@dataclass(frozen=True)
class Taken:
    """``attempts``: those that this batch finished. ``completed``: whether the course was completed by it.

    ``superseded``: the package was opened again in another window, which alone keeps where the learner stands.
    """

    attempts: Sequence[PackageAttempt]
    completed: bool = False
    superseded: bool = False


@transaction.atomic
def take(*, launch: Launch, batch: Batch, at: datetime) -> Taken:
    """Keeps events and states once, and projects what they finish. The same batch again changes nothing.

    Raises LaunchOver.
    """
    if at > launch.expires_at:
        raise LaunchOver
    Enrollment.objects.select_for_update(of=("self",), no_key=True).get(pk=launch.enrollment_id)
    superseded = _was_begun_anew(launch)
    if not superseded:
        _keep_states(launch, batch.states, at)
    PackageEvent.objects.bulk_create(
        [
            PackageEvent(
                launch=launch, seq=event.seq, statement=event.statement, tree=event.tree, received_at=at
            )
            for event in batch.events
        ],
        ignore_conflicts=True,
    )
    ended = may_end(launch, batch.events, superseded=superseded)
    made = project(launch, ended=ended, viewed=batch.viewed, at=at)
    return Taken(made.attempts, made.completed, superseded and bool(batch.states))


def _keep_states(launch: Launch, states: Iterable[SentState], at: datetime) -> None:
    """The last word wins."""
    mine = PackageState.objects.filter(enrollment=launch.enrollment_id, activity=launch.activity_id)
    kept, gone = [s for s in states if s.data is not None], [s for s in states if s.data is None]
    for state in gone:
        mine.filter(sub_content=state.sub_content, data_type=state.data_type).delete()
    if not kept:
        return
    PackageState.objects.bulk_create(
        [
            PackageState(
                enrollment_id=launch.enrollment_id,
                activity_id=launch.activity_id,
                version_id=launch.version_id,
                sub_content=state.sub_content,
                data_type=state.data_type,
                data=state.data or "",
                saved_at=at,
            )
            for state in kept
        ],
        update_conflicts=True,
        unique_fields=["enrollment", "activity", "sub_content", "data_type"],
        update_fields=["version", "data", "saved_at"],
    )


def _was_begun_anew(launch: Launch) -> bool:
    """A later launch of the same package, in another window, has the word from then on: it may have thrown the state away."""
    later = Launch.objects.filter(enrollment=launch.enrollment_id, activity=launch.activity_id)
    return later.filter(pk__gt=launch.pk).exists()
