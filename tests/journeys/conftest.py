"""A real site for the journeys: a fresh database with the example prefecture, gunicorn, a Celery worker, Chromium.

It is started once a session; the journeys use different people, so that their order does not matter.
When all are through, the records must still replay to what is stored (``rebuild_progress --check``).
"""

import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from demo.accounts import PASSWORD

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = os.environ.get("CHROMIUM") or "/usr/bin/chromium"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Without a browser the journeys are left out, with the reason in words."""
    ours = [item for item in items if item.path.parent == Path(__file__).parent]
    if Path(CHROMIUM).exists() or not ours:
        return
    if os.environ.get("CI") == "true":
        raise pytest.UsageError("CI needs Chromium (set CHROMIUM to its path).")
    for item in ours:
        item.add_marker(pytest.mark.skip(reason="no Chromium on this machine (set CHROMIUM to its path)"))


@dataclass(frozen=True)
class Site:
    """Where the site answers, and the environment of its processes."""

    url: str
    environment: dict[str, str]

    def manage(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    var = tmp_path_factory.mktemp("site")
    port = _free_port()
    url = f"http://localhost:{port}"
    with _database(var) as database:
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "config.settings.dev",
            "FUKUMANA_DEMO": "1",
            "FUKUMANA_VAR": str(var),
            "SITE_BASE_URL": url,
            "PACKAGES_ORIGIN": f"http://packages.localhost:{port}",
            "DATABASE_URL": database,
            "PYTHONUTF8": "1",
            **_broker(),
        }
        site = Site(url, environment)
        for command in ("compile_catalogs", "migrate", "build_demo"):
            done = site.manage(command)
            assert done.returncode == 0, done.stdout + done.stderr
        with _processes(site, port, var):
            yield site
        for command in ("rebuild_progress", "rebuild_attempts"):
            check = site.manage(command, "--check")
            assert check.returncode == 0, check.stdout + check.stderr


def _broker() -> dict[str, str]:
    """A Redis database of its own for the site of each parallel run: else one site's worker takes the other's tasks."""
    url = os.environ.get("REDIS_URL", "")
    number = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    return {"REDIS_URL": urlunsplit(urlsplit(url)._replace(path=f"/{1 + number % 7}"))} if url else {}


class _database:
    """A database of its own: a file, or one made on the PostgreSQL that DATABASE_URL names."""

    def __init__(self, var: Path) -> None:
        self.server = os.environ.get("DATABASE_URL", "")
        self.name = re.sub(r"\W", "_", f"journeys_{var.name}_{os.getpid()}").lower()
        self.file = f"sqlite:///{var / 'site.sqlite3'}"

    def _sql(self, text: str) -> None:
        with psycopg.connect(self.server, autocommit=True) as connection:
            connection.execute(text.encode())

    def __enter__(self) -> str:
        if not self.server:
            return self.file
        self._sql(f'CREATE DATABASE "{self.name}"')
        return urlunsplit(urlsplit(self.server)._replace(path=f"/{self.name}"))

    def __exit__(self, *_: object) -> None:
        if self.server:
            self._sql(f'DROP DATABASE IF EXISTS "{self.name}" WITH (FORCE)')


class _processes:
    """Web server and worker, as ``dev.py demo`` starts them."""

    def __init__(self, site: Site, port: int, var: Path) -> None:
        self.site, self.log = site, (var / "site.log").open("wb")
        self.commands = [
            [
                sys.executable,
                "-m",
                "gunicorn",
                "config.wsgi",
                "--bind",
                f"127.0.0.1:{port}",
                "--threads",
                "4",
            ],
            [sys.executable, "-m", "celery", "-A", "config", "worker", "-P", "solo", "--loglevel", "WARNING"],
        ]

    def __enter__(self) -> None:
        self.children = [
            subprocess.Popen(c, cwd=ROOT, env=self.site.environment, stdout=self.log, stderr=self.log)
            for c in self.commands
        ]
        wait_for(lambda: _answers(self.site.url), seconds=60)

    def __exit__(self, *_: object) -> None:
        for child in self.children:
            child.terminate()
        for child in self.children:
            child.wait(timeout=30)
        self.log.close()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=5) as response:  # noqa: S310 - our own address
            return bool(response.status == 200)
    except (URLError, OSError):
        return False


def wait_for(condition: Callable[[], bool], *, seconds: float) -> None:
    """Until the condition holds, or fail."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited too long"
        time.sleep(0.2)


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, object]:
    return {
        "executable_path": CHROMIUM,
        "args": ["--no-sandbox", "--disable-quic", "--disable-background-networking"],
    }


@pytest.fixture(scope="session")
def browser_context_args(site: Site) -> dict[str, object]:
    return {
        "base_url": site.url,
        "locale": "ja-JP",
        "timezone_id": "Asia/Tokyo",
        "viewport": {"width": 1366, "height": 768},
    }


@pytest.fixture
def outside(context: BrowserContext, site: Site) -> Iterator[list[str]]:
    """Every request of the journey's browser that left the site and its host of packages: must stay empty."""
    asked: list[str] = []
    host = urlsplit(site.url).netloc
    ours = ("", host, f"packages.{host}")
    context.on(
        "request",
        lambda request: asked.append(request.url) if urlsplit(request.url).netloc not in ours else None,
    )
    yield asked
    assert not asked


@pytest.fixture
def sign_in() -> Callable[[Page, str], None]:
    """Signs somebody in by the form, as people do."""

    def _sign_in(page: Page, login: str, password: str = PASSWORD) -> None:
        page.goto("/accounts/login/")
        page.get_by_label("ログインID").fill(login)
        page.get_by_role("textbox", name="パスワード").fill(password)
        page.get_by_role("button", name="ログイン").click()
        page.wait_for_url(re.compile(r"^(?!.*/accounts/login/).*$"))

    return _sign_in


@pytest.fixture
def new_person(browser: Browser, browser_context_args: dict[str, object]) -> Iterator[Callable[..., Page]]:
    """A browser of somebody else's, apart from this one."""
    opened: list[BrowserContext] = []

    def _new_person(**extra: object) -> Page:
        context = browser.new_context(**{**browser_context_args, **extra})  # type: ignore[arg-type]
        opened.append(context)
        return context.new_page()

    yield _new_person
    for context in opened:
        context.close()
