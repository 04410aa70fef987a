"""The form over all texts of a package: its rows in the order of the content, and what is said about each."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from courses.packages.h5p import TextField
from courses.packages.h5p.text_checks import TextFault, foreign_tags, text_faults, told_tags
from courses.packages.texts import Texts

# More texts than this come in parts, so that a form stays below the number of fields that the site takes.
PART = 400
_WIDE, _TALL = 26, 12


@dataclass
class TextRow:
    """One text in the form. ``before`` is what the version holds, ``value`` what stands in the field now.

    ``beside``: the text of the original in a translation; ``theirs``: what somebody else has saved meanwhile.
    """

    name: str
    about: TextField
    before: str
    value: str
    beside: str | None = None
    theirs: str | None = None
    errors: list[str] = field(default_factory=list)

    @property
    def label(self) -> str:
        """Its own label, without those around it; parts of a list keep the label of the list."""
        last = self.about.labels[-1]
        return " ".join(self.about.labels[-2:]) if last.isdigit() else last

    @property
    def around(self) -> tuple[str, ...]:
        labels = self.about.labels
        return labels[: -2 if labels[-1].isdigit() else -1]

    @property
    def is_changed(self) -> bool:
        return _lines(self.value) != _lines(self.before)

    @property
    def tags(self) -> list[str]:
        return told_tags(self.about)

    @property
    def describedby(self) -> str:
        """Ids of what stands at the field about it."""
        parts = {
            "help": self.about.description,
            "tags": self.tags,
            "length": self.about.max_length,
            "error": self.errors,
            "theirs": self.theirs is not None,
        }
        return " ".join(f"{self.name}-{key}" for key, value in parts.items() if value)

    @property
    def height(self) -> int:
        """Lines of the field, so that a text is seen whole; wide characters count as they are."""
        lines = sum(1 + len(line) // _WIDE for line in self.value.split("\n"))
        return min(max(lines, 1), _TALL)


def _lines(text: str) -> str:
    """Without a browser's line ends, and without NUL, which PostgreSQL keeps in no text."""
    return text.replace("\0", "").replace("\r\n", "\n").replace("\r", "\n")


@dataclass(frozen=True)
class TextGroup:
    """Rows that stand together in the content. ``heading`` names the way to them, "" for those at the top."""

    heading: str
    rows: Sequence[TextRow]


def rows_of(texts: Texts, typed: Mapping[str, str], original: Texts | None = None) -> list[TextRow]:
    """All rows; ``typed`` are texts by path that were entered. Names of fields are their places in the version."""
    found = []
    for place, (path, about) in enumerate(texts.fields.items()):
        before = texts.shown(path) or ""
        beside = original.shown(path) if original else None
        found.append(TextRow(f"t{place}", about, before, typed.get(path, before), beside))
    return found


def typed_in(texts: Texts, data: Mapping[str, str]) -> dict[str, str]:
    """By path, the texts of a form that were changed; a field that was not sent is not changed."""
    found = {}
    for row in rows_of(texts, {}):
        if row.name in data:
            row.value = _lines(data[row.name])
            if row.is_changed:
                found[row.about.path] = row.value
    return found


def check(rows: Sequence[TextRow]) -> list[TextRow]:
    """Says at each changed row what keeps its text out; gives the rows with errors."""
    for row in rows:
        if row.is_changed:
            row.errors = [str(_said(fault, row)) for fault in text_faults(row.about, row.value)]
    return [row for row in rows if row.errors]


def _said(fault: TextFault, row: TextRow) -> str | Promise:
    match fault:
        case TextFault.EMPTY:
            return _("This text cannot be empty. Write something, or put the old text back.")
        case TextFault.TOO_LONG:
            return _("Too long: %(count)s characters. At most %(limit)s fit here.") % {
                "count": len(row.value),
                "limit": row.about.max_length,
            }
        case TextFault.TAGS:
            names = ", ".join(f"<{name}>" for name in foreign_tags(row.about, row.value))
            return _("These marks cannot be used here: %(names)s. Take them out of the text.") % {
                "names": names
            }
        case TextFault.PATTERN:
            return _(
                "The content type takes only texts of a certain form here (%(pattern)s). Compare with the old text."
            ) % {"pattern": row.about.pattern}
        case TextFault.COSTLY:
            return _("There are too many marks in this text. Make it simpler.")


def groups_of(rows: Sequence[TextRow]) -> Iterator[TextGroup]:
    """Rows that follow each other below the same labels, in the order of the content."""
    for around, together in groupby(rows, key=lambda row: row.around):
        yield TextGroup(" › ".join(around), list(together))


def part_of(rows: Sequence[TextRow], number: int) -> Sequence[TextRow]:
    """The rows of one part, from 1; those of the last part for a number that is too high."""
    number = min(max(number, 1), parts_in(rows))
    return rows[(number - 1) * PART : number * PART]


def parts_in(rows: Sequence[TextRow]) -> int:
    return max(1, -(-len(rows) // PART))
