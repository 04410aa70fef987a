"""The page of a launch: the package as its learner left it."""

from django.http import HttpRequest, HttpResponse

from courses.packages.player import package_page
from learning.launches.attempts import activity_iri
from learning.launches.models import Launch, PackageState


def player_page(request: HttpRequest, launch: Launch) -> HttpResponse:
    """The page with everything in it: libraries, content, and the state that the learner left."""
    rows = PackageState.objects.filter(enrollment=launch.enrollment_id, activity=launch.activity_id)
    state: dict[str, dict[str, str]] = {}
    for row in rows.filter(version=launch.version_id):
        state.setdefault(row.sub_content, {})[row.data_type] = row.data
    return package_page(request, launch.version, iri=activity_iri(launch), state=state)
