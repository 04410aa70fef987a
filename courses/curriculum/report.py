"""What a run of ``load_curriculum`` did, or would do, in words for the person who runs it."""

from collections.abc import Callable
from dataclasses import dataclass, field

from courses.curriculum.enums import Change

_WORDS = {
    Change.CREATED: "新規",
    Change.UPDATED: "更新",
    Change.UNCHANGED: "変更なし",
    Change.CONFLICT: "競合",
}


@dataclass(frozen=True)
class Entry:
    """One page, quiz or set of data: the ``number``-th of ``total``. ``detail`` says why a conflict is one."""

    code: str
    title: str
    change: Change
    detail: str = ""
    number: int = 0
    total: int = 0

    def __str__(self) -> str:
        line = f"{_WORDS[self.change]}  {self.code} {self.title}".rstrip()
        return f"{line}（{self.detail}）" if self.detail else line


@dataclass
class Report:
    """Entries in the order of the work; ``tell`` hears of each of the ``expected`` ones as it is done."""

    tell: Callable[[Entry], None] = lambda entry: None
    expected: int = 0
    entries: list[Entry] = field(default_factory=list)

    def add(self, code: str, title: str, change: Change | str, detail: str = "") -> None:
        number = len(self.entries) + 1
        entry = Entry(code, title, Change(change), detail, number, max(number, self.expected))
        self.entries.append(entry)
        self.tell(entry)

    def of(self, change: Change) -> list[Entry]:
        return [entry for entry in self.entries if entry.change == change]

    @property
    def changed(self) -> list[Entry]:
        return [entry for entry in self.entries if entry.change in (Change.CREATED, Change.UPDATED)]

    @property
    def conflicts(self) -> list[Entry]:
        return self.of(Change.CONFLICT)

    def summary(self) -> str:
        return "、".join(f"{word} {len(self.of(change))}件" for change, word in _WORDS.items())
