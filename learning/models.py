"""Index for Django: the rows of every room."""

from learning.assignments.models import Assignment, Duty
from learning.certificates.models import Certificate
from learning.clients.models import LrsClient, LrsClientDay
from learning.cmi5.models import Cmi5Event, Cmi5Registration, Cmi5Session
from learning.enrollments.models import Enrollment
from learning.forwarding.models import DeadLetter, ForwardCursor
from learning.launches.models import Launch, PackageAttempt, PackageEvent, PackageState
from learning.lrs.models import ActivityDefinition, ClientStatement, Document, StatementAttachment
from learning.progress.models import (
    ActivityProgress,
    Completion,
    CourseProgress,
    FreeText,
    Place,
    RequiredActivities,
)
from learning.records.models import Statement, StatementReference, StatementTarget
from learning.scorm.models import ScormCommit, ScormSession, ScormState

__all__ = [
    "ActivityDefinition",
    "ActivityProgress",
    "Assignment",
    "Certificate",
    "ClientStatement",
    "Cmi5Event",
    "Cmi5Registration",
    "Cmi5Session",
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
    "RequiredActivities",
    "ScormCommit",
    "ScormSession",
    "ScormState",
    "Statement",
    "StatementAttachment",
    "StatementReference",
    "StatementTarget",
]
