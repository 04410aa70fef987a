"""The files of the project, as the architecture tests read them."""

import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("config", "demo", "reporting", "learning", "assessments", "courses", "people", "office")


@cache
def files(*suffixes: str) -> list[Path]:
    """Every file that git knows or would take, without migrations."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()
    paths = [ROOT / name for name in listed if name.endswith(suffixes) and "/migrations/" not in name]
    return [path for path in paths if path.exists()]


def ours(path: Path) -> bool:
    """Whether a file belongs to one of our packages (tests and tools apart)."""
    return path.relative_to(ROOT).parts[0] in PACKAGES
