"""What is known of an agent or an activity (Part Three, 2.4 and 2.5)."""

from typing import Any

from django.http import HttpResponse, JsonResponse

from learning.lrs.doors import Resource
from learning.lrs.filters import agent_of, iri_of
from learning.lrs.incoming import Incoming
from learning.lrs.queries import definition_of, names_of
from learning.lrs.refusals import forbidden
from learning.xapi.actors import IFIS


class AgentsResource(Resource):
    """A Person: the identifier that was asked with, and the names that were told with it."""

    name = "agents"

    def get(self, request: Incoming) -> HttpResponse:
        _need_reading(self)
        request.only("agent")
        agent = agent_of(request)
        person: dict[str, Any] = {"objectType": "Person"}
        names = list(dict.fromkeys([*filter(None, [agent.get("name")]), *names_of(self.client, agent)]))
        if names:
            person["name"] = names
        person |= {name: [agent[name]] for name in IFIS if name in agent}
        return JsonResponse(person)


class ActivitiesResource(Resource):
    """The activity with what is known of it; one that nobody has named yet is told back as it was asked for."""

    name = "activities"

    def get(self, request: Incoming) -> HttpResponse:
        _need_reading(self)
        request.only("activityId")
        iri = iri_of(request, "activityId")
        definition = definition_of(iri)
        told: dict[str, Any] = {"objectType": "Activity", "id": iri}
        return JsonResponse({**told, "definition": definition} if definition else told)


def _need_reading(resource: Resource) -> None:
    if resource.client.reading.is_none:
        raise forbidden("this key does not open any statements")
