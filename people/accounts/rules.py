"""How login ids, names and readings are written."""

import re
import unicodedata

# What stands for a hyphen in Japanese office files, where it stands between letters and digits.
_HYPHENS = re.compile(r"(?<=[0-9a-z])[ー‐‑‒–—―−](?=[0-9a-z])")
_HIRAGANA = {code: code + 0x60 for code in range(0x3041, 0x3097)}
# Control characters have no place in a name; everything else of Unicode has (髙, 𠮷, variation selectors).
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f]")


def normalise_login_id(text: str) -> str:
    """Half width, lower case, without spaces around: the form in which ids are stored and compared."""
    plain = unicodedata.normalize("NFKC", text).strip().lower()
    return _HYPHENS.sub("-", plain)


def clean_name(text: str) -> str:
    """Without control characters and outer spaces; never normalised, which would replace characters of names."""
    return _CONTROLS.sub("", text).strip()


def normalise_kana(text: str) -> str:
    """Full-width katakana, the sort key of names, from half width or hiragana."""
    return clean_name(unicodedata.normalize("NFKC", text)).translate(_HIRAGANA)


def shown_name(display_name: str, last_name: str, first_name: str, username: str) -> str:
    """What a person is called on screen: the name they use, else the full one, else the login id."""
    return display_name or f"{last_name} {first_name}".strip() or username


def full_kana(last_name_kana: str, first_name_kana: str) -> str:
    """The reading by which lists are sorted."""
    return f"{last_name_kana} {first_name_kana}".strip()
