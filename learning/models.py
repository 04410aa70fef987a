"""Index for Django: the rows of every room."""

from learning.assignments.models import Assignment, Duty
from learning.certificates.models import Certificate
from learning.clients.models import LrsClient, LrsClientDay
from learning.enrollments.models import Enrollment
from learning.forwarding.models import DeadLetter, ForwardCursor
from learning.launches.models import Launch, PackageAttempt, PackageEvent, PackageState
from learning.lrs.models import ActivityDefinition, ClientStatement, Document, StatementAttachment
from learning.progress.models import ActivityProgress, Completion, CourseProgress, FreeText, Place
from learning.records.models import Statement, StatementReference, StatementTarget

__all__ = [
    "ActivityDefinition",
    "ActivityProgress",
    "Assignment",
    "Certificate",
    "ClientStatement",
    "Completion",
    "CourseProgress",
    "DeadLetter",
    "Document",
    "Duty",
    "Enrollment",
    "ForwardCursor",
    "FreeText",
    "Launch",
    "LrsClient",
    "LrsClientDay",
    "PackageAttempt",
    "PackageEvent",
    "PackageState",
    "Place",
    "Statement",
    "StatementAttachment",
    "StatementReference",
    "StatementTarget",
]
