"""Times of SCORM: what tools write is understood, what we write is understood by tools."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learning.scorm.times import MOST_HOURS, duration, read_duration, read_timespan, timespan

CENTISECONDS = st.integers(0, MOST_HOURS * 360_000).map(lambda n: n * 10)
TIMESPAN = re.compile(r"\d{4}:\d{2}:\d{2}\.\d{2}")


@given(CENTISECONDS)
def test_what_is_written_is_read_again(ms):
    assert read_timespan(timespan(ms)) == ms
    assert read_duration(duration(ms)) == ms


@given(st.integers(-(10**6), 10**15))
def test_what_is_written_has_the_form_of_the_standard(ms):
    assert TIMESPAN.fullmatch(timespan(ms))
    assert re.fullmatch(r"PT(\d+H)?(\d+M)?(\d+(\.\d{2})?S)?", duration(ms))
    assert duration(ms) != "PT"


@given(st.text(max_size=40))
def test_no_text_breaks_the_reader(text):
    for read in (read_timespan, read_duration):
        found = read(text)
        assert found is None or found >= 0


@pytest.mark.parametrize(
    ("text", "ms"),
    [
        ("00:00:10", 10_000),
        ("0001:02:03.45", 3_723_450),
        ("0:5:3", 303_000),
        ("00:00:00.5", 500),
        ("10:00", None),
        ("", None),
        ("-00:00:10", None),
        ("00:00:10.", None),
        ("00:00:１０", None),
    ],
)
def test_timespans_of_scorm_1_2(text, ms):
    assert read_timespan(text) == ms


@pytest.mark.parametrize(
    ("text", "ms"),
    [
        ("PT10S", 10_000),
        ("PT1H2M3.45S", 3_723_450),
        ("P1DT1S", 86_401_000),
        ("P1M", 30 * 86_400_000),
        ("P1Y", 365 * 86_400_000),
        ("PT0.5S", 500),
        ("P", None),
        ("PT", None),
        ("P1D2H", None),
        ("pt10s", None),
        ("PT-1S", None),
    ],
)
def test_durations_of_scorm_2004(text, ms):
    assert read_duration(text) == ms
