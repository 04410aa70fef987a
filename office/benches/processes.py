"""CPU time of the processes that answer a request, read from ``/proc`` (Linux; elsewhere None)."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

PROC = Path("/proc")


@dataclass(frozen=True)
class CpuReading:
    """Seconds since some start: of the answering processes, of everything, of the bench itself."""

    answering: float
    machine: float
    own: float


def read_cpu(server_pid: int, database: str) -> CpuReading | None:
    """The server with its workers, this database's PostgreSQL backends and Redis."""
    if not (PROC / "stat").exists():
        return None
    pids = {server_pid, *_descendants(server_pid), *_services(database)}
    times = os.times()
    return CpuReading(sum(_cpu_seconds(pid) for pid in pids), _machine_seconds(), times.user + times.system)


def _descendants(pid: int) -> Iterator[int]:
    try:
        children = (PROC / str(pid) / "task" / str(pid) / "children").read_text(encoding="ascii").split()
    except OSError:
        return
    for child in map(int, children):
        yield child
        yield from _descendants(child)


def _services(database: str) -> Iterator[int]:
    """PostgreSQL writes user and database into each backend's title; Redis is one process."""
    for path in PROC.glob("[0-9]*/cmdline"):
        try:
            title = path.read_bytes().replace(b"\x00", b" ").decode("utf-8", errors="replace")
        except OSError:
            continue
        backend = title.startswith("postgres:") and f" {database} " in title
        if backend or "redis-server" in title.split(" ", 1)[0]:
            yield int(path.parent.name)


def _cpu_seconds(pid: int) -> float:
    """User and system time; 0 for a process that has ended meanwhile."""
    try:
        text = (PROC / str(pid) / "stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return 0.0
    fields = text.rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _machine_seconds() -> float:
    """Busy time of all cores: user, nice, system, irq, softirq and steal, without idle and waiting for disks."""
    fields = [
        int(part) for part in (PROC / "stat").read_text(encoding="ascii").split("\n", 1)[0].split()[1:9]
    ]
    return (sum(fields) - fields[3] - fields[4]) / os.sysconf("SC_CLK_TCK")
