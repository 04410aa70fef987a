"""How an enrollment came to be."""

from enum import StrEnum


class EnrollmentOrigin(StrEnum):
    ASSIGNED = "assigned"
    SELF = "self"
    GUEST = "guest"
