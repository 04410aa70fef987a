"""A SCORM launch in one browser, and what the player would commit."""

import json
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.test import Client

from courses.packages.pages import PackagePage
from learning.launches.models import Launch
from tests.courses.lesson_cases import make_course, make_lesson
from tests.courses.packages.playing import open_it

ORIGIN = "http://packages.localhost:8000"
HOST = "packages.localhost:8000"
MAIL, ANSWERS = "suspicious-mail.zip", "checking-ai-answers.zip"


def at_host(url: str) -> str:
    assert url.startswith(ORIGIN), url
    return url.removeprefix(ORIGIN).split("?")[0]


@dataclass
class Course:
    """One launch: the player of its package host, page by page."""

    addresses: dict[str, Any]
    browser: Client = field(default_factory=lambda: Client(headers={"host": HOST}))
    config: dict[str, Any] = field(default_factory=dict)
    exercise: Any = None

    def page(self, sco: str = ""):
        """Serves the player, with that SCO in it or where the learner goes on."""
        answer = self.browser.get(at_host(self.addresses["play_url"]), {"sco": sco} if sco else {})
        if answer.status_code == 200:
            html = answer.content.decode()
            start = html.index('id="scorm-config">') + len('id="scorm-config">')
            self.config = json.loads(html[start : html.index("</script>", start)])
        return answer

    def body(self, cmi: Any, *, end: bool = False, **more: Any) -> dict[str, Any]:
        self.config["seq"] += 1
        return {"seq": self.config["seq"], "sco": self.config["sco"], "end": end, "cmi": cmi, **more}

    def post(self, body: Any, **headers: str):
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        url = at_host(self.addresses["play_url"]) + "commit/"
        return self.browser.post(url, data, "text/plain", headers=headers)

    def commit(self, cmi: Any, *, end: bool = False):
        return self.post(self.body(cmi, end=end))

    @property
    def launch(self) -> Launch:
        return Launch.objects.get(uuid=self.addresses["launch"])


def opened(browser: Client, exercise: Any, **body: Any) -> Course:
    answer = open_it(browser, exercise, **body)
    assert answer.status_code == 200, answer.content.decode()
    return Course(answer.json())


def mail(
    status: str = "incomplete", raw: str = "", *, place: str = "signs", exit: str = "", time: str = "00:00:30"
):
    """Data of a SCORM 1.2 SCO as the run-time writes it."""
    return {
        "core": {
            "lesson_status": status,
            "lesson_location": place,
            "score": {"raw": raw, "min": "0" if raw else "", "max": "100" if raw else ""},
            "session_time": time,
            "exit": exit,
        },
        "suspend_data": json.dumps({"visited": ["start", place]}),
        "interactions": {"0": {"id": "sender", "student_response": "b", "result": "correct"}},
    }


def check(completion: str, scaled: str = "", **more: Any) -> dict[str, Any]:
    """Data of a SCORM 2004 SCO."""
    score = {"scaled": scaled, "raw": str(float(scaled) * 100), "min": "0", "max": "100"} if scaled else {}
    return {
        "completion_status": completion,
        "success_status": "unknown",
        "score": score,
        "session_time": "PT30S",
        **more,
    }


@pytest.fixture(autouse=True)
def host(settings):
    settings.PACKAGES_ORIGIN = ORIGIN
    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, HOST.split(":")[0]]


@pytest.fixture
def page_of(bring, example):
    """``page_of(MAIL)``: a page of a course that plays this example."""

    def page_of(name: str) -> PackagePage:
        row = bring(example(name), name)
        assert row.version is not None, row.errors
        course = make_course()
        make_lesson(course, [])
        made = PackagePage(title="教材", slug="p1", code="T901-P1", package=row.version.package)
        course.add_child(instance=made)
        made.save_revision().publish()
        found: PackagePage = PackagePage.objects.select_related("activity__course").get(pk=made.pk)
        return found

    return page_of


@pytest.fixture
def begin(page_of, cast, client_for):
    """``begin(MAIL)``: hanako opens it; again for the next time."""
    pages: dict[str, PackagePage] = {}

    def begin(name: str = MAIL, who=None, **body):
        if name not in pages:
            pages[name] = page_of(name)
        course = opened(client_for(who or cast.hanako), pages[name], **body)
        course.exercise = pages[name]
        course.page()
        return course

    return begin
