"""The statements resource (Part Three, 2.1) and About (2.8)."""

import json
from datetime import datetime
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import http_date

from learning.clients.actions import note_reading
from learning.clients.enums import LrsScope
from learning.lrs.actions import store_statements
from learning.lrs.doors import Resource
from learning.lrs.enums import StatementFormat
from learning.lrs.filters import Many, One, asked, asked_further, how, uuid_of
from learning.lrs.incoming import Incoming, parts_for, statements_of
from learning.lrs.models import StatementAttachment
from learning.lrs.queries import Found, Page, consistent_through, definitions_of, find_many, find_one
from learning.lrs.refusals import bad, forbidden, missing
from learning.lrs.rules import VERSION, VERSION_2, told_moment, validated
from learning.xapi.checks import moment
from learning.xapi.formats import accepted_languages, canonical, in_short
from learning.xapi.multipart import Part, joined
from learning.xapi.references import activities_in

VERSIONS = ["1.0.0", "1.0.1", "1.0.2", VERSION, VERSION_2]
_CONSISTENT = "X-Experience-API-Consistent-Through"


class AboutResource(Resource):
    """Open to everybody, with any version or none (2.8)."""

    is_open = True
    name = "about"

    def get(self, request: Incoming) -> HttpResponse:
        return JsonResponse({"version": VERSIONS})


class StatementsResource(Resource):
    name = "statements"

    def put(self, request: Incoming) -> HttpResponse:
        """One statement under the id of the address: 204, also when it is here already and the same."""
        self.need(LrsScope.STATEMENTS_WRITE)
        request.only("statementId")
        named = uuid_of(request, "statementId")
        statements, parts, came_as_list = statements_of(request)
        if came_as_list:
            raise bad("a PUT holds one statement, not an array")
        validated(statements, in_list=False, spoken=self.spoken)
        told = statements[0].setdefault("id", str(named))
        if told.lower() != str(named):
            raise bad("the id of the statement is not the statementId of the address")
        self._store(statements, parts)
        return HttpResponse(status=HTTPStatus.NO_CONTENT)

    def post(self, request: Incoming) -> HttpResponse:
        """One statement or an array of them: the ids in order; 204 where all of them were here already."""
        self.need(LrsScope.STATEMENTS_WRITE)
        request.only()
        statements, parts, came_as_list = statements_of(request)
        validated(statements, in_list=came_as_list, spoken=self.spoken)
        ids, new = self._store(statements, parts)
        if ids and not new:
            return HttpResponse(status=HTTPStatus.NO_CONTENT)
        return JsonResponse(ids, safe=False)

    def get(self, request: Incoming) -> HttpResponse:
        self._need_reading()
        wanted, at = asked(request), timezone.now()
        through = consistent_through(at)
        if isinstance(wanted, One):
            found = find_one(self.client, wanted)
            if found is None:
                raise missing("there is no such statement, or this key does not open it")
            body: Any = _formatted(request, [found])[0]
            response = self._answered(request, body, [found], at)
            response["Last-Modified"] = http_date(moment(found.body["stored"]).timestamp())
        else:
            response = self._listed(request, wanted, at)
        response[_CONSISTENT] = told_moment(through)
        return response

    def _need_reading(self) -> None:
        if self.client.reading.is_none:
            raise forbidden("this key does not open any statements")

    def _store(self, statements: list[dict[str, Any]], parts: list[Part]) -> tuple[list[str], int]:
        attached = parts_for(statements, parts)
        if self.guest is not None:
            return self.guest.store(statements, attached, timezone.now())
        return store_statements(client=self.client, statements=statements, parts=attached, at=timezone.now())

    def _listed(self, request: Incoming, wanted: Many, at: datetime) -> HttpResponse:
        page = find_many(self.client, wanted)
        body = {"statements": _formatted(request, page.found), "more": _more(request, page)}
        return self._answered(request, body, page.found, at)

    def _answered(self, request: Incoming, body: Any, found: list[Found], at: datetime) -> HttpResponse:
        own = sum(one.is_own for one in found)
        if found:
            note_reading(client=self.client, statements=len(found), own=own, at=at)
        if not request.flag("attachments"):
            return JsonResponse(body)
        rows = StatementAttachment.objects.filter(statement__in=[one.sequence for one in found])
        parts = {row.sha2: Part(row.content_type, row.sha2, bytes(row.content)) for row in rows}
        kind, content = joined(json.dumps(body).encode(), parts.values())
        return HttpResponse(content, content_type=kind)


class MoreStatementsResource(StatementsResource):
    """The next page; its address is given out by ``more`` and stays good."""

    put = post = None  # type: ignore[assignment]

    def get(self, request: Incoming) -> HttpResponse:
        self._need_reading()
        at = timezone.now()
        through = consistent_through(at)
        response = self._listed(request, asked_further(request), at)
        response[_CONSISTENT] = told_moment(through)
        return response


def _formatted(request: Incoming, found: list[Found]) -> list[dict[str, Any]]:
    kind = how(request)
    bodies = [one.body for one in found]
    if kind == StatementFormat.EXACT:
        return bodies
    if kind == StatementFormat.IDS:
        return [in_short(body) for body in bodies]
    languages = accepted_languages(request.headers.get("accept-language", ""))
    known = definitions_of({iri for body in bodies for iri in activities_in(body)})
    return [canonical(body, known.get, languages) for body in bodies]


def _more(request: Incoming, page: Page) -> str:
    """A relative address that keeps the query (Part Two, 2.5)."""
    if page.next_after is None:
        return ""
    kept = {name: value for name, value in request.params.items() if name != "after"}
    return f"{reverse('learning:xapi_more')}?{urlencode({**kept, 'after': page.next_after})}"
