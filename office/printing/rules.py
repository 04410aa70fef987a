"""Names that may become part of a path (pure)."""

import re

_PLAIN = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]*")


def template_name(name: str) -> str:
    """``certificate`` or ``certificate.typ`` → ``certificate.typ``. Raises ValueError for anything with a path."""
    return safe_file_name(f"{name.removesuffix('.typ')}.typ")


def safe_file_name(name: str) -> str:
    """The name itself, when it cannot lead out of its folder. Raises ValueError."""
    if not _PLAIN.fullmatch(name):
        raise ValueError(f"not a plain file name: {name!r}")
    return name
