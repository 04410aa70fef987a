"""Every test run that this machine can do, in order: ``python -m tests.run [--quick]``.

What a machine lacks (browser, PostgreSQL, Redis) is left out with a printed reason; with CI=true a
missing part is a failure. TEST_DATABASE_URL and TEST_REDIS_URL say where to find the services.
"""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import psycopg
import redis

from tests.journeys.browsers import programs

NAMES = {"firefox": "Firefox", "webkit": "WebKit（WebKitWebDriver と Xvfb）"}
ROOT = Path(__file__).resolve().parent.parent
CHROMIUM_NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
PARALLEL = ("-n", str(os.cpu_count() or 2), "--dist", "loadfile")


@dataclass(frozen=True)
class Run:
    """One call of pytest."""

    title: str
    selection: tuple[str, ...]
    environment: dict[str, str]


def find_browser() -> str:
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, CHROMIUM_NAMES)), "")


def find_services() -> dict[str, str]:
    """Addresses of a PostgreSQL and a Redis that answer; empty if one of them does not."""
    database = os.environ.get("TEST_DATABASE_URL", "postgres://postgres@127.0.0.1:5432/postgres")
    broker = os.environ.get("TEST_REDIS_URL", "redis://127.0.0.1:6379/9")
    try:
        psycopg.connect(database, connect_timeout=3).close()
        redis.Redis.from_url(broker, socket_connect_timeout=3).ping()
    except (psycopg.Error, redis.RedisError):
        return {}
    return {"DATABASE_URL": database, "REDIS_URL": broker}


def plan(browser: str, services: dict[str, str], *, quick: bool) -> list[Run]:
    """Rules, actions and addresses on both engines; journeys on the services, a smoke set on SQLite.

    ``quick``: rules, actions and addresses on SQLite, and the smoke set on the services.
    """
    embedded = {"DATABASE_URL": "", "REDIS_URL": "", "CHROMIUM": browser, "DJANGO_ALLOW_ASYNC_UNSAFE": "true"}
    full = {**embedded, **services}
    runs = [Run("規則・操作・画面（SQLite）", ("-m", "not journey", *PARALLEL), embedded)]
    if services and not quick:
        runs.append(Run("規則・操作・画面（PostgreSQL + Redis）", ("-m", "not journey", *PARALLEL), full))
    if browser and services:
        chosen = "smoke" if quick else "journey"
        runs.append(Run("ブラウザーの通し試験（PostgreSQL + Redis）", ("-m", chosen, *PARALLEL), full))
    if browser and not (quick and services):
        runs.append(
            Run("ブラウザーの通し試験（SQLite）", ("-m", "smoke" if services else "journey"), embedded)
        )
    return runs


def missing(browser: str, services: dict[str, str]) -> list[str]:
    reasons = []
    if not browser:
        reasons.append("ブラウザー（Chromium）がないため、画面の通し試験を省きました。")
    absent = [name for name, program in programs().items() if not program]
    if browser and absent:
        names = "・".join(NAMES[name] for name in absent)
        reasons.append(f"{names}がないため、そちらでの通し試験を省きました。")
    if not services:
        reasons.append("PostgreSQL か Redis につながらないため、そちらでの試験を省きました。")
    return reasons


def main() -> int:
    browser, services = find_browser(), find_services()
    failed = []
    for run in plan(browser, services, quick="--quick" in sys.argv):
        print(f"\n=== {run.title} ===", flush=True)
        command = [sys.executable, "-m", "pytest", *run.selection]
        if subprocess.run(command, cwd=ROOT, env={**os.environ, **run.environment}, check=False).returncode:
            failed.append(run.title)
    reasons = missing(browser, services)
    for reason in reasons:
        print(f"省いた試験: {reason}")
    for title in failed:
        print(f"失敗: {title}")
    return 1 if failed or (reasons and os.environ.get("CI") == "true") else 0


if __name__ == "__main__":
    sys.exit(main())
