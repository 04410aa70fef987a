"""Where a heading may break: between phrases, never inside a word or between a number and its counter.

The model is BudouX, which browsers use for ``word-break: auto-phrase``; here it works in every browser, and its
known slips on short titles are mended. Marked texts become HTML first (``courses.readability.shown``).
"""

import re
from functools import cache, lru_cache

import budoux

_SHORT, _LONG = 2, 9
_NUMERAL = re.compile(r"[0-9０-９一二三四五六七八九十百千万数第約]$")
_NO_START = re.compile(r"^[―—‐・、。，．：）」』】〕？！ーぁぃぅぇぉっゃゅょァィゥェォッャュョ々％%]")
# Between two kana only behind a particle: there the model tears words (まちが｜い, く｜み合わせる).
_TORN = re.compile(r"[ぁ-ん](?<![をはがにでとものへているた])｜[ぁ-ん]|が｜い")
_NO_END = re.compile(r"[（「『【〔]$")
_TURN = re.compile(
    r"(?<=[ぁ-ん])(?=[一-鿿])|(?<=[一-鿿ァ-ヺー][とのをはがにでも])(?=[ぁ-んァ-ヺ])|(?<=[ァ-ヺー])(?=[一-鿿])|(?<=[―—／・])"
)
_PART = re.compile(r"(<rt\b.*?</rt>|<rp\b.*?</rp>|<[^>]*>|&[#\w]+;)", re.DOTALL)
_BREAK = "<wbr>"


@lru_cache(maxsize=4096)
def phrases(text: str) -> tuple[str, ...]:
    """The phrases of a plain text; joined they are the text again."""
    found = _joined(_parser().parse(text)) if text else []
    return tuple(part for phrase in found for part in (_halves(phrase) if len(phrase) > _LONG else [phrase]))


@lru_cache(maxsize=2048)
def phrased_html(html: str) -> str:
    """HTML of one line of words (also with ruby) with ``<wbr>`` between its phrases, none inside a ruby."""
    parts = _PART.split(html)
    plain = "".join(part if i % 2 == 0 else _sign(part) for i, part in enumerate(parts))
    ends, position = set(), 0
    for phrase in phrases(plain):
        position += len(phrase)
        ends.add(position)
    ends.discard(len(plain))
    return _broken(parts, ends)


def _broken(parts: list[str], ends: set[int]) -> str:
    out, position, depth = [], 0, 0
    for i, part in enumerate(parts):
        depth += part.startswith("<ruby") - part.startswith("</ruby")
        text = part if i % 2 == 0 else _sign(part)
        if i % 2:
            out.append(part)
            position += len(text)
        else:
            for char in text:
                out.append(char)
                position += 1
                if position in ends and not depth:
                    out.append(_BREAK)
                    ends.discard(position)
        # An end that fell on the last kanji of a ruby stands behind the whole of it.
        if part.startswith("</ruby") and position in ends:
            out.append(_BREAK)
            ends.discard(position)
    return "".join(out)


def _sign(part: str) -> str:
    """What a tag or an entity is among the letters: nothing, or one sign."""
    return "＆" if part.startswith("&") else ""


def _joined(found: list[str]) -> list[str]:
    """Phrases too short to stand alone, torn numbers and marks that begin no line go to their neighbour."""
    joined: list[str] = []
    for phrase in found:
        if joined and not _may_part(joined[-1], phrase):
            joined[-1] += phrase
        else:
            joined.append(phrase)
    return joined


def _may_part(before: str, after: str) -> bool:
    return not (
        len(before) <= _SHORT
        or _NUMERAL.search(before)
        or _NO_END.search(before)
        or _NO_START.match(after)
        or _TORN.match(f"{before[-1]}｜{after[0]}")
    )


def _halves(phrase: str) -> list[str]:
    """A phrase too long for one line of a phone in large letters, where its script turns."""
    return _joined([part for part in _TURN.split(phrase) if part])


@cache
def _parser() -> budoux.Parser:
    return budoux.load_default_japanese_parser()
