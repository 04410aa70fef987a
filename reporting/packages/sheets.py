"""Lists of results as sheets."""

from collections.abc import Iterable, Iterator

from django.http import HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from courses.catalog.models import Activity
from learning.launches.queries import has_scores
from office.sheets.exports import csv_response, xlsx_response
from office.sheets.rules import Cell
from reporting.packages.queries import ResultRow
from reporting.packages.words import STANDINGS, TRUST


def result_sheet(
    kind: str, *, filename: str, place: str, activity: Activity, rows: Iterable[ResultRow]
) -> HttpResponseBase:
    """``place`` heads the first column: the number in the class or the unit. Points only where the course gives any."""
    scored = has_scores(activity)
    header = [place, _("Name"), _("Kana"), _("Standing"), pgettext("result", "Attempts")]
    if scored:
        header += [_("Result (of 100)"), _("Kept by the course (of 100)")]
    header += [_("Check of the answers"), _("Attempts that do not count"), _("Last time")]
    cells = _cells(rows, scored=scored)
    if kind == "csv":
        return csv_response(filename=f"{filename}.csv", header=header, rows=cells)
    return xlsx_response(filename=f"{filename}.xlsx", title=activity.title, header=header, rows=cells)


def _cells(rows: Iterable[ResultRow], *, scored: bool) -> Iterator[list[Cell]]:
    for row in rows:
        one: list[Cell] = [row.person.place, row.person.name, row.person.kana, str(STANDINGS[row.standing])]
        one.append(row.counted.count)
        if scored:
            one += [row.counted.points, row.counted.kept_points]
        trust = str(TRUST[row.counted.trust][0]) if row.counted.trust else ""
        yield [*one, trust, row.counted.mismatches, row.last_at]
