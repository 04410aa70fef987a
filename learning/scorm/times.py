"""Times of SCORM as whole milliseconds and back (pure)."""

import re

_TIMESPAN = re.compile(r"(?P<h>\d{1,6}):(?P<m>\d{1,2}):(?P<s>\d{1,2})(?:\.(?P<f>\d{1,9}))?", re.ASCII)
_DURATION = re.compile(
    r"P(?=.)(?:(?P<y>\d{1,6})Y)?(?:(?P<mo>\d{1,6})M)?(?:(?P<d>\d{1,6})D)?"
    r"(?:T(?=.)(?:(?P<h>\d{1,9})H)?(?:(?P<m>\d{1,9})M)?(?:(?P<s>\d{1,9})(?:\.(?P<f>\d{1,9}))?S)?)?",
    re.ASCII,
)
_SECOND = 1000
_MINUTE = 60 * _SECOND
_HOUR = 60 * _MINUTE
_DAY = 24 * _HOUR
# RTE 4.1.1.7 leaves the length of months and years to the platform.
_MONTH = 30 * _DAY
_YEAR = 365 * _DAY
MOST_HOURS = 9999


def read_timespan(text: str) -> int | None:
    """CMITimespan of SCORM 1.2, ``HHHH:MM:SS.SS`` (RTE 3.4.3), in ms; None where it is none.

    Fewer or more digits than the standard asks for are understood: authoring tools slip here.
    """
    found = _TIMESPAN.fullmatch(text)
    if found is None:
        return None
    return _whole(found, "h", _HOUR) + _whole(found, "m", _MINUTE) + _seconds(found)


def read_duration(text: str) -> int | None:
    """ISO 8601 duration as SCORM 2004 uses it (RTE 4.1.1.7), ``P1DT2H3M4.56S``, in ms; None where it is none."""
    found = _DURATION.fullmatch(text)
    if found is None:
        return None
    dates = _whole(found, "y", _YEAR) + _whole(found, "mo", _MONTH) + _whole(found, "d", _DAY)
    return dates + _whole(found, "h", _HOUR) + _whole(found, "m", _MINUTE) + _seconds(found)


def timespan(ms: int) -> str:
    """``HHHH:MM:SS.SS``; hundredths are cut, and what is longer than 9999 hours is 9999 hours."""
    hours, rest = divmod(max(0, ms), _HOUR)
    if hours > MOST_HOURS:
        hours, rest = MOST_HOURS, 0
    minutes, rest = divmod(rest, _MINUTE)
    seconds, rest = divmod(rest, _SECOND)
    return f"{hours:04d}:{minutes:02d}:{seconds:02d}.{rest // 10:02d}"


def duration(ms: int) -> str:
    """``PT1H2M3.45S``; hundredths are cut, as the standard keeps two places. Zero is ``PT0S``."""
    hours, rest = divmod(max(0, ms), _HOUR)
    minutes, rest = divmod(rest, _MINUTE)
    seconds, hundredths = divmod(rest // 10, 100)
    second = f"{seconds}.{hundredths:02d}S" if hundredths else f"{seconds}S"
    parts = f"{hours}H" if hours else "", f"{minutes}M" if minutes else ""
    return f"PT{parts[0]}{parts[1]}{second if second != '0S' or not any(parts) else ''}"


def _whole(found: re.Match[str], name: str, unit: int) -> int:
    return int(found[name] or 0) * unit


def _seconds(found: re.Match[str]) -> int:
    return _whole(found, "s", _SECOND) + int((found["f"] or "0")[:3].ljust(3, "0"))
