"""Downloads: CSV that streams, and xlsx that opens neatly in Excel.

``rows`` may be a generator over ``QuerySet.iterator()``: neither writer keeps the rows.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import chain, islice

from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from openpyxl import Workbook
from openpyxl.cell import Cell as SheetCell
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from office.sheets.rules import (
    Cell,
    column_widths,
    csv_cell,
    file_name,
    looks_like_formula,
    sheet_title,
    xml_text,
)

CSV_TYPE = "text/csv; charset=utf-8"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# Excel 2016 and older take CSV for Shift_JIS without it.
_BOM = "\ufeff"
_CHUNK = 64 * 1024
# Rows looked at to choose column widths.
_SAMPLE = 200
_ROWS_IN_SHEET = 1_048_576
_HEADER_FILL = PatternFill("solid", fgColor="FFE8F1FE")
_HEADER_FONT = Font(bold=True)
_HEADER_ALIGNMENT = Alignment(vertical="center", wrap_text=True)


def csv_response(
    *, filename: str, header: Sequence[str], rows: Iterable[Sequence[Cell]]
) -> StreamingHttpResponse:
    """UTF-8 with BOM, CRLF, formulas escaped; sent in pieces while the rows are read."""
    response = StreamingHttpResponse(csv_pieces(header, rows), content_type=CSV_TYPE)
    _as_download(response, file_name(filename, ".csv"))
    return response


def xlsx_response(
    *, filename: str, title: str, header: Sequence[str], rows: Iterable[Sequence[Cell]]
) -> HttpResponse:
    """A workbook with a fixed, filterable header; more rows than a sheet holds go on in a next sheet."""
    response = HttpResponse(xlsx_bytes(title=title, header=header, rows=rows), content_type=XLSX_TYPE)
    _as_download(response, file_name(filename, ".xlsx"))
    return response


def csv_pieces(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[bytes]:
    """The file in pieces of about 64 KB."""
    buffer = io.StringIO(newline="")
    buffer.write(_BOM)
    writer = csv.writer(buffer, lineterminator="\r\n")
    for row in chain([header], rows):
        writer.writerow([csv_cell(_local(value)) for value in row])
        if buffer.tell() >= _CHUNK:
            yield _taken(buffer)
    yield _taken(buffer)


def xlsx_bytes(*, title: str, header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """The workbook's file."""
    book = Workbook(write_only=True)
    remaining = iter(rows)
    sample = list(islice(remaining, _SAMPLE))
    widths = column_widths([header, *sample])
    remaining = chain(sample, remaining)
    number = 1
    while _write_sheet(book, sheet_title(title, number), header, widths, remaining):
        number += 1
    output = io.BytesIO()
    book.save(output)
    return output.getvalue()


def _write_sheet(
    book: Workbook, title: str, header: Sequence[str], widths: list[float], rows: Iterator[Sequence[Cell]]
) -> bool:
    """Writes one sheet; True when it is full and rows may be left."""
    sheet: Worksheet = book.create_sheet(title)
    for index, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(index)].width = width
    sheet.freeze_panes = "A2"
    sheet.append([_header_cell(sheet, text) for text in header])
    count = 1
    for row in islice(rows, _ROWS_IN_SHEET - 1):
        sheet.append([_xlsx_cell(sheet, value) for value in row])
        count += 1
    if header:
        sheet.auto_filter.ref = f"A1:{get_column_letter(len(header))}{count}"
    return count == _ROWS_IN_SHEET


def _header_cell(sheet: Worksheet, text: str) -> SheetCell:
    cell = _text_cell(sheet, text)
    cell.font = _HEADER_FONT
    cell.fill = _HEADER_FILL
    cell.alignment = _HEADER_ALIGNMENT
    return cell


def _xlsx_cell(sheet: Worksheet, value: Cell) -> Cell | SheetCell:
    value = _local(value)
    return _text_cell(sheet, value) if isinstance(value, str) else value


def _text_cell(sheet: Worksheet, text: str) -> SheetCell:
    """Always text: openpyxl would take "=1+1" for a formula and "#N/A" for an error.

    The quote prefix keeps it text in Excel after a person has edited the cell.
    """
    cell = WriteOnlyCell(sheet, value="")
    cell.value = xml_text(text)
    cell.data_type = "s"
    if looks_like_formula(text):
        cell.quotePrefix = True
    return cell


def _local(value: Cell) -> Cell:
    """A moment in the time of the place, without a zone, which neither format can hold."""
    if isinstance(value, datetime) and timezone.is_aware(value):
        return timezone.make_naive(value)
    return value


def _taken(buffer: io.StringIO) -> bytes:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text.encode("utf-8", errors="replace")


def _as_download(response: HttpResponseBase, name: str) -> None:
    """A saved file under its Japanese name (RFC 5987), kept by no cache: most tables hold people."""
    response.headers["Content-Disposition"] = (
        content_disposition_header(as_attachment=True, filename=name) or ""
    )
    response.headers["Cache-Control"] = "private, no-store"
