"""What is wrong with the curriculum's files, told to the person who edits them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, order=True)
class CurriculumError:
    """`line` counts from 1; it is 1 where the whole file is meant, for instance a file that is missing."""

    file: Path
    line: int
    message_ja: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line} {self.message_ja}"


class CurriculumErrors(Exception):
    """All the errors that were found, in the order of files and lines."""

    def __init__(self, errors: Iterable[CurriculumError]) -> None:
        self.errors = tuple(sorted(set(errors)))
        super().__init__("\n".join(map(str, self.errors)))


class ErrorLog:
    """Collects errors, so that an author sees all of them at once and not only the first."""

    def __init__(self) -> None:
        self.errors: list[CurriculumError] = []

    def add(self, file: Path, line: int, message_ja: str) -> None:
        self.errors.append(CurriculumError(file, line, message_ja))

    def raise_if_any(self) -> None:
        if self.errors:
            raise CurriculumErrors(self.errors)
