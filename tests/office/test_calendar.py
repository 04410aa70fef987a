"""年度 and 和暦, for any day and in every way that people write one."""

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from hypothesis import example, given
from hypothesis import strategies as st

from office.calendar.rules import (
    ERAS,
    DateError,
    fiscal_year,
    fiscal_year_bounds,
    fiscal_year_label,
    parse_date,
    wareki,
)
from office.templatetags import calendar_tags

days = st.dates(date(1868, 10, 23), date(2117, 12, 31))
WIDE = str.maketrans("0123456789./-", "０１２３４５６７８９．／－")


@given(days)
@example(date(2019, 4, 30))
@example(date(2019, 5, 1))
def test_a_day_written_in_wareki_reads_back(day):
    assert parse_date(wareki(day)) == day


@given(
    days,
    st.sampled_from(
        ["{0:%Y}/{0.month}/{0.day}", "{0:%Y-%m-%d}", "{0:%Y%m%d}", "{0.year}年{0.month}月{0.day}日"]
    ),
)
def test_a_western_day_reads_back_in_half_and_full_width(day, form):
    text = form.format(day)
    assert parse_date(text) == day
    assert parse_date(text.translate(WIDE)) == day


@given(days)
def test_a_day_lies_within_its_fiscal_year(day):
    first, last = fiscal_year_bounds(fiscal_year(day))
    assert first <= day <= last
    assert fiscal_year(first - timedelta(days=1)) == fiscal_year(day) - 1
    assert fiscal_year(last + timedelta(days=1)) == fiscal_year(day) + 1


@given(st.integers(1868, 2200))
def test_a_fiscal_year_has_the_days_of_a_year_from_april(fy):
    first, last = fiscal_year_bounds(fy)
    assert (first.month, first.day, last.month, last.day) == (4, 1, 3, 31)
    assert (last - first).days + 1 in {365, 366}
    assert f"（{fy}年度）" in fiscal_year_label(fy) or fiscal_year_label(fy) == f"{fy}年度"


@given(st.text(max_size=20))
def test_any_text_is_a_date_or_a_date_error(text):
    try:
        assert isinstance(parse_date(text), date)
    except DateError as error:
        assert error.text == text


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("R8.4.1", date(2026, 4, 1)),
        ("r8/4/1", date(2026, 4, 1)),
        ("Ｒ８．４．１", date(2026, 4, 1)),
        ("R080401", date(2026, 4, 1)),
        ("令和8年4月1日", date(2026, 4, 1)),
        ("令和８年４月１日", date(2026, 4, 1)),
        (" 令和 8 年 4 月 1 日 ", date(2026, 4, 1)),
        ("令和8年4月1日（水）", date(2026, 4, 1)),
        ("令8.4.1", date(2026, 4, 1)),
        ("㋿元年５月１日", date(2019, 5, 1)),
        ("令和元年5月1日", date(2019, 5, 1)),
        ("平成31年4月30日", date(2019, 4, 30)),
        ("平成33年3月31日", date(2021, 3, 31)),
        ("昭和64年1月7日", date(1989, 1, 7)),
        ("S21.11.3", date(1946, 11, 3)),
        ("2026/4/1", date(2026, 4, 1)),
        ("2026/4/1 0:00", date(2026, 4, 1)),
        ("2026-04-01 00:00:00", date(2026, 4, 1)),
        ("2026-04-01", date(2026, 4, 1)),
        ("2026−04−01", date(2026, 4, 1)),
        ("20260401", date(2026, 4, 1)),
        ("２０２６年４月１日", date(2026, 4, 1)),
    ],
)
def test_it_reads_dates_as_people_write_them(text, day):
    assert parse_date(text) == day


@pytest.mark.parametrize(
    "text",
    ["", "8/4/1", "26/4/1", "令和0年4月1日", "2026/2/30", "R8.13.1", "4月1日", "令和8年度", "2026/4/1 9:30"],
)
def test_it_refuses_what_is_no_full_date(text):
    with pytest.raises(DateError):
        parse_date(text)


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (date(2026, 4, 1), "令和8年4月1日"),
        (date(2019, 5, 1), "令和元年5月1日"),
        (date(2019, 4, 30), "平成31年4月30日"),
        (date(1989, 1, 7), "昭和64年1月7日"),
        (date(1850, 1, 1), "1850年1月1日"),
    ],
)
def test_wareki_changes_with_the_day_of_an_era(day, text):
    assert wareki(day) == text


@pytest.mark.parametrize(
    ("fy", "label"),
    [
        (2026, "令和8年度（2026年度）"),
        (2019, "令和元年度（2019年度）"),
        (2018, "平成30年度（2018年度）"),
        (1989, "平成元年度（1989年度）"),
        (1988, "昭和63年度（1988年度）"),
        (1926, "大正15年度（1926年度）"),
    ],
)
def test_a_fiscal_year_is_named_as_offices_name_it(fy, label):
    assert fiscal_year_label(fy) == label


def test_eras_stand_newest_first_with_one_letter_each():
    assert [era.start for era in ERAS] == sorted((era.start for era in ERAS), reverse=True)
    assert len({era.letter for era in ERAS}) == len(ERAS)


def test_a_moment_late_in_the_utc_day_is_the_next_day_in_japan():
    moment = datetime(2026, 3, 31, 16, 0, tzinfo=UTC)
    assert calendar_tags.wareki(moment) == "令和8年4月1日"
    assert calendar_tags.fiscal_year_label(moment) == "令和8年度（2026年度）"
    assert calendar_tags.fiscal_year_label(2026) == "令和8年度（2026年度）"
    assert calendar_tags.wareki(None) == calendar_tags.fiscal_year_label(None) == ""


def test_pages_write_days_and_moments_in_one_way():
    moment = datetime(2026, 11, 21, 15, 5, 59, tzinfo=UTC)
    assert calendar_tags.day(moment) == '<time datetime="2026-11-22">2026年11月22日</time>'
    assert calendar_tags.day_text(date(2026, 4, 1)) == "2026年4月1日"
    assert calendar_tags.due_day(date(2026, 11, 28)) == (
        '<time datetime="2026-11-28">2026年11月28日（土）</time>'
    )
    assert calendar_tags.due_day_text(date(2026, 11, 30)) == "2026年11月30日（月）"
    assert calendar_tags.moment(moment) == (
        '<time datetime="2026-11-22T00:05+09:00">2026年11月22日 00:05</time>'
    )
    for written in (calendar_tags.day, calendar_tags.due_day, calendar_tags.moment, calendar_tags.day_text):
        assert written(None) == ""


def test_no_page_writes_a_date_in_a_way_of_its_own():
    """Django's ``date`` filter stands only in the ``datetime`` of a ``<time>``, never for what people read."""
    own = [
        (page.name, found)
        for page in Path(settings.BASE_DIR, "templates").glob("**/*.html")
        for found in re.findall(r"[^ {]*\|(?:date|time):.[^'\"]+", page.read_text(encoding="utf-8"))
        if not found.endswith(("'Y-m-d", "'c"))
    ]
    assert own == []
