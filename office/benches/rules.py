"""Figures of a bench and how they are written down (pure)."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from statistics import median
from typing import Any

# Only the bench's own server has these addresses.
LIMIT_PATH = "/bench/limit/"
FLOOR_PATH = "/bench/floor/"


@dataclass(frozen=True)
class Slice:
    """One case in one round. Times in milliseconds; ``cpu_ms`` per request of server, PostgreSQL and Redis
    together, None where the system does not tell; ``foreign_cores``: cores that others kept busy meanwhile."""

    requests: int
    seconds: float
    p50_ms: float
    cpu_ms: float | None
    foreign_cores: float | None


@dataclass
class CaseResult:
    """One case over all rounds. ``queries``: of one warm request; ``bytes``: of its body."""

    name: str
    queries: int
    bytes: int
    errors: int = 0
    slices: list[Slice] = field(default_factory=list)

    @property
    def rates(self) -> list[float]:
        """Requests a second of each round."""
        return [one.requests / one.seconds for one in self.slices]

    @property
    def cpu(self) -> list[float]:
        return [one.cpu_ms for one in self.slices if one.cpu_ms is not None]


@dataclass
class Measurement:
    """Cases that were measured in turn in one run; the first one is the limit that the others are compared with."""

    title: str
    cases: list[CaseResult] = field(default_factory=list)

    def ratios(self, case: CaseResult) -> list[float]:
        """CPU of a case to that of the limit in the same round: the machine's mood cancels out."""
        return [
            one.cpu_ms / limit.cpu_ms
            for one, limit in zip(case.slices, self.cases[0].slices, strict=True)
            if one.cpu_ms is not None and limit.cpu_ms
        ]


@dataclass(frozen=True)
class Table:
    """Figures that are no requests a second: what a process needed, what went over the wire."""

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str | float]]

    @property
    def lines(self) -> list[str]:
        head = ["| " + " | ".join(self.columns) + " |", "|" + "---|" * len(self.columns)]
        return head + ["| " + " | ".join(str(cell) for cell in row) + " |" for row in self.rows]


@dataclass
class Report:
    """Everything that one bench found. ``conditions``: engine, versions, options."""

    name: str
    conditions: dict[str, str]
    measurements: list[Measurement] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """The raw figures together with the ones that people quote."""
        whole = asdict(self)
        for shown, measured in zip(whole["measurements"], self.measurements, strict=True):
            for target, case in zip(shown["cases"], measured.cases, strict=True):
                target["ratio_to_limit"] = spread(measured.ratios(case))
                target["cpu_ms"] = spread(case.cpu)
                target["requests_per_second"] = spread(case.rates)
        return whole

    def as_markdown(self) -> str:
        lines = [f"## {self.name}", "", *(f"- {key}: {value}" for key, value in self.conditions.items())]
        for measured in self.measurements:
            lines += ["", f"### {measured.title}", "", *_table(measured)]
        for table in self.tables:
            lines += ["", f"### {table.title}", "", *table.lines]
        return "\n".join(lines) + "\n"


def spread(values: Sequence[float]) -> dict[str, float] | None:
    """``{min, median, max}``, None where nothing was measured."""
    if not values:
        return None
    return {"min": round(min(values), 3), "median": round(median(values), 3), "max": round(max(values), 3)}


def _table(measured: Measurement) -> list[str]:
    """Minimum / median / maximum over the rounds."""
    rows = [
        "| case | queries | KB | req/s | p50 ms | CPU ms a request | × limit | foreign cores | errors |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for case in measured.cases:
        foreign = [one.foreign_cores for one in case.slices if one.foreign_cores is not None]
        cells = [
            case.name,
            str(case.queries),
            f"{case.bytes / 1024:.1f}",
            _three(case.rates, 1),
            _three([one.p50_ms for one in case.slices], 1),
            _three(case.cpu, 1),
            _three(measured.ratios(case), 2),
            f"{max(foreign):.2f}" if foreign else "–",
            str(case.errors),
        ]
        rows.append("| " + " | ".join(cells) + " |")
    return rows


def _three(values: Sequence[float], digits: int) -> str:
    if not values:
        return "–"
    return " / ".join(f"{value:.{digits}f}" for value in (min(values), median(values), max(values)))
