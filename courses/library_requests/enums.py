"""What became of a request."""

from enum import StrEnum


class RequestState(StrEnum):
    OPEN = "open"
    INSTALLED = "installed"
    DECLINED = "declined"
