"""From what AUs said to what is satisfied and what the package is worth (cmi5, 13.1.4 moveOn), pure."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from uuid import UUID

from courses.catalog.enums import MoveOn
from courses.packages.cmi5 import Au, Block, Course
from learning.cmi5.enums import Said

Score = Mapping[str, float]


@dataclass(frozen=True)
class Event:
    """One thing said about an AU (``au``: its publisher id). ``score`` as in xAPI; empty where none was told."""

    uuid: UUID
    au: str
    verb: Said
    score: Score = field(default_factory=dict)
    duration_ms: int | None = None


def read_score(told: Mapping[str, Any]) -> Score:
    """The score of a valid statement; ``scaled`` is worked out where only raw, min and max were told."""
    score = {name: told[name] for name in ("scaled", "raw", "min", "max") if name in told}
    if "scaled" not in score and len(score) == 3 and score["max"] > score["min"]:
        # As decimals: the distance between two floats may be beyond all floats.
        raw, low, high = (Decimal(str(score[name])) for name in ("raw", "min", "max"))
        score["scaled"] = float((raw - low) / (high - low))
    return score


@dataclass(frozen=True)
class Outcome:
    """What the package is worth at one moment. ``score`` has raw, min and max only where there is but one AU."""

    completion: bool
    success: bool | None
    score: Score

    @property
    def scaled(self) -> Decimal | None:
        told = self.score.get("scaled")
        return None if told is None else Decimal(str(told))


@dataclass(frozen=True)
class Step:
    """What an event changed. ``outcome`` is set where a result follows from it, else None."""

    event: Event
    outcome: Outcome | None
    newly_satisfied: bool


def is_satisfied(au: Au, said: frozenset[Said] | set[Said]) -> bool:
    """13.1.4; a waived AU is satisfied whatever its criterion."""
    completed, passed = Said.COMPLETED in said, Said.PASSED in said
    return (
        Said.WAIVED in said
        or {
            MoveOn.PASSED: passed,
            MoveOn.COMPLETED: completed,
            MoveOn.COMPLETED_AND_PASSED: completed and passed,
            MoveOn.COMPLETED_OR_PASSED: completed or passed,
            MoveOn.NOT_APPLICABLE: True,
        }[MoveOn(au.move_on)]
    )


def groups_satisfied(course: Course, satisfied: set[str]) -> list[str]:
    """Ids of the blocks, inner ones first, all of whose AUs are satisfied; the course's own last if it is."""
    found: list[str] = []

    def all_of(children: Iterable[Au | Block]) -> bool:
        whole = [one.id in satisfied if isinstance(one, Au) else block(one) for one in children]
        return all(whole)

    def block(one: Block) -> bool:
        if whole := all_of(one.children):
            found.append(one.id)
        return whole

    if all_of(course.children):
        found.append(course.id)
    return found


class Standing:
    """A fold over the events of one registration, in their order."""

    def __init__(self, course: Course) -> None:
        self._aus = {au.id: au for au in course.aus}
        self._scores: dict[str, Score] = {}
        self._failed: set[str] = set()
        self.said: dict[str, set[Said]] = {}
        self.satisfied = {au.id for au in course.aus if is_satisfied(au, set())}
        self._told_completion = False
        self._told_success = False

    @property
    def is_complete(self) -> bool:
        return len(self.satisfied) == len(self._aus)

    def take(self, event: Event) -> Step:
        au = self._aus.get(event.au)
        if au is None:
            return Step(event, None, newly_satisfied=False)
        said = self.said.setdefault(au.id, set())
        said.add(event.verb)
        self._judge(event)
        newly = au.id not in self.satisfied and is_satisfied(au, said)
        if newly:
            self.satisfied.add(au.id)
        return Step(event, self._result(event), newly_satisfied=newly)

    def _judge(self, event: Event) -> None:
        if event.verb == Said.PASSED:
            self._failed.discard(event.au)
        elif event.verb == Said.FAILED:
            self._failed.add(event.au)
        elif event.verb == Said.WAIVED:
            self._failed.discard(event.au)
        if event.verb in (Said.PASSED, Said.FAILED) and "scaled" in event.score:
            self._scores[event.au] = event.score

    def _result(self, event: Event) -> Outcome | None:
        """A failure always counts; completion and success count when they are reached."""
        outcome = self.outcome()
        if event.verb == Said.FAILED:
            return Outcome(outcome.completion, success=False, score=outcome.score)
        is_new = (outcome.completion and not self._told_completion) or (
            outcome.success is True and not self._told_success
        )
        if not is_new:
            return None
        self._told_completion |= outcome.completion
        self._told_success |= outcome.success is True
        return outcome

    def outcome(self) -> Outcome:
        success: bool | None = None
        if self._failed:
            success = False
        elif self.is_complete and any(Said.PASSED in said for said in self.said.values()):
            success = True
        return Outcome(self.is_complete, success, self._score())

    def _score(self) -> Score:
        """Of one AU its own; of several the mean of those that told one."""
        if len(self._aus) == 1:
            return next(iter(self._scores.values()), {})
        told = [Decimal(str(score["scaled"])) for score in self._scores.values()]
        return {"scaled": float(round(sum(told, Decimal(0)) / len(told), 5))} if told else {}


def steps(course: Course, events: Iterable[Event]) -> Iterator[Step]:
    standing = Standing(course)
    for event in events:
        yield standing.take(event)
