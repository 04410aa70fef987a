"""The registry of benches and the run that measures."""

import platform
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from statistics import median

import django
from django.conf import settings
from django.db import connection
from django.http import HttpResponseBase
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

from office.benches.cases import Case
from office.benches.databases import scratch_database
from office.benches.load import Sent, send
from office.benches.processes import CpuReading, read_cpu
from office.benches.rules import CaseResult, Measurement, Report, Slice
from office.benches.servers import HOST, Server, running_server


class UnknownBenchError(LookupError):
    """No package has registered a bench of this name."""


class CaseFailedError(RuntimeError):
    """A case answered with something else than it should: its time would mean nothing."""


@dataclass(frozen=True)
class Options:
    """``seconds`` of load for each case in each round; ``quick``: small data, only to see that it works."""

    rounds: int = 5
    seconds: float = 3.0
    connections: int = 4
    quick: bool = False
    keep: bool = False


@dataclass
class BenchRun:
    """What a bench function gets: its options, a voice, and ``measure``."""

    options: Options
    say: Callable[[str], None]
    database_url: str
    report: Report = field(default_factory=lambda: Report("", {}))

    def measure(self, title: str, cases: Sequence[Case]) -> Measurement:
        """Measures the cases in turn, round after round, on a fresh server; the first case is the limit.

        Raises CaseFailedError when a case does not answer as it should.
        """
        measured = Measurement(title, [probe(case) for case in cases])
        # A view may have left a transaction's connection open here; the server has its own.
        connection.close()
        with running_server({"DATABASE_URL": self.database_url}) as server:
            for case in cases:
                send(case, server.port, seconds=0.3, connections=self.options.connections)
            for number in range(self.options.rounds):
                self.say(f"{title}: round {number + 1} of {self.options.rounds}")
                for case, result in zip(cases, measured.cases, strict=True):
                    self._slice(case, result, server)
        self.report.measurements.append(measured)
        return measured

    def _slice(self, case: Case, result: CaseResult, server: Server) -> None:
        database = str(connection.settings_dict["NAME"])
        before = read_cpu(server.pid, database)
        sent = send(case, server.port, seconds=self.options.seconds, connections=self.options.connections)
        after = read_cpu(server.pid, database)
        result.errors += sent.errors
        result.slices.append(_slice_of(sent, before, after))


BenchFunction = Callable[[BenchRun], None]
_benches: dict[str, BenchFunction] = {}


def register_bench(name: str, function: BenchFunction) -> None:
    """Called when the app is ready."""
    if _benches.setdefault(name, function) is not function:
        raise ValueError(f"a bench {name} is registered already")


def bench_names() -> list[str]:
    return sorted(_benches)


def run_bench(name: str, *, options: Options, say: Callable[[str], None]) -> Report:
    """Runs a bench on a scratch database. Raises UnknownBenchError, CaseFailedError, ServerError."""
    if name not in _benches:
        raise UnknownBenchError(name)
    say("preparing a scratch database")
    with scratch_database(keep=options.keep) as url:
        run = BenchRun(options, say, url, Report(name, _conditions(options)))
        _benches[name](run)
    return run.report


def probe(case: Case) -> CaseResult:
    """Asks twice in this process and counts the queries of the second, warm request. Raises CaseFailedError."""
    _ask(case)
    with CaptureQueriesContext(connection) as queries:
        answer = _ask(case)
    return CaseResult(case.name, queries=len(queries), bytes=len(answer.getvalue()))


def _ask(case: Case) -> HttpResponseBase:
    request = case.next_request()
    headers = dict(case.headers)
    client = Client(enforce_csrf_checks=True)
    client.cookies = SimpleCookie(headers.pop("Cookie", ""))
    content_type = headers.pop("Content-Type", "application/octet-stream")
    with override_settings(BENCHED_URLCONF=settings.ROOT_URLCONF, ROOT_URLCONF="office.benches.urls"):
        answer: HttpResponseBase = client.generic(
            request.method, request.path, request.body, content_type, headers={**headers, "Host": HOST}
        )
    if answer.status_code not in case.expect:
        raise CaseFailedError(f"{case.name}: {request.method} {request.path} answered {answer.status_code}")
    return answer


def _slice_of(sent: Sent, before: CpuReading | None, after: CpuReading | None) -> Slice:
    requests = len(sent.times)
    p50 = median(sent.times)
    if before is None or after is None:
        return Slice(requests, sent.seconds, p50, None, None)
    answering = after.answering - before.answering
    others = (after.machine - before.machine) - answering - (after.own - before.own)
    return Slice(requests, sent.seconds, p50, answering * 1000 / requests, max(0.0, others / sent.seconds))


def _conditions(options: Options) -> dict[str, str]:
    return {
        "engine": connection.vendor,
        "cache": "redis" if getattr(settings, "REDIS_URL", "") else "in the process",
        "python": platform.python_version(),
        "django": django.get_version(),
        "server": "gunicorn, 2 workers (gthread), 4 threads",
        "load": f"{options.connections} connections, {options.rounds} rounds of {options.seconds:g} s a case, in turn",
        "figures": "minimum / median / maximum over the rounds; CPU of server, PostgreSQL and Redis",
    }
