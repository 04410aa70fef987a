"""Reading a list that was pasted from a sheet or typed: one person a line."""

import re
import unicodedata
from dataclasses import dataclass

from people.accounts.rules import clean_name, normalise_kana, normalise_login_id

MOST_ROWS = 300
MOST_TEXT = 60_000
_KANA = re.compile(r"[ァ-ヺー・ ]+")
_LOGIN = re.compile(r"[a-z0-9][a-z0-9._@+-]*")
_PREFIX = re.compile(r"[a-z0-9][a-z0-9._-]{0,19}")
# Words of a heading line.
_HEADS = {
    "番号",
    "出席番号",
    "氏名",
    "名前",
    "姓",
    "フリガナ",
    "ふりがな",
    "ログインID",
    "ID",
    "組",
    "学年",
    "No",
    "NO",
    "No.",
}


@dataclass(frozen=True)
class PastedRow:
    """One line as it was understood. ``fault``: what is wrong with it, a key of ``rosters.words.FAULTS``; else empty.

    ``login_id`` is empty when the line names none.
    """

    line: int
    text: str
    number: int | None = None
    last_name: str = ""
    first_name: str = ""
    last_name_kana: str = ""
    first_name_kana: str = ""
    login_id: str = ""
    fault: str = ""

    @property
    def name(self) -> str:
        return f"{self.last_name} {self.first_name}".strip()

    @property
    def kana(self) -> str:
        return f"{self.last_name_kana} {self.first_name_kana}".strip()


def read_rows(text: str) -> list[PastedRow]:
    """Every line with something in it: number (may be missing), name, kana, login id (may be missing).

    Cells stand between tabs or commas, or else between spaces. A heading line is passed over.
    """
    rows: list[PastedRow] = []
    for line, raw in enumerate(text.splitlines(), start=1):
        cells = _cells(raw)
        if not cells or (not rows and _is_heading(cells)):
            continue
        rows.append(_row(line, raw.strip()[:200], cells))
    return rows


def is_prefix(text: str) -> bool:
    """Can login ids begin with it?"""
    return _PREFIX.fullmatch(text) is not None


def login_prefix(unit_code: str, fiscal_year: int) -> str:
    """What new login ids begin with unless somebody says otherwise: ``072010-shinobu``, 2026 → ``shinobu26-``."""
    last = re.sub(r"[^a-z0-9]", "", normalise_login_id(unit_code).rpartition("-")[2])[:15] or "id"
    return f"{last}{fiscal_year % 100:02}-"


def free_login_ids(prefix: str, used: set[str], count: int) -> list[str]:
    """``shinobu26-001`` and so on: the next ones after the highest in use."""
    ends = [login.removeprefix(prefix) for login in used if login.startswith(prefix)]
    highest = max((int(end) for end in ends if end.isascii() and end.isdigit()), default=0)
    return [f"{prefix}{highest + step:03}" for step in range(1, count + 1)]


def _cells(raw: str) -> list[str]:
    for sign in ("\t", ",", "，", "、"):
        if sign in raw:
            return [cell.strip(' "\u3000') for cell in raw.split(sign) if cell.strip(' "\u3000')]
    return raw.split()


def _is_heading(cells: list[str]) -> bool:
    return any(cell.strip() in _HEADS for cell in cells)


def _row(line: int, text: str, cells: list[str]) -> PastedRow:
    number, cells = _number(cells)
    login, cells = _login(cells)
    shared = {"line": line, "text": text, "number": number, "login_id": login}
    if number is not None and not 1 <= number <= 999:
        return PastedRow(**shared | {"number": None}, fault="number")  # type: ignore[arg-type]
    parts = _parts(cells)
    if parts is None:
        return PastedRow(**shared, fault="no_kana" if len(cells) < 2 else "columns")  # type: ignore[arg-type]
    last, first, last_kana, first_kana = parts
    row = PastedRow(
        **shared,  # type: ignore[arg-type]
        last_name=clean_name(last),
        first_name=clean_name(first),
        last_name_kana=normalise_kana(last_kana),
        first_name_kana=normalise_kana(first_kana),
    )
    fault = _fault(row)
    return PastedRow(**{**vars(row), "fault": fault}) if fault else row


def _number(cells: list[str]) -> tuple[int | None, list[str]]:
    plain = unicodedata.normalize("NFKC", cells[0]).removesuffix("番")
    if plain.isascii() and plain.isdigit() and len(cells) > 1:
        return int(plain[:6]), cells[1:]
    return None, cells


def _login(cells: list[str]) -> tuple[str, list[str]]:
    plain = normalise_login_id(cells[-1])
    if len(cells) > 1 and _LOGIN.fullmatch(plain):
        return plain, cells[:-1]
    return "", cells


def _parts(cells: list[str]) -> list[str] | None:
    """姓, 名, セイ, メイ from two cells (each with a space inside) or four; None when it cannot be told."""
    if len(cells) == 4:
        return cells
    if len(cells) != 2:
        return None
    name, kana = cells[0].split(maxsplit=1), cells[1].split(maxsplit=1)
    if len(name) != len(kana):
        return ["", "", "", ""]
    return [*name, "", *kana, ""] if len(name) == 1 else [*name, *kana]


def _fault(row: PastedRow) -> str:
    if not row.last_name:
        return "space"
    if not _KANA.fullmatch(f"{row.last_name_kana} {row.first_name_kana}".strip()):
        return "kana"
    if max(map(len, (row.last_name, row.first_name, row.last_name_kana, row.first_name_kana))) > 100:
        return "long"
    return ""
