"""Course structures, and an AU as the platform meets it: launched by a learner, speaking through HTTP only."""

import io
import json
import zipfile
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit
from uuid import uuid4

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from learning.cmi5 import words
from learning.records.models import Statement

EXAMPLE = Path(__file__).parents[2] / "data" / "cmi5" / "one-time-codes"
ORIGIN = "http://packages.localhost:8000"
_SPACE = "https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd"
_TEXTS = (
    '<title><langstring lang="ja">{0}</langstring></title>'
    '<description><langstring lang="ja">{0}の説明</langstring></description>'
)


def example_zip() -> bytes:
    return zipped({path.name: path.read_bytes() for path in sorted(EXAMPLE.iterdir())})


def zipped(files: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return made.getvalue()


def iri(name: str) -> str:
    return f"https://au.example.jp/{name}"


def au(
    name: str, move_on: str = "Completed", url: str | None = None, attributes: str = "", more: str = ""
) -> str:
    address = url or f"https://au.example.jp/{name}/start.html"
    return f'<au id="{iri(name)}" moveOn="{move_on}" {attributes}>{_TEXTS.format(name)}<url>{address}</url>{more}</au>'


def block(name: str, *children: str) -> str:
    return f'<block id="{iri(name)}">{_TEXTS.format(name)}{"".join(children)}</block>'


def structure(*children: str, objectives: str = "") -> bytes:
    course = f'<course id="{iri("course")}">{_TEXTS.format("試しのコース")}</course>'
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><courseStructure xmlns="{_SPACE}">'
        f"{course}{objectives}{''.join(children)}</courseStructure>"
    ).encode()


@dataclass
class Unit:
    """One launched AU. It knows what the launch address and the launch data told, and nothing else."""

    address: str
    origin: str = ORIGIN
    token: str = ""
    data: dict[str, Any] = field(default_factory=dict)
    browser: Client = field(default_factory=Client)

    def __post_init__(self) -> None:
        self.asked = dict(parse_qsl(urlsplit(self.address).query))
        self.actor = json.loads(self.asked["actor"])
        self.origin = "{0.scheme}://{0.netloc}".format(urlsplit(self.address))

    def fetch(self):
        path = urlsplit(self.asked["fetch"]).path
        return self.browser.post(path, headers={"Origin": self.origin})

    def start(self) -> "Unit":
        self.token = self.fetch().json()["auth-token"]
        self.data = self.state("LMS.LaunchData").json()
        return self

    def send(self, method: str, path: str, query: dict[str, Any], body: Any = None, **headers: str):
        told = {
            "Authorization": f"Basic {self.token}",
            "X-Experience-API-Version": "1.0.3",
            "Origin": self.origin,
            **{name.replace("_", "-"): value for name, value in headers.items()},
        }
        raw = b"" if body is None else json.dumps(body).encode()
        return self.browser.generic(
            method, f"{urlsplit(self.asked['endpoint']).path}{path}", raw, "application/json", headers=told,
            query_params=query,
        )  # fmt: skip

    def state(self, name: str | None, method: str = "GET", body: Any = None, **changed: Any):
        query = {
            "activityId": self.asked["activityId"],
            "agent": json.dumps(self.actor),
            "registration": self.asked["registration"],
            **({"stateId": name} if name else {}),
            **changed,
        }
        return self.send(method, "activities/state", query, body)

    def statement(
        self, verb: str, *, allowed: bool = False, seconds: float = 0, **result: Any
    ) -> dict[str, Any]:
        """A statement as cmi5 wants it; ``seconds`` later than now by its own timestamp."""
        context = json.loads(json.dumps(self.data["contextTemplate"]))
        context["registration"] = self.asked["registration"]
        if not allowed:
            context["contextActivities"]["category"] = [{"id": words.CATEGORY}]
            if {"success", "completion"} & result.keys():
                context["contextActivities"]["category"].append({"id": words.MOVE_ON_CATEGORY})
        if "score" in result and "masteryScore" in self.data:
            context["extensions"][words.MASTERY] = self.data["masteryScore"]
        if verb not in ("initialized", "experienced"):
            result.setdefault("duration", "PT90S")
        told = timezone.now() + timedelta(seconds=seconds)
        return {
            "id": str(uuid4()),
            "actor": self.actor,
            "verb": {"id": f"http://adlnet.gov/expapi/verbs/{verb}"},
            "object": {"objectType": "Activity", "id": self.asked["activityId"]},
            "context": context,
            "timestamp": told.isoformat().replace("+00:00", "Z"),
            **({"result": result} if result else {}),
        }

    def post(self, *statements: dict[str, Any]):
        body = statements[0] if len(statements) == 1 else list(statements)
        return self.send("POST", "statements", {}, body)

    def say(self, verb: str, **result: Any) -> "Unit":
        answer = self.post(self.statement(verb, **result))
        assert answer.status_code == 200, answer.content.decode()
        return self

    def refused(self, statement: dict[str, Any], section: str = "") -> None:
        """403 with the section of the specification."""
        answer = self.post(statement)
        assert answer.status_code == 403, answer.content.decode()
        assert f"cmi5 {section}" in answer.json()["error"]

    def passed(self, scaled: float = 1.0) -> "Unit":
        return self.say("passed", success=True, score={"scaled": scaled})

    def failed(self, scaled: float = 0.0) -> "Unit":
        return self.say("failed", success=False, score={"scaled": scaled})

    def completed(self) -> "Unit":
        return self.say("completed", completion=True)


def open_page(browser: Client, page, **body):
    url = reverse("learning:launch_open", args=[page.activity.uuid])
    return browser.post(url, json.dumps(body), "application/json", headers={"X-Requested-With": "fetch"})


def bodies(verb: str) -> list[dict]:
    rows = Statement.objects.order_by("pk").values_list("body", flat=True)
    return [body for body in rows if body["verb"]["id"] == verb and "cmi5" in json.dumps(body)]


def list_of(browser: Client, address: str) -> dict[str, str]:
    """Title → where it is opened, as the page has it."""
    body = browser.get(urlsplit(address).path).content.decode()
    forms = body.split('<li class="card">')[1:]
    return {
        form.split("<strong>")[1].split("</strong>")[0]: form.split('action="')[1].split('"')[0]
        for form in forms
    }


def opened(browser: Client, path: str) -> str:
    return str(browser.post(path, headers={"X-Requested-With": "fetch"}).json()["play_url"])
