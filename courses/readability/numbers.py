"""Numbers with their counters, which a dictionary reads wrongly: 10日 is とおか, 8分 is はっぷん, 四月一日 is しがつついたち.

Only what was seen to go wrong is here; every other counter is left to the dictionary.
"""

import re
import unicodedata
from collections.abc import Iterator

from courses.readability.ruby import Segment

_DAYS = {
    2: "ふつか",
    3: "みっか",
    4: "よっか",
    5: "いつか",
    6: "むいか",
    7: "なのか",
    8: "ようか",
    9: "ここのか",
    10: "とおか",
    14: "じゅうよっか",
    20: "はつか",
    24: "にじゅうよっか",
}
_DIGITS = "0-9０-９"
_KANJI_DIGITS = "一二三四五六七八九"
_VALUES = {"": 0, **{digit: i for i, digit in enumerate(_KANJI_DIGITS, start=1)}}
_SUFFIXES = {"間": "かん", "目": "め", "後": "ご", "前": "まえ", "以内": "いない", "分": "ぶん", "": ""}
_SUFFIX = r"(?P<suffix>間|目|後|前|以内|)"
_POWERS = {"兆": "ちょう", "億": "おく", "万": "まん", "千": "せん", "百": "ひゃく"}

_DAY = re.compile(
    rf"(?P<month>月)?(?<![{_DIGITS}{_KANJI_DIGITS}十.,．，第])(?P<number>[{_DIGITS}]{{1,2}}|[{_KANJI_DIGITS}十]{{1,3}})日{_SUFFIX}(?![本月常])"
)
_PEOPLE = re.compile(rf"(?<![{_DIGITS}.,．，第])(?P<number>[12１２])人(?P<suffix>目|分|)(?!前)")
_MINUTES = re.compile(rf"(?P<last>[{_DIGITS}])分{_SUFFIX}(?!の[{_DIGITS}一])")
_LONG = re.compile(rf"(?P<last>[{_DIGITS}])本(?P<suffix>目|)(?![人語])")
_POWER = re.compile(rf"(?<=[{_DIGITS}])(?P<power>[兆億万千百]+)(?P<yen>円?)")


def find_numbers(text: str) -> Iterator[tuple[int, int, list[Segment]]]:
    """Start, end and the segments that are read there; spans may overlap, the first one found counts."""
    for match in _DAY.finditer(text):
        yield from _day(match)
    for match in _PEOPLE.finditer(text):
        reading = "ひとり" if _whole(match["number"]) == 1 else "ふたり"
        yield match.start(), match.end(), [Segment(match[0], reading + _SUFFIXES[match["suffix"]])]
    for match in _MINUTES.finditer(text):
        counter = "ふん" if _whole(match["last"]) in (2, 5, 7, 9) else "ぷん"
        yield _after_digit(match, counter + _SUFFIXES[match["suffix"]])
    for match in _LONG.finditer(text):
        counter = {3: "ぼん", 1: "ぽん", 6: "ぽん", 8: "ぽん", 0: "ぽん"}.get(_whole(match["last"]), "ほん")
        yield _after_digit(match, counter + _SUFFIXES[match["suffix"]])
    for match in _POWER.finditer(text):
        reading = "".join(_POWERS[power] for power in match["power"]) + ("えん" if match["yen"] else "")
        yield match.start(), match.end(), [Segment(match[0], reading)]


def _day(match: re.Match[str]) -> Iterator[tuple[int, int, list[Segment]]]:
    number, suffix = _whole(match["number"]), match["suffix"]
    start = match.start("number")
    base = match.string[start : match.end()]
    if number == 1:
        reading = "ついたち" if match["month"] and not suffix else "いちにち"
    elif number in _DAYS:
        reading = _DAYS[number]
    elif base[0] in _KANJI_DIGITS + "十" or not 0 < number < 32:
        return
    else:
        yield start + len(match["number"]), match.end(), [Segment("日" + suffix, "にち" + _SUFFIXES[suffix])]
        return
    yield start, match.end(), [Segment(base, reading + _SUFFIXES[suffix])]


def _after_digit(match: re.Match[str], reading: str) -> tuple[int, int, list[Segment]]:
    return match.start() + 1, match.end(), [Segment(match[0][1:], reading)]


def _whole(digits: str) -> int:
    """The value of ``１０``, ``10`` or ``二十四``; 0 for what is no number below 100."""
    plain = unicodedata.normalize("NFKC", digits)
    if plain.isascii():
        return int(plain)
    tens, ten, ones = plain.rpartition("十")
    if len(tens) > 1 or len(ones) > 1:
        return 0
    value = _VALUES[ones]
    return value + 10 * (_VALUES[tens] or 1) if ten else value
