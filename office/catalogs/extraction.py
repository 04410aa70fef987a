"""Finds the messages that Python and Django templates ask translations for."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from babel.messages.extract import extract
from django.utils.translation.template import templatize

from office.catalogs.files import PackageFiles

_KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}

Key: TypeAlias = tuple[str, str | None]


@dataclass(frozen=True)
class Found:
    """One place that asks for a message; ``plural`` is None where it has one form."""

    msgid: str
    plural: str | None
    context: str | None
    place: str

    @property
    def key(self) -> Key:
        return self.msgid, self.context


def messages_of(package: PackageFiles) -> dict[Key, Found]:
    """Every message of a package by (msgid, context); the first place that asks for it."""
    found: dict[Key, Found] = {}
    base = package.folder.parent
    for path in package.sources:
        for message in _python(path.read_text(encoding="utf-8"), str(path.relative_to(base))):
            found.setdefault(message.key, message)
    for path in package.templates:
        for message in template_messages(path.read_text(encoding="utf-8"), str(path.relative_to(base))):
            found.setdefault(message.key, message)
    return found


def template_messages(text: str, place: str) -> list[Found]:
    """The messages of one Django template.

    Django turns a template into lines of gettext calls among blanked-out text; stripped of their
    indents these lines pass Python's tokenizer.
    """
    python = "\n".join(line.strip() for line in templatize(text, origin=place).split("\n"))
    return list(_python(python, place))


def _python(text: str, place: str) -> Iterator[Found]:
    for line, message, _comments, context in extract("python", io.BytesIO(text.encode()), keywords=_KEYWORDS):
        forms = message if isinstance(message, tuple) else (message,)
        if forms[0]:
            plural = forms[1] if len(forms) > 1 else None
            yield Found(forms[0], plural, context, f"{place}:{line}")
