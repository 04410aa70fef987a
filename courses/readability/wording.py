"""Words and patterns that make a Japanese text hard, as data and the searches over it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from unicodedata import normalize

from courses.readability.kanji import is_kanji

# A start, not a standard: each body keeps its own list and passes it in.
EASIER: Mapping[str, str] = {
    "提出する": "出す",
    "提出して": "出して",
    "記入する": "書く",
    "記入して": "書いて",
    "持参": "持って来る",
    "送付": "送る",
    "返送": "送り返す",
    "受領": "受け取る",
    "交付": "わたす",
    "申請": "申しこむ",
    "届出": "知らせる",
    "届け出": "知らせる",
    "閲覧": "見る",
    "該当": "あてはまる",
    "可能です": "できます",
    "不可": "できません",
    "必須": "かならず必要",
    "以降": "から後",
    "速やかに": "すぐに",
    "至急": "すぐに",
    "遵守": "まもる",
    "厳守": "かならずまもる",
    "土足厳禁": "くつをぬいでください",
    "避難する": "にげる",
    "実施": "する",
    "開始": "はじまる",
    "終了": "おわる",
    "使用": "使う",
    "利用": "使う",
    "購入": "買う",
    "支給": "くばる",
    "配布": "くばる",
    "確認": "たしかめる",
    "判断": "決める",
    "削除": "消す",
    "変更": "変える",
    "希望": "したい",
}

_KNOWN = """
    スマホ テレビ カメラ ラジオ ニュース ボタン カード ページ メモ ノート ペン バス タクシー トイレ ガス
    コピー サイン ホテル スーパー パン ドア テスト グループ チーム クラス サービス メール ルール
    ホームページ インターネット コンピューター パソコン タブレット アプリ インタビュー アドバイス マーク レベル
