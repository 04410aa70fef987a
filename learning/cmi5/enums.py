"""Words of cmi5 (specification, 9 and 10)."""

from enum import StrEnum


class Said(StrEnum):
    """Verbs that are kept as events. The AU says the first five, the platform «waived»."""

    INITIALIZED = "initialized"
    COMPLETED = "completed"
    PASSED = "passed"
    FAILED = "failed"
    TERMINATED = "terminated"
    WAIVED = "waived"


class LaunchMode(StrEnum):
    NORMAL = "Normal"
    BROWSE = "Browse"
    REVIEW = "Review"


class WaivedReason(StrEnum):
    """9.5.5.2."""

    TESTED_OUT = "Tested Out"
    EQUIVALENT_AU = "Equivalent AU"
    EQUIVALENT_OUTSIDE = "Equivalent Outside Activity"
    ADMINISTRATIVE = "Administrative"
