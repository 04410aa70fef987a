"""Marked-up text of authors, with what its field allows and nothing else."""

import html
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import nh3

# The reference always allows the first four; ruby is ours, so that readings can be added in any text.
ALWAYS = frozenset({"div", "span", "p", "br", "ruby", "rt", "rp"})
TOGETHER: Mapping[str, frozenset[str]] = {
    "table": frozenset(["tr", "td", "th", "colgroup", "col", "thead", "tbody", "tfoot", "caption"]),
    "ul": frozenset({"li"}),
    "ol": frozenset({"li"}),
    "b": frozenset({"strong"}),
    "strong": frozenset({"b"}),
    "i": frozenset({"em"}),
    "em": frozenset({"i"}),
    "strike": frozenset({"del", "s"}),
    "del": frozenset({"strike", "s"}),
}
# Whatever a content type's semantics say, these never pass: they run, load or take over.
NEVER = frozenset(
    [
        "script",
        "style",
        "iframe",
        "object",
        "embed",
        "applet",
        "form",
        "input",
        "button",
        "select",
        "textarea",
        "link",
        "meta",
        "base",
        "frame",
        "frameset",
        "svg",
        "math",
        "template",
        "noscript",
        "title",
        "head",
        "body",
        "html",
        "plaintext",
        "xmp",
        "noembed",
        "noframes",
    ]
)
TAG_NAME = re.compile(r"[a-z][a-z0-9]{0,15}")
ATTRIBUTES: Mapping[str, frozenset[str]] = {
    "*": frozenset({"class", "dir", "lang", "title", "style"}),
    "a": frozenset({"href"}),
    "img": frozenset({"src", "alt", "width", "height"}),
    "td": frozenset({"colspan", "rowspan", "headers"}),
    "th": frozenset({"colspan", "rowspan", "headers", "scope"}),
    "col": frozenset({"span"}),
    "colgroup": frozenset({"span"}),
    "ol": frozenset({"start", "type", "reversed"}),
    "table": frozenset({"border", "cellpadding", "cellspacing", "summary"}),
}
TABLE_STYLES = frozenset(
    [
        "width",
        "height",
        "border",
        "border-width",
        "border-style",
        "border-color",
        "border-collapse",
        "vertical-align",
    ]
)
FONT_STYLES: Mapping[str, str] = {
    "size": "font-size",
    "family": "font-family",
    "color": "color",
    "background": "background-color",
    "spacing": "letter-spacing",
    "height": "line-height",
}
SCHEMES = {"http", "https", "mailto", "tel"}
ENTITY = re.compile(r"&(?!#[0-9]{1,7};|#[xX][0-9a-fA-F]{1,6};|[A-Za-z][A-Za-z0-9]{1,31};)")
MOST_PASSES = 4
MARKUP = re.compile(r"<[a-zA-Z/]")
SEPARATOR = re.compile(r"[\s/\"']")
# Cleaning takes quadratic time for text made to hurt (elements inside each other, attributes without end): one unit is
# about 5 ns. A chapter with 1,000 tags and 40,000 spaces costs a fifth of what all texts of a content may cost.
MOST_COST = 200_000_000


def escape_plain(text: str) -> str:
    """Plain text as the reference stores it: escaped, but never twice."""
    text = ENTITY.sub("&amp;", text)
    for mark, entity in (("<", "&lt;"), (">", "&gt;"), ('"', "&quot;"), ("'", "&#039;")):
        text = text.replace(mark, entity)
    return text


def shorten_plain(text: str, most: int) -> str:
    """Escaped plain text of at most so many characters, counted as a reader sees them."""
    escaped = escape_plain(text)
    seen = html.unescape(escaped)
    return escaped if len(seen) <= most else html.escape(seen[:most])


def allowed_tags(listed: Iterable[Any]) -> frozenset[str]:
    """The tags of a field: those it lists and those that come along with them."""
    own = {str(tag).lower() for tag in listed if isinstance(tag, str)}
    own = {tag for tag in own if TAG_NAME.fullmatch(tag)}
    along = set().union(*(TOGETHER.get(tag, frozenset()) for tag in own))
    return frozenset((ALWAYS | own | along) - NEVER)


def cost(text: str) -> int:
    """The most that cleaning a text can take, in the unit of ``MOST_COST``."""
    if "<" not in text:
        return 0
    tags = sum(1 for _ in MARKUP.finditer(text))
    separators = sum(1 for _ in SEPARATOR.finditer(text))
    return int(tags**2 + separators**2 // 40)


def _styles(tags: frozenset[str], font: Any) -> set[str]:
    chosen = font if isinstance(font, Mapping) else {}
    styles = {"text-align"} | {style for name, style in FONT_STYLES.items() if chosen.get(name)}
    return styles | (TABLE_STYLES if "table" in tags else set())


def clean_html(text: str, tags: Sequence[Any], font: Any = None) -> str:
    """Marked-up text with the tags of its field. Cleaning the answer again changes nothing.

    Links keep http, https, mailto and tel; styles only those that the field's ``font`` offers, alignment, and
    measures of tables.
    """
    allowed = allowed_tags(tags)
    attributes = {tag: set(names) for tag, names in ATTRIBUTES.items() if tag == "*" or tag in allowed}
    for _ in range(MOST_PASSES):
        clean = nh3.clean(
            text,
            tags=set(allowed),
            clean_content_tags={"script", "style"},
            attributes=attributes,
            tag_attribute_values={"a": {"target": {"_blank", "_self"}}} if "a" in allowed else {},
            url_schemes=SCHEMES,
            filter_style_properties=_styles(allowed, font),
        )
        if clean == text:
            return clean
        text = clean
    return as_text(text)  # what does not come to rest is an attack on the parser, not a text


def as_text(text: str) -> str:
    """Marked-up text shown as it was typed, its marks included; in linear time."""
    return nh3.clean(escape_plain(text), tags=set())
