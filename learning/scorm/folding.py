"""From the log to where a learner stands and to attempts: the same steps for a commit that comes in and for a replay."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal
from itertools import count
from uuid import UUID, uuid5

from courses.packages.enums import CompletionRule
from courses.packages.models import PackageVersion
from courses.packages.scorm import Manifest
from learning.launches.models import Launch, PackageAttempt
from learning.launches.replaying import ReplayedAttempt
from learning.scorm.enums import Fault
from learning.scorm.models import ScormCommit
from learning.scorm.outlines import outline_of
from learning.scorm.reading import Reading, read_cmi
from learning.scorm.rules import Go, Rolled, Rule, Standing, advanced, ended, rolled_up

GRACE = timedelta(minutes=1)  # clocks differ, and the player was served a little after the launch was written
UNVERIFIED = "unverified"
_POINTS = Decimal("0.001")


@dataclass(frozen=True)
class Step:
    """What one commit did. ``closing`` is the package as a whole where an attempt ended with it, else None.

    ``spent_before`` is the time of the go that earlier attempts have taken.
    """

    go: Go
    reading: Reading
    closing: Rolled | None = None
    spent_before: int = 0

    @property
    def faults(self) -> tuple[Fault, ...]:
        return self.reading.faults


def step(go: Go, commit: ScormCommit, launch: Launch, manifest: Manifest, *, closed: int) -> Step:
    """``closed``: how many attempts ended in this launch so far. Raises BadCmi, KeyError for a SCO that is not there."""
    scos = {item.identifier: item.sco for item in manifest.scos if item.sco is not None}
    reading = read_cmi(commit.body, version=manifest.version, sco=scos[commit.sco], is_end=commit.is_end)
    open_for = commit.received_at - launch.opened_at + GRACE
    standing = advanced(
        go.scos.get(commit.sco, Standing()),
        commit.seq,
        reading,
        longest_ms=int(open_for.total_seconds() * 1000),
    )
    go = replace(go, scos={**go.scos, commit.sco: standing})
    rolled = rolled_up(manifest, go.scos, rule_of(launch))
    left = launch.scorm.attempts_left
    after = ended(go, rolled, is_end=commit.is_end) if left is None or closed < left else None
    if after is None:
        return Step(go, reading)
    return Step(after, reading, rolled, go.ended.total_ms if go.ended else 0)


def rule_of(launch: Launch) -> Rule:
    return Rule(CompletionRule(launch.version.package.completion_rule), launch.pass_percent)


def replay_scorm(enrollment: int, activity: int) -> list[ReplayedAttempt]:
    """All attempts that the log of commits holds, by ids of the period and the activity."""
    numbers = free_numbers(enrollment, activity)
    return [
        replayed(commit, done, number)
        for (commit, done), number in zip(_closings(enrollment, activity), numbers, strict=False)
    ]


def _closings(enrollment: int, activity: int) -> Iterator[tuple[ScormCommit, Step]]:
    go, closed, manifests = Go(number=0), Counter[int](), dict[int, Manifest]()
    for commit in _log(enrollment, activity):
        launch = commit.launch
        if launch.scorm.go != go.number:
            go = Go(number=launch.scorm.go)
        manifest = _manifest(manifests, launch.version)
        done = step(go, commit, launch, manifest, closed=closed[launch.pk])
        go = done.go
        if done.closing is not None:
            closed[launch.pk] += 1
            yield commit, done


def _log(enrollment: int, activity: int) -> Iterable[ScormCommit]:
    """What counted, in the order in which it counted."""
    rows = ScormCommit.objects.filter(launch__enrollment=enrollment, launch__activity=activity, fault="")
    return rows.select_related("launch__scorm", "launch__version__package").order_by("pk")


def _manifest(known: dict[int, Manifest], version: PackageVersion) -> Manifest:
    if version.pk not in known:
        known[version.pk] = outline_of(version)
    return known[version.pk]


def replayed(commit: ScormCommit, done: Step, number: int) -> ReplayedAttempt:
    """The attempt that ended with this commit."""
    if done.closing is None:
        raise ValueError("no attempt ended here")
    raw, most = points(done.closing)
    return ReplayedAttempt(
        number=number,
        finished_at=commit.received_at,
        score_raw=raw,
        score_max=most,
        success=done.closing.success,
        duration_ms=max(0, done.closing.total_ms - done.spent_before),
        verification=UNVERIFIED,
        statement_uuid=statement_uuid(commit.launch, commit.seq),
    )


def points(rolled: Rolled) -> tuple[Decimal | None, Decimal | None]:
    """Raw and maximum as a list shows them; out of a hundred where the SCO gave only a scaled score."""
    score = rolled.score
    if score is None:
        return None, None
    raw = max(Decimal(0), score.scaled) * 100 if score.raw is None else score.raw
    return raw.quantize(_POINTS), score.max.quantize(_POINTS)


def statement_uuid(launch: Launch, seq: int) -> UUID:
    return uuid5(launch.uuid, f"{launch.pk}:{seq}")


def free_numbers(enrollment: int, activity: int) -> Iterator[int]:
    """1, 2, … past the numbers that attempts of H5P have in the same place, if there was one before."""
    rows = PackageAttempt.objects.filter(enrollment=enrollment, activity=activity, event__isnull=False)
    taken = set(rows.values_list("number", flat=True))
    return (number for number in count(1) if number not in taken)
