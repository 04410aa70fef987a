"""Words of packages, their libraries and imports."""

from enum import StrEnum


class PackageKind(StrEnum):
    H5P = "h5p"
    SCORM_12 = "scorm12"
    SCORM_2004 = "scorm2004"
    CMI5 = "cmi5"


class LibraryStatus(StrEnum):
    ACTIVE = "active"  # the patch that new versions are pinned to
    SUPERSEDED = "superseded"  # a newer patch took its place; versions pinned to it keep it
    BLOCKED = "blocked"  # nothing that needs it is played, whatever is pinned


class DependencyKind(StrEnum):
    PRELOADED = "preloaded"
    DYNAMIC = "dynamic"
    EDITOR = "editor"


class CompletionRule(StrEnum):
    """When a package counts as done. ``AUTO`` follows the content type: the end statement, or viewing."""

    AUTO = "auto"
    END = "end"
    VIEWED = "viewed"
    PASSED = "passed"


class GradeMethod(StrEnum):
    BEST = "best"
    LAST = "last"
    FIRST = "first"
    AVERAGE = "average"


class ImportPurpose(StrEnum):
    CONTENT = "content"  # an author's upload: libraries in it are never installed
    LIBRARIES = "libraries"  # a library manager's upload: looked at, then confirmed


class ImportState(StrEnum):
    WAITING = "waiting"
    REFUSED = "refused"  # the file cannot be taken; ``errors`` says why
    LOOKED_AT = "looked_at"  # libraries: the difference waits for a yes or no
    DONE = "done"
    FAILED = "failed"  # the work stopped for a reason that is not the file's
