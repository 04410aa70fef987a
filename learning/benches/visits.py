"""What a browser asks for when somebody opens an exercise, the first time and the second."""

import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from http.cookies import SimpleCookie
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.db import connection
from django.utils import timezone

from courses.catalog.pages import CoursePage
from courses.curriculum.actions import load_curriculum
from courses.packages.models import Package, VersionLibrary
from courses.packages.pages import PackagePage
from courses.packages.shipped import load_examples
from learning.benches.world import bench_course
from office.benches.actions import BenchRun
from office.benches.cases import session_headers
from office.benches.rules import Table
from office.benches.servers import HOST, running_server
from office.benches.wire import Wire, counted_wire
from people.accounts.models import User

_BROWSERS = ("chromium", "chromium-browser", "google-chrome")
_COLUMNS = ("exercise", "scripts and styles of its libraries", "visit", "requests", "KiB")


@dataclass(frozen=True)
class Visit:
    """``parts``: how many scripts and styles a browser would ask for if they were not joined."""

    title: str
    url: str
    parts: int


def bench_visits(run: BenchRun, environment: Mapping[str, str]) -> None:
    """Opens each shipped exercise twice in Chromium. Left out, and said so, where there is no browser.

    ``environment``: what the server needs to find the packages of the bench.
    """
    browser = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, _BROWSERS)), "")
    if not (browser and find_spec("playwright")):
        run.report.conditions["visits"] = "left out: no Chromium, or no Playwright"
        return
    person, _made = User.objects.get_or_create(username="bench-visitor")
    # All that the database tells is asked before: Playwright's loop lets no query through.
    visits = [Visit(page.title, page.url or "", _parts(page.package)) for page in _pages(person)]
    cookies = {name: one.value for name, one in SimpleCookie(session_headers(person)["Cookie"]).items()}
    connection.close()
    rows: list[list[str | float]] = []
    with (
        running_server({"DATABASE_URL": run.database_url, **environment}) as server,
        counted_wire(server.port) as wire,
        import_module("playwright.sync_api").sync_playwright() as playwright,
    ):
        chromium = playwright.chromium.launch(executable_path=browser, args=["--no-sandbox"])
        for visit in visits:
            run.say(f"a visit to {visit.title}")
            rows += _visited(chromium, wire, cookies, visit)
        chromium.close()
    run.report.tables.append(Table("requests and bytes of a visit to an exercise", _COLUMNS, rows))


def _pages(person: User) -> list[PackagePage]:
    now = timezone.now()
    packages: dict[str, Package] = load_examples(by=person, at=now)
    load_curriculum(check=False, take_files=False, at=now)
    bench_course("T990", 1, now)
    parent = CoursePage.objects.get(code="T990")
    made = []
    for number, (name, package) in enumerate(sorted(packages.items())):
        if not name.endswith(".h5p"):
            continue
        page = PackagePage(
            title=package.title, slug=f"x{number}", code=f"T990-X{number}", minutes=5, package=package
        )
        parent.add_child(instance=page)
        page.save_revision().publish()
        made.append(page)
    return made


def _visited(chromium: Any, wire: Wire, cookies: Mapping[str, str], visit: Visit) -> list[list[str | float]]:
    """Two visits with one cache; the second begins on an empty page, as on the next day."""
    site = f"http://{HOST}:{wire.port}"
    context = chromium.new_context(base_url=site, locale="ja-JP")
    context.add_cookies([{"name": name, "value": value, "url": site} for name, value in cookies.items()])
    rows: list[list[str | float]] = []
    for time in ("first", "second"):
        wire.reset()
        tab = context.new_page()
        tab.goto(visit.url)
        tab.locator("[data-package-open]").click()
        tab.frame_locator("[data-package-stage] iframe").locator(".fkm-heading").first.wait_for()
        tab.wait_for_load_state("networkidle")
        rows.append([visit.title, visit.parts, time, wire.requests, round(wire.received / 1024, 1)])
        tab.close()
    context.close()
    return rows


def _parts(package: Package) -> int:
    pinned = VersionLibrary.objects.filter(version__package=package).values_list("library__meta", flat=True)
    return sum(len(meta.get(name) or []) for meta in pinned for name in ("preloadedJs", "preloadedCss"))
