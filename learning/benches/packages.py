"""The bench «packages»: taking in a file beside plain unzip, what a visit costs on the wire, and statements a second."""

import json
import os
import subprocess
import sys
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from django.conf import settings
from django.test import override_settings
from django.utils import timezone

from courses.packages.shipped import load_examples
from learning.benches.package_files import facts_of, write_files
from learning.benches.statements import bench_statements
from learning.benches.visits import bench_visits
from office.benches.actions import BenchRun
from office.benches.rules import Table
from people.accounts.models import User

Figures = dict[str, float]
_COLUMNS = (
    *("file", "entries and size", "unzip: s, CPU s, MiB", "import: s, CPU s, MiB"),
    *("× wall", "× CPU", "MiB more than unzip"),
)


def bench_packages(run: BenchRun) -> None:
    """Files of packages go to a folder that is gone afterwards, as the database is."""
    with (
        TemporaryDirectory(dir=settings.VAR_DIR) as folder,
        override_settings(PACKAGE_ROOT=Path(folder) / "packages"),
    ):
        author, _made = User.objects.get_or_create(username="bench-author")
        load_examples(by=author, at=timezone.now())
        bench_imports(run, Path(folder))
        bench_visits(run, {"PACKAGE_ROOT": str(settings.PACKAGE_ROOT)})
    bench_statements(run)


def bench_imports(run: BenchRun, folder: Path) -> None:
    """Each file in turn by unzip and by our import, each in a process of its own; medians of the rounds."""
    rows: list[list[str | float]] = []
    for name, path in write_files(folder, quick=run.options.quick):
        run.say(f"import of {name}")
        plain, ours = [], []
        for _round in range(run.options.rounds):
            plain.append(_child("unzip", path, run, folder))
            ours.append(_child("import", path, run, folder))
        rows.append([name, facts_of(path), _shown(plain), _shown(ours), *_compared(plain, ours)])
        path.unlink()
    run.report.tables.append(Table("taking in a package beside unzip of the same file", _COLUMNS, rows))


def _child(kind: str, path: Path, run: BenchRun, folder: Path) -> Figures:
    """Blobs go to a folder of their own each time, so that none is there already."""
    with TemporaryDirectory(dir=folder) as packages:
        done = subprocess.run(  # noqa: S603
            [sys.executable, "manage.py", "bench_import", kind, str(path)],
            cwd=settings.BASE_DIR,
            env={**os.environ, "DATABASE_URL": run.database_url, "PACKAGE_ROOT": packages},
            capture_output=True,
            text=True,
            check=False,
        )
    if done.returncode:
        raise RuntimeError(done.stderr)
    figures: Figures = json.loads(done.stdout)
    return figures


def _middle(figures: list[Figures], name: str) -> float:
    return median(one[name] for one in figures)


def _shown(figures: list[Figures]) -> str:
    return ", ".join(f"{_middle(figures, name):.2f}" for name in ("seconds", "cpu", "grown_mib"))


def _compared(plain: list[Figures], ours: list[Figures]) -> list[str | float]:
    wall, cpu = (
        median(mine[name] / max(theirs[name], 0.001) for mine, theirs in zip(ours, plain, strict=True))
        for name in ("seconds", "cpu")
    )
    return [round(wall, 2), round(cpu, 2), round(_middle(ours, "grown_mib") - _middle(plain, "grown_mib"), 1)]
