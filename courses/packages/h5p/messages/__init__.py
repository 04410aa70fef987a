"""Sentences for the codes, by language; plain dictionaries, so that they need no framework."""

from collections.abc import Mapping
from string import Formatter

from courses.packages.h5p.messages import en, ja

CATALOGUES: Mapping[str, Mapping[str, str]] = {"en": en.SENTENCES, "ja": ja.SENTENCES}


class _Gaps(Formatter):
    """Fills what is known and leaves the rest empty: a message never fails."""

    def get_value(self, key: int | str, args: object, kwargs: Mapping[str, object]) -> object:
        return kwargs.get(str(key), "")


def sentence(code: str, language: str, details: Mapping[str, str]) -> str:
    """The sentence of a code. A detail that begins with ``@`` is itself a code of the catalogue."""
    catalogue = CATALOGUES.get(language.split("-")[0].lower(), en.SENTENCES)
    words = {
        name: catalogue.get(value[1:], value[1:]) if value.startswith("@") else value
        for name, value in details.items()
    }
    return _Gaps().format(catalogue.get(code, en.SENTENCES.get(code, code)), **words)
