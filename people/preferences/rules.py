"""Reading choices as plain values."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from people.preferences.enums import Contrast, Face, TextSize


@dataclass(frozen=True)
class Reading:
    """How somebody reads. ``ruby_grade``: kanji up to this school grade carry no ruby (0 = all do)."""

    face: Face = Face.STANDARD
    text_size: TextSize = TextSize.NORMAL
    contrast: Contrast = Contrast.SYSTEM
    ruby_grade: int = 0
    read_aloud: bool = False
    language: str = "ja"

    @property
    def voice(self) -> tuple[Face, int]:
        """What decides how a text is written; everything else about reading is style."""
        return self.face, self.ruby_grade if self.face in (Face.RUBY, Face.LARGE) else 0

    @property
    def plain(self) -> "Reading":
        """The same voice and nothing else of the reader: for texts that all readers with this voice share."""
        face, grade = self.voice
        return Reading(face=face, ruby_grade=grade)

    def changed(self, values: Mapping[str, Any]) -> "Reading":
        """A copy with the known values of a form or session; unknown or bad ones keep what was there."""
        return replace(
            self, **{key: value for key, value in map(_checked, values.items()) if value is not None}
        )

    def as_dict(self) -> dict[str, Any]:
        return {
            key: str(value) if isinstance(value, (Face, TextSize, Contrast)) else value
            for key, value in asdict(self).items()
        }


def _checked(entry: tuple[str, Any]) -> tuple[str, Any]:
    key, raw = entry
    try:
        match key:
            case "face":
                return key, Face(raw)
            case "text_size":
                return key, TextSize(raw)
            case "contrast":
                return key, Contrast(raw)
            case "ruby_grade":
                grade = int(raw)
                return key, grade if 0 <= grade <= 9 else None
            case "read_aloud":
                return key, raw in (True, "1", "on", "true")
            case "language":
                return key, raw if raw in ("ja", "en") else None
    except (TypeError, ValueError):
        pass
    return key, None
