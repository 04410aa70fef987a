"""Kinds of posts."""

from enum import StrEnum


class AppointmentKind(StrEnum):
    MAIN = "main"  # 本務
    CONCURRENT = "concurrent"  # 兼務
