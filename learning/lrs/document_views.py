"""State, Activity Profile and Agent Profile (Part Three, 2.2, 2.3, 2.6, 2.7)."""

from http import HTTPStatus
from typing import ClassVar

from django.http import HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.http import http_date

from learning.clients.enums import LrsScope
from learning.lrs.doors import Resource
from learning.lrs.enums import DocumentKind
from learning.lrs.filters import agent_of, iri_of, moment_of, uuid_of
from learning.lrs.incoming import Incoming
from learning.lrs.keeping import (
    Conditions,
    Place,
    delete_document,
    delete_documents,
    post_document,
    put_document,
)
from learning.lrs.models import Document
from learning.lrs.refusals import bad, missing
from learning.lrs.rules import VERSION_2, matches
from learning.xapi.actors import actor_key, digest
from learning.xapi.references import activity_key

_DEFAULT_TYPE = "application/octet-stream"
_MAX_ID = 1000


class DocumentResource(Resource):
    """What the three have in common. Documents belong to the client that keeps them; no other one sees them."""

    kind: ClassVar[DocumentKind]
    scope: ClassVar[LrsScope] = LrsScope.PROFILE
    id_name: ClassVar[str] = "profileId"
    owner_names: ClassVar[tuple[str, ...]]

    def put(self, request: Incoming) -> HttpResponse:
        place, document_id = self._one(request)
        put_document(
            place=place,
            document_id=document_id,
            content=request.body,
            content_type=request.headers.get("content-type") or _DEFAULT_TYPE,
            conditions=self._conditions(request, must_be_said=self._is_careful),
            at=timezone.now(),
        )
        return HttpResponse(status=HTTPStatus.NO_CONTENT)

    def post(self, request: Incoming) -> HttpResponse:
        place, document_id = self._one(request)
        post_document(
            place=place,
            document_id=document_id,
            content=request.body,
            content_type=request.headers.get("content-type") or _DEFAULT_TYPE,
            conditions=self._conditions(request),
            at=timezone.now(),
        )
        return HttpResponse(status=HTTPStatus.NO_CONTENT)

    def delete(self, request: Incoming) -> HttpResponse:
        place, document_id = self._one(request)
        delete_document(place=place, document_id=document_id, conditions=self._conditions(request))
        return HttpResponse(status=HTTPStatus.NO_CONTENT)

    def get(self, request: Incoming) -> HttpResponse:
        if self.id_name not in request.params:
            return self._ids(request)
        place, document_id = self._one(request)
        row = Document.objects.filter(client=place.client, key=place.key(document_id)).first()
        if row is None:
            raise missing("there is no such document")
        unchanged = request.headers.get("if-none-match")
        if unchanged is not None and matches(unchanged, row.etag):
            response = HttpResponse(status=HTTPStatus.NOT_MODIFIED)
        else:
            response = HttpResponse(bytes(row.content), content_type=row.content_type)
        response["ETag"] = f'"{row.etag}"'
        response["Last-Modified"] = http_date(row.updated_at.timestamp())
        # A document is whatever its system put there: no browser shall show or run it.
        response["Content-Security-Policy"] = "sandbox; default-src 'none'"
        return response

    def _ids(self, request: Incoming) -> HttpResponse:
        """Ids of all documents of one place, those stored after ``since`` if that is given."""
        self.need(self.scope)
        request.only(*self.owner_names, "since")
        place = self._place(request)
        rows = Document.objects.filter(client=place.client, owner_key=place.owner, kind=place.kind)
        if place.registration is not None:
            rows = rows.filter(registration=place.registration)
        if "since" in request.params:
            rows = rows.filter(updated_at__gt=moment_of(request, "since"))
        newest = rows.order_by("-updated_at").values_list("updated_at", flat=True).first()
        ids = list(dict.fromkeys(rows.order_by("updated_at", "pk").values_list("document_id", flat=True)))
        response = JsonResponse(ids, safe=False)
        if newest is not None:
            response["Last-Modified"] = http_date(newest.timestamp())
        return response

    def _one(self, request: Incoming) -> tuple[Place, str]:
        self.need(self.scope)
        request.only(*self.owner_names, self.id_name)
        document_id = request.needed(self.id_name)
        if len(document_id) > _MAX_ID:
            raise bad(f"the parameter {self.id_name!r} may have at most {_MAX_ID} characters")
        return self._place(request), document_id

    @property
    def _is_careful(self) -> bool:
        """Whether replacing what is there must be meant: profiles always, states since 2.0 (4.1.4)."""
        return self.kind != DocumentKind.STATE or self.spoken == VERSION_2

    def _place(self, request: Incoming) -> Place:
        raise NotImplementedError

    def _conditions(self, request: Incoming, *, must_be_said: bool = False) -> Conditions:
        told = request.headers
        return Conditions(told.get("if-match"), told.get("if-none-match"), must_be_said)


class StateResource(DocumentResource):
    name = "state"
    kind = DocumentKind.STATE
    scope = LrsScope.STATE
    id_name = "stateId"
    owner_names = ("activityId", "agent", "registration")

    def delete(self, request: Incoming) -> HttpResponse:
        """Without a stateId: all of the agent's state in the activity (2.3)."""
        if self.id_name in request.params:
            return super().delete(request)
        self.need(self.scope)
        request.only(*self.owner_names)
        delete_documents(place=self._place(request))
        return HttpResponse(status=HTTPStatus.NO_CONTENT)

    def _place(self, request: Incoming) -> Place:
        activity, agent = activity_key(iri_of(request, "activityId")), actor_key(agent_of(request))
        registration = uuid_of(request, "registration") if "registration" in request.params else None
        return Place(self.client, self.kind, digest("state", str(activity), str(agent)), registration)


class ActivityProfileResource(DocumentResource):
    name = "activity_profile"
    kind = DocumentKind.ACTIVITY_PROFILE
    owner_names = ("activityId",)

    def _place(self, request: Incoming) -> Place:
        return Place(self.client, self.kind, activity_key(iri_of(request, "activityId")))


class AgentProfileResource(DocumentResource):
    name = "agent_profile"
    kind = DocumentKind.AGENT_PROFILE
    owner_names = ("agent",)

    def _place(self, request: Incoming) -> Place:
        key = actor_key(agent_of(request))
        return Place(self.client, self.kind, digest("agent profile", str(key)))
