"""A launch in one browser, and the statements of kept logs as the page would send them."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.test import Client
from django.urls import reverse

from courses.packages.pages import PackagePage
from learning.launches.models import Launch
from learning.progress.models import ActivityProgress

DATA = Path(__file__).parents[2] / "data" / "h5p"
NAME = "true-false-reasons"


@dataclass
class Play:
    """One launch in one browser: sends the statements of a kept log as the page would."""

    browser: Client
    addresses: dict

    def send(self, events=(), states=(), **more):
        body = {"events": list(events), "states": list(states), **more}
        return self.browser.post(self.addresses["events_url"], json.dumps(body), "application/json")

    def beacon(self, events=(), **headers):
        body = json.dumps({"events": list(events), "states": []})
        return Client().post(self.addresses["beacon_url"], body, "text/plain", headers=headers)

    @property
    def launch(self) -> Launch:
        return Launch.objects.get(uuid=self.addresses["launch"])


def open_it(browser: Client, exercise: PackagePage, **body):
    url = reverse("learning:launch_open", args=[exercise.activity.uuid])
    return browser.post(url, json.dumps(body), "application/json")


def log(index: int, exercise: Any) -> Iterator[dict]:
    """The statements of one launch of the kept log, about this page's activity."""
    kept = json.loads((DATA / f"{NAME}.json").read_text())
    here = f"http://localhost:8000/xapi/activities/{exercise.activity.uuid}"
    text = json.dumps(kept["launches"][index]["statements"]).replace(kept["activity"], here)
    for seq, statement in enumerate(json.loads(text), start=1):
        yield {"seq": seq, "statement": statement}


def progress(exercise) -> ActivityProgress:
    return ActivityProgress.objects.get(activity=exercise.activity)
