"""Put a reading above the kanji of a word only: 取り組む and とりくむ give 取(と) り 組(く) む."""

import re

from courses.readability.kanji import is_kanji
from courses.readability.ruby import Segment

# Small and full ケ and カ between kanji are read か or が (一ヶ月, 霞ヶ関): they belong to the kanji.
_COUNTING = "ヶヵケカ"


def align(surface: str, reading: str) -> list[Segment]:
    """Segments that spell ``surface``. ``reading`` is kana; "" gives plain text.

    A word whose kana cannot be found in its reading is read as a whole when it is all kanji, and stays plain
    otherwise: a wrong reading is worse than none.
    """
    reading = hiragana(reading)
    runs = _runs(surface)
    if not reading or not any(kanji for kanji, _ in runs) or not _is_kana(reading):
        return [Segment(surface)]
    pattern = "".join("(.+?)" if kanji else re.escape(hiragana(run)) for kanji, run in runs)
    match = re.fullmatch(pattern, reading)
    if match is None:
        return [Segment(surface)]
    readings = iter(match.groups())
    return [Segment(run, next(readings)) if kanji else Segment(run) for kanji, run in runs]


def hiragana(text: str) -> str:
    """Katakana as hiragana; the long mark ー stays."""
    return "".join(chr(ord(char) - 0x60) if "ァ" <= char <= "ヶ" else char for char in text)


def _is_kana(text: str) -> bool:
    return all("ぁ" <= char <= "ゖ" or char == "ー" for char in text)


def _runs(surface: str) -> list[tuple[bool, str]]:
    runs: list[tuple[bool, str]] = []
    for i, char in enumerate(surface):
        kanji = is_kanji(char) or _counts(surface, i)
        if runs and runs[-1][0] == kanji:
            runs[-1] = (kanji, runs[-1][1] + char)
        else:
            runs.append((kanji, char))
    return runs


def _counts(surface: str, i: int) -> bool:
    if surface[i] not in _COUNTING or not is_kanji(surface[i + 1 : i + 2] or "-"):
        return False
    return is_kanji(surface[i - 1]) if i else surface[i] in "ヶヵ"
