"""Drawings of libraries without their scripts."""

from xml.parsers import expat

import py_svg_hush

# The cleaner indents its output: a drawing of 700 kB with 100,000 elements inside each other would grow to gigabytes.
MOST_DEPTH, MOST_ELEMENTS = 64, 50_000
# Drawing programs declare names of namespaces as entities. Short, flat ones in small numbers cannot grow to much.
MOST_ENTITIES, LONGEST_ENTITY, MOST_REFERENCES = 40, 200, 2_000
IMAGES = {"image": ["png", "jpeg", "gif"]}


class _TooMuch(Exception):
    pass


class _Measure:
    """Counts elements without building anything; an entity is judged before it is expanded."""

    def __init__(self, references: int) -> None:
        self.depth = self.elements = self.entities = 0
        self.references = references

    def start(self, _name: str, _attributes: object) -> None:
        self.depth, self.elements = self.depth + 1, self.elements + 1
        if self.depth > MOST_DEPTH or self.elements > MOST_ELEMENTS:
            raise _TooMuch

    def end(self, _name: str) -> None:
        self.depth -= 1

    def entity(self, _name: str, _is_parameter: bool, value: str | None, *_rest: object) -> None:
        """``value`` is None for an entity that is read from elsewhere."""
        self.entities += 1
        if value is None or len(value) > LONGEST_ENTITY or "&" in value or "<" in value:
            raise _TooMuch
        if self.entities > MOST_ENTITIES or self.references > MOST_REFERENCES:
            raise _TooMuch


def _is_modest(data: bytes) -> bool:
    measure, parser = _Measure(data.count(b"&")), expat.ParserCreate()
    parser.StartElementHandler = measure.start
    parser.EndElementHandler = measure.end
    parser.EntityDeclHandler = measure.entity
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, _TooMuch, ValueError):
        return False
    return True


def clean_svg(data: bytes) -> bytes | None:
    """The drawing without scripts, event handlers and outside references; None when it is none or too much. Never raises.

    Images inside it are kept as data URLs of the usual kinds.
    """
    if not _is_modest(data):
        return None
    try:
        return py_svg_hush.filter_svg(data, IMAGES)
    except ValueError:
        return None
