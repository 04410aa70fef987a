"""Commits as the player sends them, checked before anything is stored (pure but for the strict reader of JSON)."""

from typing import Any

from courses.packages.h5p import strict_json
from learning.scorm.actions import FIRST_SEQ, LAST_SEQ, BadCommit, Sent

MOST_BYTES = 1024 * 1024 - 1
_NAME = 255


class TooLarge(BadCommit):
    """A commit of a megabyte or more."""


def read_commit(data: bytes) -> Sent:
    """From JSON ``{seq, sco, end, cmi}``. Raises TooLarge, BadCommit."""
    if len(data) > MOST_BYTES:
        raise TooLarge(str(len(data)))
    try:
        value: Any = strict_json.loads(data, most_bytes=MOST_BYTES)
    except strict_json.BadJSON as error:
        raise BadCommit(str(error)) from error
    if not isinstance(value, dict):
        raise BadCommit("not an object")
    seq, sco, cmi = value.get("seq"), value.get("sco"), value.get("cmi")
    if not isinstance(seq, int) or isinstance(seq, bool) or not FIRST_SEQ <= seq <= LAST_SEQ:
        raise BadCommit("no number")
    if not isinstance(sco, str) or not 0 < len(sco) <= _NAME or not isinstance(cmi, dict):
        raise BadCommit("no SCO or no data")
    return Sent(seq, sco, value.get("end") is True, cmi)
