"""In which characters a text of a package is written. Vendors' pages often do not say, or say it wrongly."""

import codecs
import re

# The names that browsers know (encoding.spec.whatwg.org), in the order in which a text is tried.
_TRIED = {"utf-8": "utf-8", "Shift_JIS": "cp932", "EUC-JP": "euc_jp", "EUC-KR": "cp949", "GBK": "gb18030"}
_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "UTF-16LE"), (b"\xfe\xff", "UTF-16BE"))
_SAID = re.compile(
    rb"""(?:charset|encoding)\s{0,5}=\s{0,5}["']?\s{0,5}([A-Za-z0-9_.:-]{2,40})""", re.IGNORECASE
)
_BY_CODEC = {
    "cp932": "Shift_JIS",
    "shift_jis": "Shift_JIS",
    "euc_jp": "EUC-JP",
    "euc_kr": "EUC-KR",
    "cp949": "EUC-KR",
}
_OTHERS = {"iso2022_jp": "ISO-2022-JP", "gb2312": "GBK", "gbk": "GBK", "gb18030": "GBK", "big5": "Big5"}
_LAST = "windows-1252"


class Listener:
    """Hears a text piece by piece and names its characters at the end; memory does not grow with the text."""

    def __init__(self) -> None:
        self._head = b""
        self._left = {name: codecs.getincrementaldecoder(codec)() for name, codec in _TRIED.items()}

    def hear(self, piece: bytes) -> None:
        if len(self._head) < 2048:
            self._head += piece[: 2048 - len(self._head)]
        self._feed(piece, final=False)

    def _feed(self, piece: bytes, *, final: bool) -> None:
        for name, decoder in list(self._left.items()):
            try:
                decoder.decode(piece, final)
            except UnicodeDecodeError:
                del self._left[name]

    def charset(self) -> str:
        """A mark at the beginning, else UTF-8 where it can be that, else what the text says, else what fits first."""
        self._feed(b"", final=True)
        marked = next((name for mark, name in _MARKS if self._head.startswith(mark)), None)
        if marked:
            return marked
        said = _said(self._head)
        if said == "ISO-2022-JP":  # seven bits: it looks like ASCII
            return said
        if "utf-8" in self._left:
            return "utf-8"
        if said and (said in self._left or said not in _TRIED):
            return said
        return next(iter(self._left), _LAST)


def _said(head: bytes) -> str | None:
    found = _SAID.search(head)
    if found is None:
        return None
    try:
        codec = codecs.lookup(found[1].decode("ascii")).name.replace("-", "_")
    except LookupError:
        return None
    if codec in {"utf_8", "ascii"}:
        return "utf-8"
    return (_BY_CODEC | _OTHERS).get(codec) or (_LAST if codec in {"cp1252", "iso8859_1"} else None)
