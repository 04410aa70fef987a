"""Where a learner stands, for the outline of the player."""

from learning.launches.models import Launch
from learning.scorm.enums import Completion
from learning.scorm.models import ScormState
from learning.scorm.outlines import outline_of
from learning.scorm.rules import Standing, is_open


def standing_of(launch: Launch) -> tuple[list[str], list[str]]:
    """Identifiers of the SCOs that are done, and of those that wait for others."""
    rows = ScormState.objects.filter(enrollment=launch.enrollment_id, activity=launch.activity_id)
    scos = {sco: Standing(Completion(done)) for sco, done in rows.values_list("sco", "completion")}
    done = [sco for sco, standing in scos.items() if standing.is_done]
    waiting = [item.identifier for item in outline_of(launch.version).scos if not is_open(item, scos)]
    return sorted(done), waiting
