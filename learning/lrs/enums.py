"""Kinds of documents and formats of answers (Part Three, 2)."""

from enum import StrEnum


class DocumentKind(StrEnum):
    STATE = "state"
    ACTIVITY_PROFILE = "activity_profile"
    AGENT_PROFILE = "agent_profile"


class StatementFormat(StrEnum):
    IDS = "ids"
    EXACT = "exact"
    CANONICAL = "canonical"
