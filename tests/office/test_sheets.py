"""Tables open in Excel as they were meant, and never run what somebody typed."""

import csv
import io
import tracemalloc
from datetime import UTC, date, datetime
from decimal import Decimal
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from office.sheets import exports
from office.sheets.rules import Cell, column_widths, csv_cell, escape_formula, file_name, sheet_title

HEADER = ["氏名", "所属", "修了日"]
DANGEROUS = [
    "=1+1",
    "+81",
    "-5+2",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "＝1+1",
    "＋1",
    "－1",
    "＠SUM",
    "　=1+1",
    " =cmd|'/c calc'!A0",
]


def body(response) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


def csv_rows(response) -> list[list[str]]:
    return list(csv.reader(io.StringIO(body(response).decode("utf-8-sig"), newline="")))


def sheet_of(response, index=0):
    return load_workbook(io.BytesIO(body(response))).worksheets[index]


@pytest.mark.parametrize("text", DANGEROUS)
def test_a_csv_cell_never_begins_a_formula(text):
    assert escape_formula(text) == "'" + text
    rows = csv_rows(exports.csv_response(filename="x", header=["a"], rows=[[text]]))
    assert rows[1] == ["'" + text]


@pytest.mark.parametrize("text", DANGEROUS)
def test_an_xlsx_cell_holds_the_text_itself_and_no_formula(text):
    sheet = sheet_of(exports.xlsx_response(filename="x", title="t", header=["a"], rows=[[text]]))
    cell = sheet["A2"]
    assert cell.data_type == "s"
    assert cell.quotePrefix
    assert cell.value.replace("\r", "\n") == text.replace("\r", "\n")


@pytest.mark.parametrize("text", ["佐藤 花子", "a=b", "10-20", "2026-04-01", "", "ﾃﾞｼﾞﾀﾙ"])
def test_ordinary_text_is_left_alone(text):
    assert escape_formula(text) == text


def test_negative_numbers_stay_numbers():
    assert csv_cell(-5) == "-5"
    assert csv_cell(Decimal("-0.5")) == "-0.5"
    sheet = sheet_of(exports.xlsx_response(filename="x", title="t", header=["a"], rows=[[-5]]))
    assert sheet["A2"].value == -5


def test_csv_has_a_bom_crlf_and_values_that_excel_reads():
    moment = datetime(2026, 3, 31, 16, 5, tzinfo=UTC)
    response = exports.csv_response(
        filename="名簿", header=HEADER, rows=[["𠮷田 髙﨑", None, date(2026, 4, 1)], [1, moment, '"a,b"\n']]
    )
    raw = body(response)
    assert raw.startswith(b"\xef\xbb\xbf")
    assert raw.count(b"\r\n") == 3
    assert raw.decode("utf-8-sig").splitlines()[1] == "𠮷田 髙﨑,,2026-04-01"
    assert "2026-04-01 01:05" in raw.decode("utf-8-sig")


@given(
    st.lists(
        st.lists(
            st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"])),
            min_size=2,
            max_size=2,
        ),
        max_size=5,
    )
)
def test_csv_gives_back_every_text(rows):
    read = list(
        csv.reader(
            io.StringIO(b"".join(exports.csv_pieces(["a", "b"], rows)).decode("utf-8-sig"), newline="")
        )
    )
    assert read[1:] == [[escape_formula(text) for text in row] for row in rows]


def test_csv_memory_stays_flat():
    def rows():
        for number in range(100_000):
            yield [number, "信夫山中学校 1年1組", "令和8年4月1日"]

    tracemalloc.start()
    size = sum(len(piece) for piece in exports.csv_pieces(HEADER, rows()))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert size > 5_000_000
    assert peak < 1_000_000


@pytest.mark.parametrize(
    ("respond", "extension"),
    [
        (lambda name: exports.csv_response(filename=name, header=HEADER, rows=[]), ".csv"),
        (lambda name: exports.xlsx_response(filename=name, title="t", header=HEADER, rows=[]), ".xlsx"),
    ],
)
def test_a_japanese_file_name_survives_and_carries_its_extension_once(respond, extension):
    for name in ("受講状況_令和8年度", f"受講状況_令和8年度{extension}"):
        disposition = respond(name).headers["Content-Disposition"]
        assert disposition.isascii()
        assert unquote(disposition) == f"attachment; filename*=utf-8''受講状況_令和8年度{extension}"


def test_a_download_is_kept_by_no_cache():
    response = exports.csv_response(filename="x", header=HEADER, rows=[])
    assert response.headers["Cache-Control"] == "private, no-store"


def test_file_names_and_sheet_titles_are_ones_that_can_be_saved():
    assert file_name('a/b\\c:"d"\r\nX: 1', ".csv") == "a_b_c__d___X_ 1.csv"
    assert file_name("...", ".csv") == "export.csv"
    assert sheet_title("1年1組: 受講[状況]") == "1年1組  受講 状況"
    assert len(sheet_title("𠮷" * 40, 2).encode("utf-16-le")) <= 62
    assert sheet_title("", 1) == "Sheet"


def test_xlsx_has_a_fixed_filterable_header_and_wide_columns():
    rows: list[list[Cell]] = [["佐藤 花子", "福島市 総務部 税務課", date(2026, 4, 1)]]
    sheet = sheet_of(exports.xlsx_response(filename="x", title="受講状況", header=HEADER, rows=rows))
    assert sheet.title == "受講状況"
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:C2"
    assert [cell.value for cell in sheet[1]] == HEADER
    assert sheet["A1"].font.bold
    assert sheet["A2"].font.bold is False
    assert sheet["C2"].value == datetime(2026, 4, 1)
    assert sheet.column_dimensions["B"].width >= 20


def test_xlsx_takes_odd_text_and_moments():
    rows: list[list[Cell]] = [["a\x00\x0bb\ud800", "#N/A", datetime(2026, 3, 31, 16, 5, tzinfo=UTC)]]
    sheet = sheet_of(exports.xlsx_response(filename="x", title="t", header=HEADER, rows=rows))
    assert sheet["A2"].value == "ab"
    assert (sheet["B2"].value, sheet["B2"].data_type) == ("#N/A", "s")
    assert sheet["C2"].value == datetime(2026, 4, 1, 1, 5)


def test_xlsx_goes_on_in_a_next_sheet_when_one_is_full(monkeypatch):
    monkeypatch.setattr(exports, "_ROWS_IN_SHEET", 3)
    response = exports.xlsx_response(filename="x", title="全員", header=["a"], rows=([n] for n in range(5)))
    book = load_workbook(io.BytesIO(body(response)))
    assert book.sheetnames == ["全員", "全員 (2)", "全員 (3)"]
    assert [cell.value for cell in book["全員 (3)"]["A"]] == ["a", 4]


def test_widths_count_full_width_characters_twice():
    assert column_widths([["あいうえお", "abc"], ["x", "長い\n短"]]) == [12, 8]
    assert column_widths([["長" * 100]]) == [48]
