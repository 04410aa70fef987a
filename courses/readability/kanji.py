"""Which characters are kanji, and in which school grade each is taught."""

from __future__ import annotations

import json
from pathlib import Path

# Extensions A to H, compatibility ideographs, and the two marks that are read like kanji.
_RANGES = ((0x4E00, 0x9FFF), (0x3400, 0x4DBF), (0xF900, 0xFAFF), (0x20000, 0x323AF))
_MARKS = "々〆"
_TABLE = Path(__file__).parent / "data" / "kanji_grades.json"


def _read_grades(path: Path) -> dict[str, int]:
    table = json.loads(path.read_text(encoding="utf-8"))["by_grade"]
    return {char: int(grade) for grade, chars in table.items() for char in chars}


_GRADES = _read_grades(_TABLE)


def is_kanji(char: str) -> bool:
    return char in _MARKS or any(first <= ord(char) <= last for first, last in _RANGES)


def kanji_grade(char: str) -> int | None:
    """School grade 1 to 6 by the table of the 2017 notice; None for characters outside it."""
    return _GRADES.get(char)


def needs_ruby(base: str, grade: int) -> bool:
    """Whether a reader who has finished `grade` needs a reading for `base`; in grade 0 for every kanji.

    々 is as easy as the kanji that it repeats. Kanji outside the table are needed in every grade.
    """
    if grade <= 0:
        return any(is_kanji(char) for char in base)
    return any(_beyond(char, grade) for char in base if char != "々")


def _beyond(char: str, grade: int) -> bool:
    taught = kanji_grade(char)
    return is_kanji(char) and (taught is None or taught > grade)
