"""Addresses of package files and how they are joined (pure)."""

import hashlib
import hmac
import re
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from posixpath import dirname, join, normpath

_URL = re.compile(r"""url\(\s*(?P<quote>['"]?)(?P<address>[^'")]+)(?P=quote)\s*\)""")
_ABSOLUTE = re.compile(r"^([a-z][a-z0-9+.-]*:|//|/|#)", re.IGNORECASE)


def closure_key(trees: Iterable[str]) -> str:
    """One name for libraries in their order of loading: the same for all packages that need just these."""
    return hashlib.sha256(" ".join(trees).encode("ascii")).hexdigest()


def joined_scripts(files: Sequence[tuple[str, bytes]]) -> bytes:
    """``files``: (path, bytes) in order. Each stands on lines of its own, so that none swallows the next.

    The leading semicolon keeps a «use strict» of the first file from ruling all of them.
    """
    return b"".join(b";/* %s */\n%s\n" % (path.encode("ascii", "replace"), data) for path, data in files)


def joined_styles(files: Sequence[tuple[str, bytes]]) -> bytes:
    """``files``: (address of the file relative to where the result will stand, bytes); addresses inside follow."""
    return b"\n".join(_moved(path, data.decode("utf-8", "replace")).encode() for path, data in files)


def _moved(path: str, text: str) -> str:
    def moved(found: re.Match[str]) -> str:
        address = found["address"].strip()
        if _ABSOLUTE.match(address):
            return found[0]
        return f'url("{normpath(join(dirname(path), address))}")'

    return _URL.sub(moved, text)


def content_token(version: str, day: date, secret: bytes) -> str:
    """The capability that opens the content files of a version until the end of the day after ``day``.

    ``version``: its UUID as hex. The frame of a package has no cookies, so that the address itself must be the key.
    """
    mac = hmac.digest(secret, f"{version} {day.isoformat()}".encode(), "sha256").hex()[:40]
    return f"{version}-{day:%Y%m%d}-{mac}"


def version_of_token(token: str, today: date, secret: bytes) -> str | None:
    """The UUID (hex) behind a token that still opens, else None."""
    for day in (today, today - timedelta(days=1)):
        version = token.split("-", 1)[0]
        if hmac.compare_digest(token.encode(), content_token(version, day, secret).encode()):
            return version
    return None
