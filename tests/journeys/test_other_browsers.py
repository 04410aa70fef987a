"""Exercises in Firefox and WebKit: what only Chromium was asked elsewhere holds there too."""

import os
from collections.abc import Iterator

import pytest

from tests.journeys.browsers import OtherBrowser, programs, start

pytestmark = pytest.mark.journey

EXERCISE = "/courses/l203/l203-p1/"
FRAME = "[data-package-stage] iframe"
STATE = "[data-package-state]"
MAIN = ".fkm-actions button"
CHOOSE = "for (const one of document.querySelectorAll('input[type=radio]')) if (!document.querySelector(`input[name='${one.name}']:checked`)) one.click()"
REACHES = """
  const tried = {};
  const look = (name, work) => { try { work(); tried[name] = "open"; } catch { tried[name] = "closed"; } };
  look("cookies", () => document.cookie);
  look("storage", () => { if (Object.getPrototypeOf(window).localStorage) throw 0; window.parent.localStorage; });
  look("parent", () => window.parent.document.title);
  look("top", () => window.top.document.cookie);
  return tried;
"""


@pytest.fixture(params=["firefox", "webkit"])
def visitor(request, site) -> Iterator[OtherBrowser]:
    if not programs()[request.param]:
        if os.environ.get("CI") == "true":
            pytest.fail(f"CI needs {request.param} (firefox-esr, webkit2gtk-driver and xvfb of Debian)")
        pytest.skip(f"no {request.param} on this machine")
    with start(request.param, site.url) as browser:
        yield browser


def begin(visitor: OtherBrowser) -> None:
    visitor.open(EXERCISE)
    visitor.click("[data-package-open]")


def answer_item(visitor: OtherBrowser) -> None:
    with visitor.frame(FRAME):
        visitor.wait("input[type=radio]")
        visitor.run(CHOOSE)
        visitor.click(MAIN)
        visitor.wait(".fkm-feedback")
        visitor.enter(MAIN)


def test_an_exercise_is_played_left_resumed_finished_and_done_again(visitor):
    begin(visitor)
    answer_item(visitor)
    visitor.frame_reads(FRAME, ".fkm-place", "2問目")
    visitor.reads(STATE, "保存しました。")

    begin(visitor)
    visitor.frame_reads(FRAME, ".fkm-place", "2問目")
    for _item in range(4):
        answer_item(visitor)
    with visitor.frame(FRAME):
        visitor.wait(".fkm-results")
    visitor.reads(STATE, "記録しました")

    visitor.enter("[data-package-again]")
    visitor.frame_reads(FRAME, ".fkm-place", "1問目")


def test_what_was_done_just_before_leaving_is_kept(visitor):
    """No save has gone out yet when the page is left: the last word goes by beacon."""
    begin(visitor)
    answer_item(visitor)
    visitor.open("/")
    begin(visitor)
    visitor.frame_reads(FRAME, ".fkm-place", "2問目")


def test_an_exercise_reaches_nothing_around_it(visitor):
    begin(visitor)
    with visitor.frame(FRAME):
        visitor.wait(".fkm-heading")
        assert visitor.run("return self.origin") == "null"
        reached = visitor.run(REACHES)
    assert set(reached.values()) == {"closed"}, reached
