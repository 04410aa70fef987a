"""SCORM among the kinds of packages."""

from courses.packages.hosting import played_where
from courses.packages.models import PackageVersion
from learning.launches.kinds import Kind
from learning.scorm.opening import after, before, kept, notice
from learning.scorm.player import play_address


def refusal(version: PackageVersion) -> str:
    """Why the package is not played on this install, "" where it is."""
    played = played_where(version)
    return "" if played.is_playable else played.reason


SCORM = Kind(
    name="scorm",
    refusal=refusal,
    before=before,
    after=after,
    play_url=play_address,
    notice=notice,
    kept=kept,
    takes_reading=True,
)
