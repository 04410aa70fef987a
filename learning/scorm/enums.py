"""Words of SCORM run-time data."""

from enum import StrEnum


class Completion(StrEnum):
    """``cmi.completion_status`` of SCORM 2004 (RTE 4.2.4); 1.2 is mapped to it."""

    UNKNOWN = "unknown"
    INCOMPLETE = "incomplete"
    COMPLETED = "completed"


class Success(StrEnum):
    """``cmi.success_status`` of SCORM 2004 (RTE 4.2.22)."""

    UNKNOWN = "unknown"
    PASSED = "passed"
    FAILED = "failed"


class Exit(StrEnum):
    """``cmi.exit`` (RTE 4.2.8) and ``cmi.core.exit`` (1.2 RTE 3.4.4)."""

    NORMAL = "normal"
    SUSPEND = "suspend"
    TIME_OUT = "time-out"
    LOGOUT = "logout"
    NONE = ""


class Fault(StrEnum):
    """Why a value was left out or a commit does not count; kept with the commit."""

    NUMBER = "number"  # a score is no finite number
    RANGE = "range"  # min is not below max: 0 to 100 is taken
    CLAMPED = "clamped"  # a score lay outside its bounds
    TIME = "time"  # the session time cannot be read, or is longer than the page was open
    STATUS = "status"  # a word that SCORM does not know
    LATE = "late"  # a newer commit of the same SCO was here first
    REVIEW = "review"  # looked at again without credit
    SUPERSEDED = "superseded"  # the package was opened anew in another window
