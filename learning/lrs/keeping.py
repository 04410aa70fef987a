"""Changing documents: PUT, POST and DELETE of State and profiles (Part Three, 2.2, 2.3, 2.6, 2.7, 3.1)."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha1
from uuid import UUID

from django.db import IntegrityError, transaction

from learning.clients.models import LrsClient
from learning.lrs.enums import DocumentKind
from learning.lrs.models import Document
from learning.lrs.refusals import bad, conflict, precondition
from learning.lrs.rules import matches, merged_json, told_json
from learning.xapi.actors import digest
from learning.xapi.checks import Invalid
from learning.xapi.documents import read_json
from learning.xapi.multipart import media_type_of


@dataclass(frozen=True)
class Place:
    """Where a document belongs: its kind, what it is about, and its registration (State only)."""

    client: LrsClient
    kind: DocumentKind
    owner: UUID
    registration: UUID | None = None

    def key(self, document_id: str) -> UUID:
        registration = str(self.registration or "")
        return digest("document", self.kind.value, str(self.owner), registration, document_id)


@dataclass(frozen=True)
class Conditions:
    """The headers If-Match and If-None-Match; ``must_be_said``: a change of what is there needs one of them."""

    if_match: str | None
    if_none_match: str | None
    must_be_said: bool = False

    def check(self, kept: Document | None) -> None:
        etag = kept.etag if kept else None
        if self.if_match is not None and not matches(self.if_match, etag):
            raise precondition("the document is another one by now (If-Match)")
        if self.if_none_match is not None and matches(self.if_none_match, etag):
            raise precondition("there is a document already (If-None-Match)")
        if self.must_be_said and kept and self.if_match is None and self.if_none_match is None:
            raise conflict(
                "there is a document already: read it, and send its ETag in If-Match to replace it,"
                " or If-None-Match: * to make sure that there is none"
            )


def put_document(
    *, place: Place, document_id: str, content: bytes, content_type: str, conditions: Conditions, at: datetime
) -> None:
    """Replaces the document whole. Raises Refused: 409, 412."""
    _change(place, document_id, content, content_type, conditions, at, merge=False)


def post_document(
    *, place: Place, document_id: str, content: bytes, content_type: str, conditions: Conditions, at: datetime
) -> None:
    """Puts the properties of a JSON object into the one that is there. Raises Refused: 400 unless both are objects, 412."""
    _change(place, document_id, content, content_type, conditions, at, merge=True)


@transaction.atomic
def delete_document(*, place: Place, document_id: str, conditions: Conditions) -> None:
    """No error where there is none. Raises Refused: 412."""
    kept = _locked(place, document_id)
    conditions.check(kept)
    if kept is not None:
        kept.delete()


def delete_documents(*, place: Place) -> None:
    """Everything of one agent in one activity; of one registration where the place names one (State only)."""
    documents = Document.objects.filter(client=place.client, owner_key=place.owner, kind=place.kind)
    if place.registration is not None:
        documents = documents.filter(registration=place.registration)
    documents.delete()


def _change(
    place: Place,
    document_id: str,
    content: bytes,
    content_type: str,
    conditions: Conditions,
    at: datetime,
    *,
    merge: bool,
) -> None:
    for is_last_try in (False, True):
        try:
            with transaction.atomic():
                kept = _locked(place, document_id)
                conditions.check(kept)
                if merge:
                    content = _merged(kept, content, content_type)
                _save(place, document_id, kept, content, content_type, at)
            return
        except IntegrityError:
            # Two requests made the same new document: the second looks again at what the first one wrote.
            if is_last_try:
                raise


def _save(
    place: Place, document_id: str, kept: Document | None, content: bytes, content_type: str, at: datetime
) -> None:
    row = kept or Document(
        client=place.client,
        kind=place.kind,
        key=place.key(document_id),
        owner_key=place.owner,
        registration=place.registration,
        document_id=document_id,
    )
    row.content, row.content_type, row.updated_at = content, content_type[:255], at
    row.etag = sha1(content, usedforsecurity=False).hexdigest()
    row.save()


def _merged(kept: Document | None, content: bytes, content_type: str) -> bytes:
    new = _json(content, content_type)
    if kept is None:
        return content
    whole = merged_json(_json(bytes(kept.content), kept.content_type), new)
    if whole is None:
        raise bad("a POST merges JSON objects only: the document that is there or the new one is none")
    return told_json(whole)


def _json(content: bytes, content_type: str) -> object:
    """None for what is no JSON object: that cannot be merged."""
    if media_type_of(content_type)[0] != "application/json":
        return None
    try:
        return read_json(content)
    except Invalid as invalid:
        raise bad(f"the document is no JSON: {invalid}") from None


def _locked(place: Place, document_id: str) -> Document | None:
    documents = Document.objects.select_for_update(of=("self",))
    return documents.filter(client=place.client, key=place.key(document_id)).first()
