"""Which result of several attempts counts (pure).

A score counts when it is not contradicted by its answers and was not taken back. The course itself always keeps the best
of these (progress only grows); how a package counts decides what lists show as its result.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from courses.packages.enums import GradeMethod
from courses.packages.h5p import Trust


@dataclass(frozen=True, slots=True)
class Go:
    """One finished attempt. ``raw`` of ``most`` points, None without any; ``is_voided``: its record was taken back.

    ``version`` is the number of the package's version that was played, None where it is not known.
    """

    number: int
    finished_at: datetime
    raw: Decimal | None
    most: Decimal | None
    success: bool | None
    duration_ms: int | None
    trust: Trust
    version: int | None = None
    is_voided: bool = False

    @property
    def scaled(self) -> Decimal | None:
        """0–1; None without points."""
        return self.raw / self.most if self.raw is not None and self.most else None

    @property
    def counts(self) -> bool:
        return self.scaled is not None and self.trust != Trust.MISMATCH and not self.is_voided

    @property
    def raw_text(self) -> str:
        return _plain(self.raw)

    @property
    def most_text(self) -> str:
        return _plain(self.most)

    @property
    def minutes(self) -> int | None:
        """Whole minutes, at least one; None where the package did not tell."""
        return None if self.duration_ms is None else max(1, round(self.duration_ms / 60_000))


@dataclass(frozen=True, slots=True)
class Counted:
    """What a list says of all attempts at one package. ``scaled`` is the result by the package's own way of counting.

    ``kept`` is what the course keeps: the best. ``trust`` is that of the attempts the result was made of, the weaker one
    where there are several. ``mismatches``: how many attempts do not count because of their answers.
    """

    count: int = 0
    scaled: Decimal | None = None
    kept: Decimal | None = None
    trust: Trust | None = None
    mismatches: int = 0
    last_at: datetime | None = None

    @property
    def points(self) -> int | None:
        return _points(self.scaled)

    @property
    def kept_points(self) -> int | None:
        return _points(self.kept)


def _plain(value: Decimal | None) -> str:
    """Without needless zeros."""
    return "" if value is None else f"{value.normalize():f}"


def _points(scaled: Decimal | None) -> int | None:
    """Of 100, rounded down so that 100 means everything."""
    return None if scaled is None else int(scaled * 100)


def counted(goes: Sequence[Go], method: str) -> Counted:
    """The result of these attempts by a ``GradeMethod``."""
    standing = sorted((go for go in goes if go.counts), key=lambda go: go.number)
    chosen = _chosen(standing, method)
    values = [go.scaled for go in chosen if go.scaled is not None]
    mismatches = sum(go.trust == Trust.MISMATCH for go in goes)
    return Counted(
        count=len(goes),
        scaled=sum(values, Decimal(0)) / len(values) if values else None,
        kept=max((go.scaled for go in standing if go.scaled is not None), default=None),
        trust=_weakest([go.trust for go in chosen or goes]),
        mismatches=mismatches,
        last_at=max((go.finished_at for go in goes), default=None),
    )


def _chosen(standing: Sequence[Go], method: str) -> Sequence[Go]:
    match GradeMethod(method):
        case GradeMethod.BEST:
            best = max((go.scaled or Decimal(0) for go in standing), default=None)
            return [go for go in standing if go.scaled == best][:1]
        case GradeMethod.LAST:
            return standing[-1:]
        case GradeMethod.FIRST:
            return standing[:1]
        case GradeMethod.AVERAGE:
            return standing


def _weakest(trusts: Sequence[Trust]) -> Trust | None:
    order = (Trust.MISMATCH, Trust.UNVERIFIED, Trust.VERIFIED)
    return next((trust for trust in order if trust in trusts), None)
