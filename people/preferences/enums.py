"""Faces of a lesson and other reading choices."""

from enum import StrEnum


class Face(StrEnum):
    STANDARD = "standard"  # 標準
    RUBY = "ruby"  # ふりがな
    EASY = "easy"  # やさしい日本語
    LARGE = "large"  # 大きな画面


class TextSize(StrEnum):
    NORMAL = "normal"
    LARGER = "larger"
    LARGEST = "largest"


class Contrast(StrEnum):
    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"
    HIGH = "high"
