"""A stranger's XML as plain elements with local names: whatever namespace a tool wrote, the words are the same."""

import codecs
import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from courses.packages.scorm.outline import ManifestError

_DECLARED = re.compile(rb"""^\s*<\?xml[^>]*encoding=["']([A-Za-z0-9._-]+)["']""")
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
MAX_BYTES = 5 * 1024 * 1024
MAX_DEPTH = 50


def parsed(data: bytes) -> Element:
    """The root element. Raises ManifestError ``too-large``, ``encoding``, ``forbidden-xml``, ``not-xml``, ``too-deep``."""
    if len(data) > MAX_BYTES:
        raise ManifestError("too-large", str(len(data)))
    text = _text(data)
    try:
        root: Element = fromstring(text)
    except DefusedXmlException as error:
        raise ManifestError("forbidden-xml", type(error).__name__) from error
    except (ParseError, ValueError) as error:
        raise ManifestError("not-xml", str(error)) from error
    _check_depth(root)
    return root


def _text(data: bytes) -> str:
    """Decoded here: the parser knows few encodings, and authoring tools of East Asia write others."""
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), None)
    if encoding is None:
        declared = _DECLARED.match(data)
        encoding = declared[1].decode("ascii") if declared else "utf-8"
    try:
        return _DECLARATION.sub("", data.decode(encoding), count=1)
    except (LookupError, UnicodeError) as error:
        raise ManifestError("encoding", encoding) from error


def _check_depth(root: Element) -> None:
    level = [root]
    for _depth in range(MAX_DEPTH):
        level = [child for element in level for child in element]
        if not level:
            return
    raise ManifestError("too-deep", str(MAX_DEPTH))


def name_of(element: Element) -> str:
    """The local name: ``{http://…}item`` is ``item``."""
    return element.tag.rsplit("}", 1)[-1]


def all_of(element: Element, name: str) -> Iterator[Element]:
    """The children of that local name."""
    return (child for child in element if name_of(child) == name)


def first_of(element: Element, *path: str) -> Element | None:
    """Down the path of local names, the first child each time."""
    found: Element | None = element
    for name in path:
        found = next(all_of(found, name), None) if found is not None else None
    return found


def text_of(element: Element, *path: str) -> str:
    found = first_of(element, *path)
    return " ".join((found.text or "").split()) if found is not None else ""


def attribute(element: Element, name: str) -> str:
    """An attribute by its local name, in any case (``scormType`` and ``scormtype``)."""
    wanted = name.casefold()
    return next(
        (value for key, value in element.attrib.items() if key.rsplit("}", 1)[-1].casefold() == wanted), ""
    )
