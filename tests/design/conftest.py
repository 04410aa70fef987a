"""Our pages in a real browser without a server: Chromium asks, Django's test client and the static finders answer.

No live server means no transactional database, so that a kept test database stays as it is.
"""

import mimetypes
import os
from pathlib import Path

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.contrib.staticfiles import finders
from django.test import Client
from playwright.sync_api import Page, Route

CHROMIUM = os.environ.get("CHROMIUM") or "/usr/bin/chromium"
HOST = "http://testserver"


@pytest.fixture(scope="session", autouse=True)
def _django_beside_a_browser() -> None:
    """Playwright keeps an event loop in this thread until the session ends; Django takes it for asynchronous code."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, object]:
    if not Path(CHROMIUM).exists():
        if os.environ.get("CI") == "true":
            pytest.fail(f"CI needs Chromium; there is none at {CHROMIUM}.")
        pytest.skip(f"No Chromium at {CHROMIUM} (set CHROMIUM to its path).")
    return {"executable_path": CHROMIUM, "args": ["--no-sandbox"]}


@pytest.fixture(scope="session")
def browser_context_args() -> dict[str, object]:
    return {"locale": "ja-JP", "viewport": {"width": 1366, "height": 768}}


@pytest.fixture
def site_page(db: None, page: Page) -> Page:
    """A browser page whose requests to ``HOST`` our own code answers."""
    client = Client()
    page.route("**/*", lambda route: _answer(route, client))
    return page


def _answer(route: Route, client: Client) -> None:
    path = route.request.url.removeprefix(HOST)
    if path.startswith("/static/"):
        found = finders.find(path.removeprefix("/static/"))
        assert isinstance(found, str), f"missing static file {path}"
        route.fulfill(path=found, content_type=mimetypes.guess_type(found)[0])
        return
    response = client.get(path)
    route.fulfill(status=response.status_code, body=response.content, content_type=response["Content-Type"])


AXE_RUN = """async () => {
  const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
  const result = await axe.run(document, {
    runOnly: { type: "tag", values: tags.concat("wcag2aaa") },
    rules: { "color-contrast-enhanced": { enabled: true }, "target-size": { enabled: true }, "identical-links-same-purpose": { enabled: false } },
  });
  return result.violations.map((v) => [v.id, v.nodes.slice(0, 3).map((n) => n.target.join(" ") + ": " + n.failureSummary)]);
}"""


def axe_findings(page: Page) -> list[object]:
    """What axe finds on the page: WCAG 2.2 A and AA, best practice, and contrast of 7:1. No exceptions list."""
    page.evaluate(AXE_SCRIPT)
    found: list[object] = page.evaluate(AXE_RUN)
    return found
