"""Rows beside the statements of other systems, and the documents that xAPI lets them keep."""

from django.db import models

from learning.clients.models import LrsClient
from learning.lrs.enums import DocumentKind
from learning.records.models import Statement


class ClientStatement(models.Model):
    """Who put a statement in, and what it is found by. Keys are digests (``learning.xapi``)."""

    statement = models.OneToOneField(
        Statement, primary_key=True, on_delete=models.PROTECT, related_name="from_client"
    )
    client = models.ForeignKey(LrsClient, on_delete=models.PROTECT, related_name="statements", db_index=False)
    actor_key = models.UUIDField(null=True)
    verb_key = models.UUIDField()
    object_key = models.UUIDField(null=True)
    registration = models.UUIDField(null=True)
    is_voiding = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(fields=["client", "statement"], name="client_statement_of"),
            models.Index(fields=["actor_key", "statement"], name="client_statement_actor"),
            models.Index(fields=["verb_key", "statement"], name="client_statement_verb"),
            models.Index(fields=["object_key", "statement"], name="client_statement_object"),
            models.Index(
                fields=["registration", "statement"],
                condition=models.Q(registration__isnull=False),
                name="client_statement_registration",
            ),
        ]

    def __str__(self) -> str:
        return str(self.statement_id)


class StatementAttachment(models.Model):
    """The bytes of one attachment of one statement; an attachment by ``fileUrl`` alone has no row."""

    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="attachments")
    sha2 = models.CharField(max_length=128)
    content_type = models.CharField(max_length=255)
    content = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["statement", "sha2"], name="statement_attachment_once")
        ]

    def __str__(self) -> str:
        return self.sha2[:16]


class ActivityDefinition(models.Model):
    """What other systems told of an activity: the canonical definition (Part Two, 2.4.4.1; Part Three, 2.5)."""

    key = models.UUIDField(primary_key=True)
    iri = models.TextField()
    definition = models.JSONField(default=dict)

    def __str__(self) -> str:
        return self.iri[:80]


class Document(models.Model):
    """A document of the State, Activity Profile or Agent Profile resource; each client has its own.

    ``key``: digest of everything that names it; ``owner_key``: of what it belongs to without its own id.
    """

    client = models.ForeignKey(LrsClient, on_delete=models.PROTECT, related_name="documents")
    kind = models.CharField(max_length=20, choices=[(kind.value, kind.value) for kind in DocumentKind])
    key = models.UUIDField()
    owner_key = models.UUIDField()
    registration = models.UUIDField(null=True)
    document_id = models.TextField()
    content_type = models.CharField(max_length=255)
    content = models.BinaryField()
    etag = models.CharField(max_length=40)
    updated_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["client", "key"], name="lrs_document_once")]
        indexes = [models.Index(fields=["client", "owner_key", "updated_at"], name="lrs_document_of")]

    def __str__(self) -> str:
        return self.document_id[:80]
