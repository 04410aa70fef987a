"""From SCOs to the package: what is done, what may be opened, and when an attempt ends (pure)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from courses.packages.enums import CompletionRule
from courses.packages.scorm import Item, Manifest
from learning.scorm.enums import Completion, Success
from learning.scorm.reading import Reading, Score, as_kept

HUNDRED = Decimal(100)
PAGE = 10_000  # numbers of commits that each serving of the player has for itself
LAST_PAGE = 200_000  # numbers stay below 2³¹


@dataclass(frozen=True, slots=True)
class Standing:
    """How a learner stands in one SCO."""

    completion: Completion = Completion.UNKNOWN
    success: Success = Success.UNKNOWN
    score: Score | None = None
    spent_ms: int = 0
    session_ms: int = 0
    page: int = 0
    last_seq: int = 0

    @property
    def is_done(self) -> bool:
        return self.completion == Completion.COMPLETED

    @property
    def total_ms(self) -> int:
        return self.spent_ms + self.session_ms


@dataclass(frozen=True, slots=True)
class Rolled:
    """The package as a whole. ``score``: None where no SCO gave one. ``success``: None where passing means nothing."""

    is_complete: bool
    success: bool | None
    score: Score | None
    total_ms: int


@dataclass(frozen=True, slots=True)
class Ended:
    """The last attempt that ended in a go; ``total_ms`` is what had been spent on the go until then."""

    scaled: Decimal | None
    success: bool | None
    total_ms: int = 0


@dataclass(frozen=True)
class Go:
    """Launches that continue each other: the SCOs of the package, and the attempt that ended last."""

    number: int = 1
    scos: Mapping[str, Standing] = field(default_factory=dict)
    ended: Ended | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """What the author of the package asks. ``pass_percent`` 0–100."""

    completion: CompletionRule = CompletionRule.AUTO
    pass_percent: int | None = None


def page_of(seq: int) -> int:
    """Which serving of the player a commit came from."""
    return seq // PAGE


def advanced(before: Standing, seq: int, reading: Reading, *, longest_ms: int) -> Standing:
    """After a newer commit of the same SCO. Its session counts from the beginning of the visit, so that the time of a
    visit is replaced by each commit and added by the next visit. A score that was given once is not lost by a commit
    without one. ``longest_ms``: how long the player has been open; no session can have been longer.
    """
    page, session = page_of(seq), min(reading.session_ms, max(0, longest_ms))
    spent = before.spent_ms if page == before.page else before.spent_ms + before.session_ms
    return Standing(
        completion=reading.completion,
        success=reading.success,
        score=reading.score or before.score,
        spent_ms=spent,
        session_ms=session,
        page=page,
        last_seq=seq,
    )


def required(manifest: Manifest) -> tuple[Item, ...]:
    """What must be done: every SCO that a learner can see, or all where none is to be seen."""
    return tuple(item for item in manifest.scos if item.visible) or manifest.scos


def rolled_up(manifest: Manifest, scos: Mapping[str, Standing], rule: Rule) -> Rolled:
    """Complete when all required SCOs are, or when one was opened where the author wants no more. One that failed fails the whole; the whole is passed when it is complete and
    all that say anything passed. Score: the average of the scaled scores of the SCOs that have one.
    """
    wanted = [scos.get(item.identifier, Standing()) for item in required(manifest)]
    is_viewed = rule.completion == CompletionRule.VIEWED and bool(scos)
    is_complete = is_viewed or all(one.is_done for one in wanted)
    score = _average([one.score for one in wanted if one.score is not None], alone=len(wanted) == 1)
    total = sum(one.total_ms for one in scos.values())
    return Rolled(is_complete, _success(wanted, is_complete, score, rule), score, total)


def _success(wanted: Sequence[Standing], is_complete: bool, score: Score | None, rule: Rule) -> bool | None:
    if rule.pass_percent is not None and score is not None:
        return is_complete and score.scaled * HUNDRED >= rule.pass_percent
    said = {one.success for one in wanted} - {Success.UNKNOWN}
    if Success.FAILED in said:
        return False
    return True if said and is_complete else None


def _average(scores: Sequence[Score], *, alone: bool) -> Score | None:
    if not scores:
        return None
    if alone:
        return scores[0]
    scaled = as_kept(sum((score.scaled for score in scores), Decimal(0)) / len(scores))
    return Score(scaled, max(Decimal(0), scaled) * HUNDRED)


def ended(go: Go, rolled: Rolled, *, is_end: bool) -> Go | None:
    """The go with an attempt that ended by the newest commit, or None when none did.

    Passing ends an attempt at once, so that nobody loses it by closing the window; everything else ends it when the SCO
    says goodbye, because a score may still follow. A go that goes on afterwards ends another attempt only by doing better.
    """
    if not rolled.is_complete or not (rolled.success is True or is_end):
        return None
    scaled = rolled.score.scaled if rolled.score else None
    if go.ended is not None and not _is_better(scaled, rolled.success, go.ended):
        return None
    return replace(go, ended=Ended(scaled, rolled.success, rolled.total_ms))


def _is_better(scaled: Decimal | None, success: bool | None, last: Ended) -> bool:
    if success is True and last.success is not True:
        return True
    if scaled is None or (last.success is True and success is not True):
        return False
    return last.scaled is None or scaled > last.scaled


def is_open(item: Item, scos: Mapping[str, Standing]) -> bool:
    """All prerequisites are done (1.2 CAM: ``aicc_script`` as a simple AND list)."""
    return all(scos.get(name, Standing()).is_done for name in item.prerequisites)


def next_to_open(manifest: Manifest, scos: Mapping[str, Standing], last: str = "") -> Item:
    """Where a learner goes on: the SCO they were in unless it is done, else the first open one that is not done."""
    offered = required(manifest)
    for item in offered:
        if item.identifier == last and not scos.get(last, Standing()).is_done:
            return item
    waiting = [item for item in offered if not scos.get(item.identifier, Standing()).is_done]
    return next((item for item in waiting if is_open(item, scos)), offered[0])
