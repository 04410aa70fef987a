"""Checks of single properties in h5p.json and library.json."""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from courses.packages.h5p.codes import Code
from courses.packages.h5p.libraries import MACHINE_NAME, LibraryName, version_number
from courses.packages.h5p.names import extension, fault_of
from courses.packages.h5p.problems import Problems

Check = Callable[[Any], bool]
LICENSES = frozenset(
    [
        "CC BY",
        "CC BY-SA",
        "CC BY-ND",
        "CC BY-NC",
        "CC BY-NC-SA",
        "CC BY-NC-ND",
        "CC0 1.0",
        "GNU GPL",
        "PD",
        "ODC PDDL",
        "CC PDM",
        "U",
        "C",
        "MIT",
        "GPL1",
        "GPL2",
        "GPL3",
        "MPL",
        "MPL2",
        "cc-by",
        "cc-by-sa",
        "cc-by-nd",
        "cc-by-nc",
        "cc-by-nc-sa",
        "cc-by-nc-nd",
        "pd",
        "cr",
        "undefined",
    ]
)


def text(least: int = 0, most: int = 255) -> Check:
    """A text of so many characters."""
    return lambda value: isinstance(value, str) and least <= len(value) <= most


def matching(pattern: str) -> Check:
    """A text that a pattern without nested repetition matches as a whole."""
    compiled = re.compile(pattern)
    return lambda value: isinstance(value, str) and compiled.fullmatch(value) is not None


def one_of(*allowed: object) -> Check:
    return lambda value: not isinstance(value, list | dict) and value in allowed


def list_of(check: Check, most: int = 1000) -> Check:
    return lambda value: isinstance(value, list) and len(value) <= most and all(map(check, value))


def is_number(value: Any) -> bool:
    return version_number(value) is not None


def is_size(value: Any) -> bool:
    return isinstance(value, int | float) or (
        isinstance(value, str) and value.isdecimal() and len(value) <= 9
    )


def is_flag(value: Any) -> bool:
    """Real files have 0, 1, "0", "1", true and false."""
    return one_of(0, 1, "0", "1")(value)


def is_web_address(value: Any) -> bool:
    return isinstance(value, str) and len(value) <= 2000 and value.startswith(("http://", "https://"))


def is_year(value: Any) -> bool:
    return isinstance(value, int | str) and re.fullmatch(r"-?[0-9]{1,5}", str(value)) is not None


def is_dependency(value: Any) -> bool:
    return dependency_of(value) is not None


def is_core_api(value: Any) -> bool:
    return (
        isinstance(value, dict)
        and is_number(value.get("majorVersion"))
        and is_number(value.get("minorVersion"))
    )


def is_author(value: Any) -> bool:
    return isinstance(value, dict) and all(isinstance(value.get(key, ""), str) for key in ("name", "role"))


def is_change(value: Any) -> bool:
    return isinstance(value, dict)


def names_file(*extensions: str) -> Check:
    """``{"path": …}`` that stays in its folder and ends rightly. Split at the slash: the reference's pattern is exponential."""

    def check(value: Any) -> bool:
        path = value.get("path") if isinstance(value, dict) else None
        if not isinstance(path, str) or len(path) > 1000:
            return False
        path = path.removeprefix("./")
        return fault_of(path) is None and extension(path) in extensions

    return check


def dependency_of(value: Any) -> LibraryName | None:
    """A dependency object; None when it is none."""
    if not isinstance(value, dict):
        return None
    name = value.get("machineName")
    major, minor = version_number(value.get("majorVersion")), version_number(value.get("minorVersion"))
    if not isinstance(name, str) or not MACHINE_NAME.fullmatch(name) or major is None or minor is None:
        return None
    return LibraryName(name, major, minor)


def dependencies(data: Mapping[str, Any], key: str) -> tuple[LibraryName, ...]:
    """The valid dependencies of a list, each once, in order."""
    listed = data.get(key)
    found: Iterable[LibraryName | None] = map(dependency_of, listed if isinstance(listed, list) else ())
    return tuple(dict.fromkeys(name for name in found if name is not None))


def check_properties(
    data: Mapping[str, Any],
    file: str,
    problems: Problems,
    *,
    required: Mapping[str, Check],
    optional: Mapping[str, Check],
    ignorable: Mapping[str, Check],
) -> None:
    """Note what is missing or wrong. Wrong ``ignorable`` values and unknown keys are warnings: nothing hangs on them."""
    for name, check in required.items():
        if name not in data:
            problems.add(Code.MISSING_REQUIRED_PROPERTY, file, property=name)
        elif not check(data[name]):
            problems.add(Code.ILLEGAL_OPTION_IN_LIBRARY, file, property=name)
    for name, value in data.items():
        if name in optional and not optional[name](value):
            problems.add(Code.ILLEGAL_OPTION_IN_LIBRARY, file, property=name)
        elif name in ignorable and not ignorable[name](value):
            problems.add(Code.PROPERTY_IGNORED, file, property=name)
        elif name not in required and name not in optional and name not in ignorable:
            problems.add(Code.UNKNOWN_KEY, file, property=name)
