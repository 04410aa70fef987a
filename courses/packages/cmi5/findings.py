"""What can be wrong with a course structure: a code, the file it was seen in, a sentence in each language."""

from collections.abc import Mapping
from dataclasses import dataclass

WARNINGS = frozenset({"unknown-objective", "not-secure"})

SENTENCES: Mapping[str, tuple[str, str]] = {
    "too-large": ("The file is larger than 5 MiB.", "ファイルが5MiBを超えています。"),
    "encoding": (
        "The characters cannot be read as {detail}.",
        "文字コード（{detail}）として読み取れません。UTF-8で保存し直してください。",
    ),
    "forbidden-xml": (
        "The XML declares entities or refers to files outside.",
        "XMLの中に、エンティティ宣言や外部ファイルの参照があります。安全のため読み取りません。",
    ),
    "not-xml": ("This is no XML: {detail}.", "XMLとして読み取れません（{detail}）。"),
    "too-deep": ("Elements are nested too deeply.", "要素の入れ子が深すぎます。"),
    "not-a-structure": (
        "The outermost element is {detail}, not courseStructure of cmi5.",
        "いちばん外側の要素が{detail}です。cmi5のcourseStructureではありません。",
    ),
    "missing-element": ("{detail} is missing.", "{detail}がありません。"),
    "more-than-one": ("{detail} stands there more than once.", "{detail}が2つ以上あります。"),
    "unknown-element": ("cmi5 has no {detail} in this place.", "{detail}は、cmi5ではここに置けません。"),
    "bad-id": ("The id {detail} is no IRI.", "idの値「{detail}」が、IRIの形になっていません。"),
    "duplicate-id": ("The id {detail} is used twice.", "idの値「{detail}」が2回使われています。"),
    "no-title": ("{detail} has no title.", "{detail}にタイトルがありません。"),
    "bad-language": ("{detail} is no language tag.", "「{detail}」は言語の記号ではありません。"),
    "bad-move-on": ("moveOn knows no {detail}.", "moveOnの値「{detail}」は使えません。"),
    "bad-launch-method": ("launchMethod knows no {detail}.", "launchMethodの値「{detail}」は使えません。"),
    "bad-mastery-score": (
        "masteryScore is {detail}: it must lie between 0 and 1, with at most 4 decimals.",
        "masteryScoreの値「{detail}」は使えません。0から1まで、小数は4けたまでです。",
    ),
    "bad-url": ("The address {detail} cannot be used.", "「{detail}」は使えないアドレスです。"),
    "launch-name": (
        "The address {detail} has a parameter that cmi5 itself needs.",
        "アドレス「{detail}」に、cmi5が使う名前の値があります。",
    ),
    "missing-file": ("{detail} is not in the package.", "{detail}がパッケージの中にありません。"),
    "not-in-a-package": (
        "Without a package every address must be whole: {detail} is not.",
        "cmi5.xmlだけで取り込むときは、http(s)://から始まるアドレスが必要です（{detail}）。",
    ),
    "no-au": ("A block or the course has no AU.", "AUが1つもないコースまたはブロックがあります。"),
    "too-many": ("There are more than {detail} AUs and blocks.", "AUとブロックが{detail}個を超えています。"),
    "unknown-objective": ("There is no objective {detail}.", "目標「{detail}」の説明がありません。"),
    "not-secure": (
        "{detail} is fetched without encryption; most browsers do not let it report results.",
        "{detail}は、暗号化されない通信（http）を使います。多くのブラウザーでは結果を記録できません。",
    ),
}


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong, or (``is_warning``) worth knowing. ``file`` is the path inside the package."""

    code: str
    file: str = ""
    detail: str = ""

    @property
    def is_warning(self) -> bool:
        return self.code in WARNINGS

    def as_json(self, language: str = "en") -> dict[str, str]:
        """``{code, file, message}``, the message in Japanese or English."""
        sentence = SENTENCES[self.code][language.startswith("ja")]
        return {"code": self.code, "file": self.file, "message": sentence.format(detail=self.detail)}
