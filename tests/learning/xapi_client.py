"""Another system that talks xAPI to us, as the tests see it."""

import base64
import json
from typing import Any
from uuid import uuid4

from django.test import Client

from learning.clients.actions import create_client
from learning.clients.enums import LrsScope
from tests.cast import AT

ACTOR = {"objectType": "Agent", "mbox": "mailto:xapi@example.jp", "name": "試験"}
VERB = {"id": "http://adlnet.gov/expapi/verbs/attended", "display": {"en": "attended"}}
ACTIVITY = {"objectType": "Activity", "id": "https://example.jp/activities/1"}
VOIDED = {"id": "http://adlnet.gov/expapi/verbs/voided"}


def statement(**parts: Any) -> dict[str, Any]:
    """A plain statement; a part that is None is left out."""
    whole = {"actor": ACTOR, "verb": VERB, "object": ACTIVITY, **parts}
    return {name: value for name, value in whole.items() if value is not None}


def voiding(uuid: str, **parts: Any) -> dict[str, Any]:
    return statement(verb=VOIDED, object={"objectType": "StatementRef", "id": uuid}, **parts)


def account(name: str) -> dict[str, Any]:
    return {"account": {"homePage": "https://example.jp", "name": name}}


class System:
    """A client with a key; its methods give Django's responses."""

    def __init__(self, *scopes: str, name: str = "研修システム") -> None:
        issued = create_client(name=name, scopes=scopes or [LrsScope.ALL], valid_to=None, by=None, at=AT)
        self.row, self.secret = issued.client, issued.secret
        self.browser = Client(raise_request_exception=True, enforce_csrf_checks=True)

    @property
    def authorization(self) -> str:
        return "Basic " + base64.b64encode(f"{self.row.key}:{self.secret}".encode()).decode()

    def send(
        self,
        method: str,
        path: str,
        body: Any = b"",
        *,
        query: dict[str, Any] | None = None,
        kind: str = "application/json",
        version: str | None = "1.0.3",
        **headers: str,
    ):
        """``body``: bytes as they are, or anything as JSON; ``headers`` with _ for -."""
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        told = {name.replace("_", "-"): value for name, value in headers.items()}
        told.setdefault("Authorization", self.authorization)
        if version is not None:
            told["X-Experience-API-Version"] = version
        return self.browser.generic(
            method, f"/xapi/{path}", raw, kind, headers=told, query_params=query or {}
        )

    def post(self, body: Any, path: str = "statements", **more: Any):
        return self.send("POST", path, body, **more)

    def put(self, uuid: str, body: Any, **more: Any):
        return self.send("PUT", "statements", body, query={"statementId": uuid}, **more)

    def get(self, path: str = "statements", **query: Any):
        told = {
            name: json.dumps(value) if isinstance(value, dict) else value for name, value in query.items()
        }
        return self.send("GET", path, query=told)

    def keep(self, *statements: dict[str, Any]) -> list[str]:
        """Puts statements in and gives their ids."""
        answer = self.post(list(statements))
        assert answer.status_code == 200, answer.content
        ids: list[str] = answer.json()
        return ids

    def ids(self, **query: Any) -> list[str]:
        """Ids of what a GET of statements gives."""
        answer = self.get(**query)
        assert answer.status_code == 200, answer.content
        return [one["id"] for one in answer.json()["statements"]]


def new_id() -> str:
    return str(uuid4())
