"""Firefox (Marionette) and WebKit (WebDriver) behind the few words that a journey needs of them.

Most journeys run in Chromium. Those that must hold in every engine use these, with CSS selectors only.
"""

import glob
import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Protocol, Self

from marionette_driver.errors import MarionetteException
from marionette_driver.marionette import Marionette
from selenium import webdriver
from selenium.common.exceptions import WebDriverException
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.webkitgtk.options import Options
from selenium.webdriver.webkitgtk.service import Service

CSS = "css selector"
PATIENCE = 30.0
# Tall: neither driver scrolls the page around a frame before it clicks inside.
WIDTH, HEIGHT = 1300, 2000
NOT_YET = (MarionetteException, WebDriverException)
FIREFOX_NAMES = ("firefox-esr", "firefox")
WEBKIT_BROWSERS = "/usr/lib/*/webkit2gtk-*/MiniBrowser"


class Engine(Protocol):
    """What both drivers have under other names."""

    def go(self, address: str) -> None: ...
    def find(self, css: str) -> Any: ...
    def into(self, frame: Any) -> None: ...
    def out(self) -> None: ...
    def run(self, script: str) -> Any: ...
    def quit(self) -> None: ...


class Firefox:
    """A headless Firefox with a profile of its own."""

    def __init__(self, program: str, folder: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.driver = Marionette(
            bin=program,
            headless=True,
            port=port,
            gecko_log=str(folder / "gecko.log"),
            prefs={"intl.accept_languages": "ja"},
        )
        self.driver.start_session()
        self.driver.set_window_rect(width=WIDTH, height=HEIGHT)

    def go(self, address: str) -> None:
        self.driver.navigate(address)

    def find(self, css: str) -> Any:
        return self.driver.find_element(CSS, css)

    def into(self, frame: Any) -> None:
        self.driver.switch_to_frame(frame)

    def out(self) -> None:
        self.driver.switch_to_frame()

    def run(self, script: str) -> Any:
        return self.driver.execute_script(script)

    def quit(self) -> None:
        self.driver.quit()
        self.driver.cleanup()
        del self.driver  # it tidies up once more when it goes, which must not be when the interpreter ends


class WebKit:
    """WebKitGTK's small browser on a screen that nobody sees."""

    def __init__(self, program: str) -> None:
        self.screen = subprocess.Popen(
            [shutil.which("Xvfb") or "Xvfb", "-displayfd", "1", "-screen", "0", f"{WIDTH}x{HEIGHT}x24"],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        assert self.screen.stdout is not None
        number = self.screen.stdout.readline().decode().strip()
        options = Options()
        options.binary_location = program
        options.add_argument("--automation")
        service = Service(
            shutil.which("WebKitWebDriver"), env={**os.environ, "DISPLAY": f":{number}", "LANGUAGE": "ja"}
        )
        self.driver = webdriver.WebKitGTK(options=options, service=service)
        self.driver.set_window_size(WIDTH, HEIGHT)

    def go(self, address: str) -> None:
        self.driver.get(address)

    def find(self, css: str) -> Any:
        return self.driver.find_element(CSS, css)

    def into(self, frame: Any) -> None:
        self.driver.switch_to.frame(frame)

    def out(self) -> None:
        self.driver.switch_to.default_content()

    def run(self, script: str) -> Any:
        return self.driver.execute_script(script)

    def quit(self) -> None:
        self.driver.quit()
        self.screen.terminate()
        self.screen.wait(timeout=30)


class OtherBrowser:
    """A browser of one person. Everything waits until it is there, or fails after ``PATIENCE`` seconds."""

    def __init__(self, engine: Engine, site: str) -> None:
        self.engine, self.site = engine, site

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.engine.quit()

    def open(self, path: str) -> None:
        self.engine.go(self.site + path)

    def wait(self, css: str) -> Any:
        """The element, once it is shown."""
        return self._until(lambda: _shown(self.engine.find(css)), css)

    def click(self, css: str) -> None:
        self._until(lambda: self.wait(css).click() or True, css)

    def enter(self, css: str) -> None:
        """By the keyboard."""
        self.wait(css).send_keys(Keys.ENTER)

    def reads(self, css: str, text: str) -> None:
        """Until the element holds the text."""
        self._until(lambda: text in _words(self.engine.find(css)), f"{css} with «{text}»")

    def frame_reads(self, frame: str, css: str, text: str) -> None:
        """The same inside a frame that may be put in anew while we wait."""

        def ask() -> bool:
            try:
                self.engine.into(self.engine.find(frame))
                return text in _words(self.engine.find(css))
            finally:
                self.engine.out()

        self._until(ask, f"{css} in {frame} with «{text}»")

    def run(self, script: str) -> Any:
        return self.engine.run(script)

    @contextmanager
    def frame(self, css: str) -> Iterator[None]:
        self.engine.into(self._until(lambda: self.engine.find(css), css))
        try:
            yield
        finally:
            self.engine.out()

    def _until(self, ask: Any, what: str) -> Any:
        end = time.monotonic() + PATIENCE
        while True:
            try:
                if found := ask():
                    return found
            except NOT_YET:
                pass
            assert time.monotonic() < end, f"{what}: waited too long"
            time.sleep(0.1)


def _words(element: Any) -> str:
    """Firefox breaks the line around readings."""
    return "".join(element.text.split())


def _shown(element: Any) -> Any:
    return element if element.is_displayed() else None


def programs() -> dict[str, str]:
    """Paths of the other browsers on this machine; empty where one is not."""
    firefox = next(filter(None, map(shutil.which, FIREFOX_NAMES)), "")
    webkit = next(iter(sorted(glob.glob(WEBKIT_BROWSERS), reverse=True)), "")  # noqa: PTH207
    has_driver = shutil.which("WebKitWebDriver") and shutil.which("Xvfb")
    return {"firefox": firefox, "webkit": webkit if has_driver else ""}


def start(name: str, site: str) -> OtherBrowser:
    """For a browser that ``programs`` has found."""
    program = programs()[name]
    if name == "webkit":
        return OtherBrowser(WebKit(program), site)
    return OtherBrowser(Firefox(program, Path(tempfile.mkdtemp(prefix="fukumana-firefox-"))), site)
