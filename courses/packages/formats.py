"""Which kind of package a file is, by the names in it; what somebody called the file itself says little."""

from enum import StrEnum
from typing import BinaryIO

from courses.packages.enums import PackageKind
from courses.packages.h5p.directory import read_records
from courses.packages.h5p.limits import DEFAULT_LIMITS, Limits
from courses.packages.h5p.problems import Refused

_DEEPEST = 1  # a folder that somebody zipped whole


class PackageFormat(StrEnum):
    H5P = "h5p"
    SCORM = "scorm"
    CMI5 = "cmi5"
    UNKNOWN = "unknown"


_MARKS = {
    "h5p.json": PackageFormat.H5P,
    "imsmanifest.xml": PackageFormat.SCORM,
    "cmi5.xml": PackageFormat.CMI5,
}
_ORDER = tuple(_MARKS.values())
FORMAT_OF_KIND = {
    PackageKind.H5P: PackageFormat.H5P,
    PackageKind.SCORM_12: PackageFormat.SCORM,
    PackageKind.SCORM_2004: PackageFormat.SCORM,
    PackageKind.CMI5: PackageFormat.CMI5,
}


def format_of(source: BinaryIO, *, name: str, limits: Limits = DEFAULT_LIMITS) -> PackageFormat:
    """The file with the mark nearest to the root decides; with two at one level H5P comes before SCORM before cmi5.

    A file that is no archive goes by its name: ``.xml`` is a cmi5 course with addresses, ``.h5p`` is told what is
    wrong with it as H5P. The source is left at any place.
    """
    by_name = _by_name(name)
    try:
        records, _ = read_records(source, limits)
    except Refused:
        return by_name
    found = [
        (path.count("/"), _ORDER.index(mark))
        for record in records
        if (path := record.raw_name.decode("utf-8", "replace")).count("/") <= _DEEPEST
        and (mark := _MARKS.get(path.rsplit("/", 1)[-1].casefold())) is not None
        and (mark != PackageFormat.H5P or "/" not in path)
    ]
    return _ORDER[min(found)[1]] if found else by_name


def _by_name(name: str) -> PackageFormat:
    ending = name.rsplit(".", 1)[-1].lower()
    return {"h5p": PackageFormat.H5P, "xml": PackageFormat.CMI5}.get(ending, PackageFormat.UNKNOWN)