"""
KNOWN_KATAKANA = frozenset(_KNOWN.split())
_NOT_ONOMATOPOEIA = "いろいろ ますます だんだん なかなか そろそろ まだまだ たまたま もともと"

_ERAS = {"明治": 1867, "大正": 1911, "昭和": 1925, "平成": 1988, "令和": 2018}
_YEAR = re.compile(
    r"(?P<era>明治|大正|昭和|平成|令和)(?P<n>元|[0-9０-９]{1,2})年度?(?:[（(](?P<gloss>[0-9０-９]{4})年度?[）)])?"
    r"|(?<![0-9０-９])(?P<western>[0-9０-９]{4})年"
)


@dataclass(frozen=True, slots=True)
class Year:
    """`written_western` is the year in brackets behind an era, `western` the right one."""

    text: str
    position: int
    era: str
    western: int
    written_western: int | None


@dataclass(frozen=True, slots=True)
class PatternRule:
    code: str
    pattern: re.Pattern[str]
    warning_for_all: bool = False
    error_only_for_yasashii: bool = False
    exceptions: frozenset[str] = frozenset()


_NUMBER = "[0-9０-９]"
_TIME_WORD = "[0-9０-９年月日時分月火水木金土曜]"
# あ段 before れる and せる finds most passives and causatives without a dictionary. な is no help before れ:
# 慣れる and になれる are far more frequent than a passive.
_A_ROW = "かがさたばまらわ"
_VERB_TAIL = "(?:る|ます|ません|まし|た|て|ない)"

PATTERNS = (
    PatternRule("time_colon", re.compile(rf"{_NUMBER}{{1,2}}[:：]{_NUMBER}{{2}}(?!{_NUMBER})")),
    PatternRule("time_24h", re.compile("(?<![0-9０-９])(?:1[3-9]|2[0-4]|１[３-９]|２[０-４])時(?!間)")),
    PatternRule("range_wave", re.compile(rf"{_TIME_WORD}\s*[〜～~]\s*{_TIME_WORD}+")),
    PatternRule(
        "date_slash",
        re.compile(
            rf"(?<![0-9０-９/／])(?:{_NUMBER}{{4}}[/／])?{_NUMBER}{{1,2}}[/／]{_NUMBER}{{1,2}}(?![0-9０-９/／])"
        ),
    ),
    PatternRule(
        "double_negative",
        re.compile(
            "ないわけでは(?:ない|ありません)|ないわけにはいか(?:ない|ず|ません)|なく(?:は|も)(?:ない|ありません)"
            "|ないことは(?:ない|ありません)|ないとは(?:限らない|限りません|言えない|言えません)"
            "|ないでは(?:ない|ありません|いられ)|ざるを(?:得|え)(?:ない|ません|ず)"
        ),
    ),
    PatternRule(
        "keigo",
        re.compile(
            "いたし(?:ます|まし|ません|ましょ|て)|いただ(?:く|き|け|い)|申し上げ|差し上げ|賜|ご覧|おります|存じ"
            "|まいり(?:ます|まし)|参り(?:ます|まし)|なさ(?:る|れ|って|いま)|らっしゃ|召し上が|うかが(?:う|い|って)|頂(?:く|き|け|い)"
        ),
        warning_for_all=True,
    ),
    PatternRule(
        "passive_or_causative",
        re.compile(rf"(?<![生分うわ])[{_A_ROW}]れ{_VERB_TAIL}|(?<![知合])[な{_A_ROW}]せ{_VERB_TAIL}"),
        warning_for_all=True,
    ),
    PatternRule("katakana_half", re.compile("[ｦ-ﾟ]+"), error_only_for_yasashii=True),
    PatternRule("latin", re.compile("[A-Za-zＡ-Ｚａ-ｚ]+"), warning_for_all=True),
    PatternRule(
        "onomatopoeia",
        re.compile(r"([ぁ-んァ-ヶー]{2})\1"),
        warning_for_all=True,
        exceptions=frozenset(_NOT_ONOMATOPOEIA.split()),
    ),
)

_POLITE = re.compile(
    "(?:です|ます|でした|ました|ません|ませんでした|ください|ましょう|でしょう)(?:か|ね|よ|が|けど)?$"
)
_FINAL_MARKS = "。！？!?"
_CLOSING = "」』）)】"


def kanji_runs(text: str) -> Iterator[tuple[int, str]]:
    start = None
    for i, char in enumerate(text + " "):
        if is_kanji(char):
            start = i if start is None else start
        elif start is not None:
            yield start, text[start:i]
            start = None


def find_years(text: str) -> Iterator[Year]:
    for match in _YEAR.finditer(text):
        era, gloss = match["era"] or "", match["gloss"]
        yield Year(match[0], match.start(), era, _western(match), _number(gloss) if gloss else None)


def _western(match: re.Match[str]) -> int:
    if not match["era"]:
        return _number(match["western"])
    return _ERAS[match["era"]] + (1 if match["n"] == "元" else _number(match["n"]))


def _number(digits: str) -> int:
    return int(normalize("NFKC", digits))


def find_words(text: str, words: Iterable[str]) -> Iterator[tuple[int, str]]:
    """Hard words, the longest where two begin at the same place."""
    alternatives = "|".join(map(re.escape, sorted(filter(None, words), key=len, reverse=True)))
    if alternatives:
        yield from ((match.start(), match[0]) for match in re.finditer(alternatives, text))


def unexplained_katakana(text: str, known: Collection[str]) -> Iterator[tuple[int, str]]:
    """Katakana words that stand nowhere before （…） or in （…） behind their explanation, each once."""
    seen: set[str] = set()
    for match in re.finditer("[ァ-ヺ][ァ-ヺー]{2,}", text):
        word = match[0]
        if word not in known and word not in seen and not _explained(word, text):
            yield match.start(), word
        seen.add(word)


def _explained(word: str, text: str) -> bool:
    return re.search(rf"{re.escape(word)}」?[（(]|[（(]{re.escape(word)}[）)]", text) is not None


def bad_ending(sentence: str) -> str | None:
    """`not_polite`, `noun_ending` or None. Sentences without a final mark are labels and items."""
    body = sentence.rstrip(_FINAL_MARKS)
    if body == sentence or not body or body[-1] in _CLOSING or _POLITE.search(body):
        return None
    return "noun_ending" if is_kanji(body[-1]) or "ァ" <= body[-1] <= "ー" else "not_polite"
