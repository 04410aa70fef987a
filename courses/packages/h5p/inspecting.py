"""Looking at a package from a shell: ``python -m courses.packages.h5p FILE``."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from courses.packages.h5p.describing import Assessment, Description, assess, describe
from courses.packages.h5p.libraries import NO_LIBRARIES, Libraries, LibraryIndex
from courses.packages.h5p.limits import DEFAULT_LIMITS, Limits
from courses.packages.h5p.package import Package, read_package


@dataclass(frozen=True, slots=True)
class Inspection:
    """The verdict on one file, and the facts that could be read."""

    assessment: Assessment
    description: Description

    @property
    def ok(self) -> bool:
        """Whether the package can be taken."""
        return self.assessment.ok

    def as_json(self, language: str = "en") -> dict[str, Any]:
        """``{"ok", "main_library", "libraries", "errors", "warnings", …}``; findings as code, file, message."""
        facts = self.description
        return {
            "ok": self.ok,
            "title": facts.title,
            "main_library": facts.main_library,
            "libraries": list(facts.libraries),
            "language": facts.language,
            "license": facts.license,
            "authors": [author.name for author in facts.authors],
            "content_files": facts.content_files,
            "unpacked_size": facts.unpacked_size,
            "max_score": facts.max_score,
            "completion": facts.completion,
            "external": [reference.url for reference in facts.references],
            "accessibility": facts.accessibility,
            "errors": [problem.as_json(language) for problem in self.assessment.errors],
            "warnings": [problem.as_json(language) for problem in self.assessment.warnings],
        }

    def lines(self, language: str = "en") -> list[str]:
        """The same for a person."""
        facts, words = self.description, WORDS[language if language in WORDS else "en"]
        lines = [
            words["ok"] if self.ok else words["refused"],
            f"{words['title']}: {facts.title}",
            f"{words['main']}: {facts.main_library}",
            f"{words['libraries']}: {', '.join(facts.libraries)}",
        ]
        for heading, problems in (("errors", self.assessment.errors), ("warnings", self.assessment.warnings)):
            if problems:
                lines.append(f"{words[heading]}:")
                lines += [f"  {problem.code}  {problem.said_in(language)}" for problem in problems]
        return lines


WORDS = {
    "en": {
        "ok": "This package can be taken.",
        "refused": "This package cannot be taken.",
        "title": "Title",
        "main": "Main library",
        "libraries": "Libraries",
        "errors": "Errors",
        "warnings": "Warnings",
    },
    "ja": {
        "ok": "このパッケージは取り込めます。",
        "refused": "このパッケージは取り込めません。",
        "title": "題名",
        "main": "中心となるライブラリー",
        "libraries": "ライブラリー",
        "errors": "直すところ",
        "warnings": "知っておくこと",
    },
}


def read_file(path: Path, limits: Limits = DEFAULT_LIMITS) -> Package:
    """Read a package from a file. Raises ``OSError`` when there is none."""
    with path.open("rb") as source:
        return read_package(source, name=path.name, limits=limits)


def libraries_of(paths: Sequence[Path]) -> Libraries:
    """The libraries of some packages, as if they were installed. Raises ``OSError``."""
    return Libraries([library for path in paths for library in read_file(path).libraries])


def inspect(
    path: Path,
    *,
    installed: LibraryIndex = NO_LIBRARIES,
    language: str = "en",
    limits: Limits = DEFAULT_LIMITS,
) -> Inspection:
    """Look at a file without keeping anything of it. Raises ``OSError`` when there is no such file."""
    assessment = assess(read_file(path, limits), installed)
    return Inspection(assessment, describe(assessment, language))
