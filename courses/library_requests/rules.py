"""When a request is met (pure)."""

from collections.abc import Iterable

from courses.packages.h5p.libraries import LibraryName


def is_enough(library: str, version: str, here: Iterable[tuple[LibraryName, int]]) -> bool:
    """Whether one of ``here`` (name and patch) is ``library``, and as new as ``version`` where that is given.

    A library without a version ("H5P.Blanks") is met by any of that name.
    """
    name = LibraryName.parse(library)
    patch = int(version.rsplit(".", 1)[-1]) if version.rsplit(".", 1)[-1].isdecimal() else 0
    for have, have_patch in here:
        if name is None and have.machine_name == library:
            return True
        if have == name and have_patch >= patch:
            return True
    return False
