"""How a value becomes a cell that no spreadsheet program takes for a formula (pure)."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import TypeAlias

Cell: TypeAlias = str | int | float | Decimal | bool | date | datetime | None

# Excel and LibreOffice begin a formula at these, the full-width ones included in a Japanese
# Excel; tab and line ends move the rest of the text into a place of its own.
_BEGINS_FORMULA = tuple("=+-@＝＋－＠\t\r\n")
_BLANKS = " \u00a0\u3000\ufeff\u200b"
# XML 1.0 has no place for these, so that Excel would call the whole file damaged.
_NOT_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NOT_IN_SHEET_TITLE = re.compile(r"[\\/*?:\[\]\x00-\x1f]")
_NOT_IN_FILE_NAME = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f]')
_LONGEST_TITLE = 31
_LONGEST_STEM = 100
NARROWEST, WIDEST = 8, 48


def looks_like_formula(text: str) -> bool:
    """Whether a spreadsheet program might calculate or split this text."""
    return text.startswith(_BEGINS_FORMULA) or text.lstrip(_BLANKS).startswith(_BEGINS_FORMULA)


def escape_formula(text: str) -> str:
    """The text with an apostrophe before it where it could run as a formula."""
    return f"'{text}" if looks_like_formula(text) else text


def csv_cell(value: Cell) -> str:
    """A value as CSV text. Numbers stay as they are; a datetime must already be local time."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M")
    if isinstance(value, str):
        return escape_formula(value.replace("\x00", ""))
    return str(value)


def xml_text(text: str) -> str:
    """The text without characters that make an xlsx file unreadable."""
    return _NOT_IN_XML.sub("", text)


def sheet_title(text: str, number: int = 1) -> str:
    """A title that Excel accepts: 31 UTF-16 units, none of ``\\ / * ? : [ ]``; sheets after the first are numbered."""
    suffix = f" ({number})" if number > 1 else ""
    plain = _NOT_IN_SHEET_TITLE.sub(" ", xml_text(text)).strip("' ") or "Sheet"
    while len((plain + suffix).encode("utf-16-le")) > 2 * _LONGEST_TITLE:
        plain = plain[:-1]
    return plain + suffix


def file_name(text: str, extension: str) -> str:
    """A name that Windows, macOS and Linux can save, with the extension once."""
    stem = _NOT_IN_FILE_NAME.sub("_", text.removesuffix(extension)).strip(". ") or "export"
    return stem[:_LONGEST_STEM] + extension


def column_widths(rows: Iterable[Sequence[Cell]]) -> list[float]:
    """Widths in Excel's units (one half-width character) that show the longest line of each column."""
    widths: list[float] = []
    for row in rows:
        for index, value in enumerate(row):
            if index == len(widths):
                widths.append(NARROWEST)
            widths[index] = max(widths[index], min(WIDEST, _shown_width(value) + 2))
    return widths


def _shown_width(value: Cell) -> int:
    return max((_line_width(line) for line in csv_cell(value).splitlines()), default=0)


def _line_width(line: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "FWA" else 1 for character in line)
