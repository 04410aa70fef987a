"""Takes the README's pictures from a running demo: ``.venv/bin/python docs/screenshots.py [http://localhost:8000]``.

Needs the packages of the tests (``python3 dev.py test`` brings them) and a Chromium (CHROMIUM= its path).
"""

import os
import shutil
import sys
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

IMAGES = Path(__file__).resolve().parent / "images"
PASSWORD = "himawari-2026"  # noqa: S105 - the example accounts of a demo

# name → (login id or None, address, width, height)
PICTURES = {
    "home": ("hanako", "/learning/", 1200, 800),
    "lesson": ("hanako", "/courses/s105/l1/", 1200, 800),
    "large": (None, "/courses/l203/l1/?face=large", 900, 1000),
    "progress": ("kenshu", "/reports/people/", 1200, 900),
    "strategy": (None, "/strategy/", 1200, 900),
}


def sign_in(page: Page, base: str, login: str) -> None:
    page.goto(f"{base}/accounts/login/")
    page.locator("input[name=login]").fill(login)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_load_state("networkidle")


def take(browser: Browser, base: str, name: str) -> None:
    login, address, width, height = PICTURES[name]
    context = browser.new_context(
        viewport={"width": width, "height": height}, locale="ja-JP", timezone_id="Asia/Tokyo"
    )
    page = context.new_page()
    if login:
        sign_in(page, base, login)
    page.goto(base + address)
    page.wait_for_load_state("networkidle")
    page.screenshot(path=IMAGES / f"{name}.png")
    context.close()


def main() -> None:
    base = (sys.argv[1] if len(sys.argv) > 1 else "http://localhost:8000").rstrip("/")
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium") or "/usr/bin/chromium"
    IMAGES.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-quic"]
        )
        for name in PICTURES:
            take(browser, base, name)
            sys.stdout.write(f"docs/images/{name}.png\n")
        browser.close()


if __name__ == "__main__":
    main()
