"""年度, 和暦 and dates as people write them (pure).

A fiscal year is named by the Western year in which it begins: FY2026 is 2026-04-01 to 2027-03-31.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta

FIRST_MONTH = 4
WEEKDAYS = "月火水木金土日"


@dataclass(frozen=True)
class Era:
    """One 元号; year 1 is the Western year of ``start``."""

    name: str
    letter: str
    start: date


# Newest first. The next era is one line here.
ERAS = (
    Era("令和", "R", date(2019, 5, 1)),
    Era("平成", "H", date(1989, 1, 8)),
    Era("昭和", "S", date(1926, 12, 25)),
    Era("大正", "T", date(1912, 7, 30)),
    Era("明治", "M", date(1868, 10, 23)),
)


class DateError(ValueError):
    """A text that is no date, or not only one; ``text`` is what was written."""

    def __init__(self, text: str) -> None:
        super().__init__(f"not a date: {text!r}")
        self.text = text


def fiscal_year(d: date) -> int:
    """The 年度 that a day belongs to: January to March belong to the year before."""
    return d.year if d.month >= FIRST_MONTH else d.year - 1


def fiscal_year_bounds(fy: int) -> tuple[date, date]:
    """The first and the last day of a 年度."""
    return date(fy, FIRST_MONTH, 1), date(fy + 1, FIRST_MONTH, 1) - timedelta(days=1)


def fiscal_year_label(fy: int) -> str:
    """«令和8年度（2026年度）».

    The era is that of 1 May: 2019年度 began in 平成 and is officially 令和元年度 as a whole, while
    the eras that began in July and December gave their name only to the next 年度.
    """
    era = era_of(date(fy, FIRST_MONTH + 1, 1))
    western = f"{fy}年度"
    return f"{era.name}{_year(fy - era.start.year + 1)}度（{western}）" if era else western


def era_of(d: date) -> Era | None:
    """The era of a day; None before 明治."""
    return next((era for era in ERAS if d >= era.start), None)


def written_date(d: date, *, with_weekday: bool = False) -> str:
    """«2026年11月22日», with its weekday «2026年11月22日（日）»: how every page writes a day."""
    weekday = f"（{WEEKDAYS[d.weekday()]}）" if with_weekday else ""
    return f"{d.year}年{d.month}月{d.day}日{weekday}"


def wareki(d: date) -> str:
    """«令和8年4月1日»; a day before 明治 in Western years."""
    era = era_of(d)
    year = f"{era.name}{_year(d.year - era.start.year + 1)}" if era else f"{d.year}年"
    return f"{year}{d.month}月{d.day}日"


# After NFKC: full-width digits and signs are half-width, ㋿ is 令和.
_ERA_NAMES = {key: era for era in ERAS for key in (era.name, era.name[0], era.letter)}
_ERA_PATTERN = "|".join(sorted(_ERA_NAMES, key=len, reverse=True))
_REST = r"(?:\([月火水木金土日祝・]+\))?(?:[T ]?0{1,2}:00(?::00)?)?"
_WESTERN = re.compile(rf"(\d{{4}})(?:年|[./-])(\d{{1,2}})(?:月|[./-])(\d{{1,2}})日?{_REST}")
_WESTERN_TIGHT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_JAPANESE = re.compile(
    rf"({_ERA_PATTERN})(元|\d{{1,2}})(?:年|[./-])(\d{{1,2}})(?:月|[./-])(\d{{1,2}})日?{_REST}", re.IGNORECASE
)
_JAPANESE_TIGHT = re.compile(r"([MTSHR])(\d{2})(\d{2})(\d{2})", re.IGNORECASE)
_MINUS_SIGNS = str.maketrans(dict.fromkeys("‐‑‒–—−ー", "-"))


def parse_date(text: str) -> date:
    """A date from how people and spreadsheets write it: R8.4.1, 令和8年4月1日, 2026/4/1, 20260401.

    A year of an era that had already ended is understood (papers made before 2019 say
    平成33年). A two-digit Western year is refused, because nobody can tell 8/4/1 from 令和8.
    Raises DateError.
    """
    plain = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).translate(_MINUS_SIGNS)
    try:
        if found := _WESTERN.fullmatch(plain) or _WESTERN_TIGHT.fullmatch(plain):
            year, month, day = (int(part) for part in found.groups())
            return date(year, month, day)
        if found := _JAPANESE.fullmatch(plain) or _JAPANESE_TIGHT.fullmatch(plain):
            name, written, month_text, day_text = found.groups()
            return date(_western_year(name, written), int(month_text), int(day_text))
    except ValueError as error:
        raise DateError(text) from error
    raise DateError(text)


def _western_year(era_name: str, written: str) -> int:
    """Raises ValueError for year 0, which no era has."""
    era = _ERA_NAMES[era_name.upper()]
    year = 1 if written == "元" else int(written)
    if year < 1:
        raise ValueError(written)
    return era.start.year + year - 1


def _year(number: int) -> str:
    return "元年" if number == 1 else f"{number}年"
