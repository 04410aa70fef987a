"""What can be wrong with a package of web pages: codes, and where each was seen. The words are the platform's."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from courses.packages.h5p.problems import Problem, Problems, shown


class WebCode(StrEnum):
    """Beyond the codes of the archive, which are those of the H5P core."""

    PROGRAM = "program"
    # warnings
    UNKNOWN_KIND = "unknown-kind"
    FLASH = "flash"
    LOOKS_DIFFERENT = "looks-different"
    OUTSIDE = "outside"


@dataclass(frozen=True, slots=True)
class WebFound:
    """``file`` is a path inside the package, ``detail`` what was found there; both fit to be shown."""

    code: str
    file: str = ""
    detail: str = ""


class WebProblems:
    """Findings of the archive and of its files; each once, bounded."""

    def __init__(self, most: int = 200) -> None:
        self.archive = Problems(most)
        self._most = most
        self._errors: dict[WebFound, None] = {}
        self._warnings: dict[WebFound, None] = {}

    def add(self, code: str, file: str = "", detail: str = "") -> None:
        """The package is refused for it."""
        if len(self._errors) < self._most:
            self._errors.setdefault(WebFound(code, shown(file), shown(detail)))

    def warn(self, code: str, file: str = "", detail: str = "") -> None:
        """The author should know it; the package is taken."""
        if len(self._warnings) < self._most:
            self._warnings.setdefault(WebFound(code, shown(file), shown(detail)))

    @property
    def is_bad(self) -> bool:
        return bool(self.archive.errors or self._errors)

    @property
    def errors(self) -> Iterator[Problem | WebFound]:
        yield from self.archive.errors
        yield from self._errors

    @property
    def warnings(self) -> Iterator[Problem | WebFound]:
        yield from self.archive.warnings
        yield from self._warnings
