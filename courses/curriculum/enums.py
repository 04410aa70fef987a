"""What loading a file did to a page."""

from enum import StrEnum


class Change(StrEnum):
    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    CONFLICT = "conflict"  # a person changed the page since: it was kept
