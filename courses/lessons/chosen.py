"""What an author may choose for a block, asked of the rooms above that know it: they register an answer."""

from collections.abc import Callable
from typing import Any

PackageCheck = Callable[[Any, Any, bool], str]
"""(the chosen ``courses.Package``, the user, whether it was chosen just now) → what is wrong with it, "" if nothing."""

_checks: list[PackageCheck] = []


def register_package_check(check: PackageCheck) -> None:
    """Called in ``apps.ready()``. Registering the same check again changes nothing."""
    if check not in _checks:
        _checks.append(check)


def package_problem(package: Any, user: Any, *, is_new: bool) -> str:
    """In words for the author; the first that a check finds."""
    return next((problem for check in _checks if (problem := check(package, user, is_new))), "")
