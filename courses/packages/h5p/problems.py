"""What can be wrong with a package: a code, the file it was seen in, and a sentence in each language."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from courses.packages.h5p.codes import WARNINGS, Code
from courses.packages.h5p.messages import sentence

LONGEST_SHOWN = 160


class H5PError(Exception):
    """The base of everything that this package raises on purpose."""


class Refused(H5PError):
    """The package as a whole cannot be read; ``problem`` says why."""

    def __init__(self, problem: "Problem") -> None:
        super().__init__(problem.message)
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding. ``file`` is a path inside the package, "" for the package as a whole."""

    code: Code
    file: str = ""
    details: Mapping[str, str] = field(default_factory=dict)

    @property
    def message(self) -> str:
        """The English sentence."""
        return self.said_in("en")

    def said_in(self, language: str) -> str:
        """The sentence in a language of the catalogue, English where it has none."""
        return sentence(self.code, language, {"file": self.file, **self.details})

    @property
    def is_warning(self) -> bool:
        return self.code in WARNINGS

    def as_json(self, language: str = "en") -> dict[str, str]:
        """``{"code", "file", "message"}``, as ``inspect --json`` prints it."""
        return {"code": str(self.code), "file": self.file, "message": self.said_in(language)}


def shown(text: str) -> str:
    """Text of a stranger as it may stand in a message: short, on one line, every odd character visible."""
    visible = "".join(
        char if char.isprintable() else char.encode("unicode_escape").decode() for char in text[:400]
    )
    return visible if len(visible) <= LONGEST_SHOWN else visible[: LONGEST_SHOWN - 1] + "…"


class Problems:
    """Collects findings up to a bound; the same finding is kept once."""

    def __init__(self, most: int = 200) -> None:
        self._most = most
        self._found: dict[tuple[object, ...], Problem] = {}

    def add(self, code: Code, file: str = "", **details: object) -> None:
        """Note one finding; beyond the bound only the fact that there are more (errors make room among warnings)."""
        problem = Problem(code, shown(file), {name: shown(str(value)) for name, value in details.items()})
        if self.full and not problem.is_warning:
            problem = Problem(Code.TOO_MANY_PROBLEMS)
        elif self.full:
            return
        self._found.setdefault((problem.code, problem.file, *sorted(problem.details.items())), problem)

    @property
    def full(self) -> bool:
        return len(self._found) >= self._most

    @property
    def errors(self) -> tuple[Problem, ...]:
        return tuple(problem for problem in self if not problem.is_warning)

    @property
    def warnings(self) -> tuple[Problem, ...]:
        return tuple(problem for problem in self if problem.is_warning)

    def __iter__(self) -> Iterator[Problem]:
        return iter(self._found.values())
