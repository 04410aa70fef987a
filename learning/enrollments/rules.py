"""How long a completion holds (pure)."""

from datetime import date

from office.calendar.rules import fiscal_year, fiscal_year_bounds


def still_valid(completed_on: date, every: int | None, on: date) -> bool:
    """Whether a completion still holds on a day. ``every`` counts 会計年度: 1 = the 年度 of the completion only.

    None: it holds for ever. The day of the completion does not matter, its 年度 does.
    """
    return every is None or fiscal_year(on) < fiscal_year(completed_on) + every


def valid_until(completed_on: date, every: int | None) -> date | None:
    """The last day on which a completion holds; None = for ever."""
    if every is None:
        return None
    return fiscal_year_bounds(fiscal_year(completed_on) + every - 1)[1]
